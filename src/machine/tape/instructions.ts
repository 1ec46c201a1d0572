import type { Formula } from '../../formula/model.ts';
import type { Store } from '../memory/store.ts';

/*
 * A whole frame as one tape of instructions over one memory, without calls: for nets so small that a call costs more
 * than the operation. An instruction is repeated `count` times, each address in it advancing by its own stride.
 * Some do two or three operations at once, each rounded separately.
 *
 * On the tape: code, count, parameters, then every address followed by its stride. The first address is the
 * one that is written. Codes from `onceFlag` on are done a single time and have neither count nor strides.
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
  /** Any other operation; the parameter is its position in `Tape.others`. */
  other: 10,
  /** The sum of terms; parameters: how many, and how far apart. */
  sum: 11,
  /** The sum of products; parameters: how many, how far apart the first factors are, and the second ones. */
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
  /** Applies a storing rule; the second number is not an address but a position in `Tape.stored`. */
  store: 18,
  /** The sum of terms at any addresses: the count of terms, the target and all addresses, without strides. */
  sumList: 19,
  /** The same for products: pairs of addresses. */
  productsList: 20,
  /** The arg-max of terms at any addresses, each followed by the result if it is the first of the greatest. */
  argmaxList: 21,
  /** Copies a block: how many numbers, the target and the source. */
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
/** The code for the sum of two products, a single time: target, then four addresses. */
export const twoProducts = 58;

/** A finished tape and what its instructions refer to by position. */
export interface Tape {
  /** See the top of this file. */
  readonly instructions: Int32Array;
  /** Numbers in memory: a frame's, then constants and intermediate results. */
  readonly size: number;
  /** To be written into memory before the first run. */
  readonly constants: readonly (readonly [at: number, value: number])[];
  /** Operations without a code of their own; the second argument is ignored by unary ones. */
  readonly others: readonly ((a: number, b: number) => number)[];
  /** Cells with a storing rule, with their position in the array. */
  readonly stored: readonly { readonly formula: Formula; readonly flat: number; readonly store: Store }[];
}
