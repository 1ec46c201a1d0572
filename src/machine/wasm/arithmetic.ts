import type { OperationName } from '../../formula/operation.ts';
import { get } from './code-writer.ts';
import { generatedFunctions } from './elementary.ts';
import { type Code, double, op, unsignedLeb } from './encoding.ts';

/*
 * The scalar operations as WebAssembly instructions, for one double and for a pair. They give what the table of
 * operations defines: all are IEEE arithmetic, and operations without an instruction are function calls.
 */

/** Operations imported from JavaScript, in the order of their function indices, from 0. */
export const imported = ['log', 'sin', 'cos'] as const satisfies readonly OperationName[];
/** Operations that are called, one double at a time, in the order of the functions at the beginning of every module. */
const called: readonly OperationName[] = [...imported, ...generatedFunctions];

const plain: Partial<Record<OperationName, readonly [scalar: number, pair: number]>> = {
  add: [0xa0, 240],
  sub: [0xa1, 241],
  mul: [0xa2, 242],
  div: [0xa3, 243],
  neg: [0x9a, 237],
  abs: [0x99, 236],
  sqrt: [0x9f, 239],
};

const comparisons: Partial<Record<OperationName, readonly [scalar: number, pair: number]>> = {
  eq: [0x61, 71],
  ne: [0x62, 72],
  lt: [0x63, 73],
  gt: [0x64, 74],
  le: [0x65, 75],
  ge: [0x66, 76],
};

/** Not the instructions `max` and `min`, which treat NaN and signed zeros differently: here the first operand is kept. */
const choices: Partial<Record<OperationName, readonly [comparison: number, pair: number]>> = {
  max: [0x64, 247],
  min: [0x63, 246],
};

const wide = (code: number): Code => [0xfd, ...unsignedLeb(code)];

/** Code that pushes a pair (v128) with the same constant twice. */
export const both = (value: number): Code => [...op.v128.constant, ...double(value), ...double(value)];

/**
 * Code that leaves the result (f64) of an operation on the stack; `operands` are the indices of one or two f64 locals, as it
 * takes. For log, sin, cos, exp and tanh it calls functions 0 to 4, so it is valid only in a module that begins with `imported`
 * and then `elementaryFunctions`.
 */
export function scalar(operation: OperationName, operands: readonly number[]): Code {
  const [a, b] = operands.map(get);
  const on = [...a, ...(b ?? [])];
  const instruction = plain[operation];
  if (instruction !== undefined) return [...on, instruction[0]];
  const comparison = comparisons[operation];
  if (comparison !== undefined) return [...on, comparison[0], ...op.fromFlag];
  const choice = choices[operation];
  if (choice !== undefined) return [...b, ...a, ...b, ...a, choice[0], ...op.select];
  return [...a, ...op.call, ...unsignedLeb(called.indexOf(operation))];
}

/**
 * Code that leaves the results (v128) of an operation on pairs on the stack; `operands` are the indices of one or two v128
 * locals, as it takes. For log, sin, cos, exp and tanh it calls functions 0 to 4, for one double at a time, so it is valid only
 * in a module that begins like that of `scalar`.
 */
export function pair(operation: OperationName, operands: readonly number[]): Code {
  const [a, b] = operands.map(get);
  const on = [...a, ...(b ?? [])];
  const comparison = comparisons[operation];
  if (comparison !== undefined) return [...on, ...wide(comparison[1]), ...both(1), ...op.v128.and];
  const instruction = plain[operation] ?? choices[operation];
  if (instruction !== undefined) return [...on, ...wide(instruction[1])];
  const call = [...op.call, ...unsignedLeb(called.indexOf(operation))];
  return [
    ...[...a, ...op.v128.lane, 0, ...call, ...op.v128.splat],
    ...[...a, ...op.v128.lane, 1, ...call, ...op.v128.replace, 1],
  ];
}
