import type { Formula } from '../../formula/model.ts';
import type { Store } from '../memory/store.ts';

/*
 * A whole frame as one strip of instructions over one memory, without calls: for nets so small that a call costs more
 * than what it does. An instruction is done so many times in a row, each address in it moving on by its own stride.
 * Some do two or three operations at once, each rounded as if it stood alone.
 *
 * On the tape: code, count, what stays the same, then every address followed by its stride. The first address is the
 * one that is written. The codes from `once` on are done a single time and have neither count nor strides.
 */
export const opcode = {
  copy: 0,
  add: 1,
  sub: 2,
  mul: 3,
  div: 4,
  neg: 5,
  exp: 6,
  tanh: 7,
  max: 8,
  gt: 9,
  /** Any other operation; the same: which. */
  other: 10,
  /** The sum of terms; the same: how many, how far apart. */
  sum: 11,
  /** The sum of products; the same: how many, how far apart the first factors are, and the second. */
  products: 12,
  /** a − b · c */
  subtractProduct: 13,
  /** a + b · c */
  addProduct: 14,
  /** a · b · c */
  product3: 15,
  /** a · (b − c) */
  timesDifference: 16,
  /** a / (b + exp(−c)) */
  logistic: 17,
  /** Puts a storing rule to use; the second number is not an address but which rule. */
  store: 18,
  /** Terms that lie anywhere; count is how many, then the target and all addresses, without strides. */
  sumList: 19,
  /** Pairs of factors that lie anywhere. */
  productsList: 20,
  /** Terms that lie anywhere, each with what is given if it is the first of the greatest. */
  argmaxList: 21,
  /** A run of copies: how many numbers, where to, where from. */
  move: 22,
  /** a − b · (c · d) */
  subtractProduct3: 23,
  /** a · (b − c) · d */
  timesDifferenceTimes: 24,
  /** a · b · (c − d) */
  productTimesDifference: 25,
} as const;

/** Added to the codes of instructions that are done a single time. */
export const onceFlag = 32;
/** The sum of two products, a single time: target, then four addresses. */
export const twoProducts = 58;

/** A finished tape and what its instructions refer to by number. */
export interface Tape {
  readonly instructions: Int32Array;
  /** Doubles of memory, with constants and intermediate results. */
  readonly size: number;
  readonly constants: readonly (readonly [at: number, value: number])[];
  readonly others: readonly ((a: number, b: number) => number)[];
  readonly stored: readonly { readonly formula: Formula; readonly flat: number; readonly store: Store }[];
}
