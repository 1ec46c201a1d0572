import { describe, expect, it } from 'vitest';
import { Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { explain } from './explanation.ts';

const sumOf = (terms: number): string => `
given x = [${Array.from({ length: terms }, (_, at) => at + 1).join(', ')}]
forward
  y = sum(j: x[j] * x[j])
`;

/** The cells of `x` in the symbols after an operation, in order and once each. */
function written(terms: number, operation: number): string[] {
  const machine = new Machine(compileProgram(sumOf(terms)).program as Program, 'lesson');
  const symbols = explain(new Moment(machine, operation))?.symbols ?? '';
  return [...new Set([...symbols.matchAll(/cell=x\[(\d+)\]/g)].map(([, index]) => index))];
}

describe('a sum at one cell', () => {
  it('has all of a few terms', () => {
    expect(written(8, 1)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
  });

  it('has of many terms the first, the one at work and the last', () => {
    // Two operations a term from the second on: its product, and adding it.
    expect(written(30, 1)).toEqual(['1', '30']);
    expect(written(30, 20)).toEqual(['1', '11', '30']);
    expect(written(30, 21)).toEqual(['1', '11', '30']);
    expect(written(30, 59)).toEqual(['1', '30']);
  });
});
