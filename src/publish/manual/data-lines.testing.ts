import { type Files, type TriedModel, tried } from './statements.testing.ts';

/** The numbers of one data line, before the model runs; more lines may stand above it. */
export const givenBy = (line: string, above = ''): number[] => made(line, above).values(nameIn(line), 0);

/** A model of that line, and of a formula that reads nothing. */
export const made = (line: string, above = '', files?: Files): TriedModel =>
  tried(`${above}\n${line}\nforward\n  y = 1`, files);
const nameIn = (line: string) => /^\w+ (\w+)/.exec(line)?.[1] ?? '';

/** What a function gives for 0, 1, …, `count` − 1. */
export const numbers = (count: number, at: (n: number) => number): number[] =>
  Array.from({ length: count }, (_, n) => at(n));

export const mean = (some: readonly number[]): number =>
  some.reduce((sum, one) => sum + one, 0) / some.length;

/** The standard deviation. */
export function deviation(some: readonly number[]): number {
  const middle = mean(some);
  return Math.sqrt(mean(some.map((one) => (one - middle) ** 2)));
}

/** The part of some numbers that lies from `low` (included) to `high` (left out). */
export const share = (some: readonly number[], low: number, high: number): number =>
  some.filter((one) => one >= low && one < high).length / some.length;
