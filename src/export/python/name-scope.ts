import type { Version } from '../../formula/expression.ts';
import type { Library } from './array-code.ts';

/** What the planner has to know about the names around an expression. */
export interface Names {
  readonly library: Library;
  /** A version of a quantity, at this place of the file. */
  value(name: string, version: Version): string;
  shape(name: string): readonly number[];
  /** A function, an index, a parameter of the function being printed. */
  function(name: string): string;
  index(name: string): string;
  parameter(name: string): string;
  /** Which of a function's operands its value has the dimensions of: those that it is computed from. */
  operandsRead(name: string): readonly boolean[];
  /** Whether it is one of Python's own numbers, not an array of the library. */
  isBare(name: string): boolean;
  /** While its cells are gathered one by one: how many of its dimensions are keys. */
  keys(name: string, version: Version): number | undefined;
  /** Notes that the file needs one of the helper functions, and gives its name. */
  helper(name: string): string;
  /** Parameters may be arrays of any shape, so whatever is done must work entry by entry. */
  readonly entrywise: boolean;
  /** Sums are to be added in the order of the formula: something is decided by the last bit. */
  readonly inOrder: boolean;
}
