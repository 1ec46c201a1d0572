import type { OperationName } from '../operation.ts';

/** Signs between the terms of a sum, and the operations that they stand for. */
export const sums: Record<string, OperationName> = { '+': 'add', '-': 'sub' };
/** The same between factors. */
export const products: Record<string, OperationName> = { '*': 'mul', '/': 'div' };
/** Comparison signs, and the operations that they stand for. */
export const relations: Record<string, OperationName> = {
  '=': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};
/** The words that run over indices, as in `sum(i: …)`. */
export const reducers = ['sum', 'mean', 'max', 'argmax'] as const;
/** Whether a word is one of these. */
export const isReducer = (word: string): word is (typeof reducers)[number] =>
  reducers.some((one) => one === word);
