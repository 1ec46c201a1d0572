import type { Version } from '../../formula/expression.ts';
import type { Library } from './array-code.ts';

/** The Python names around an expression, and what they stand for, as the planner needs it. */
export interface Names {
  readonly library: Library;
  /** The variable that holds a version of a quantity at this place of the file; throws a TypeError inside a function. */
  value(name: string, version: Version): string;
  /** The shape of a quantity; empty for a single number. */
  shape(name: string): readonly number[];
  /** The name of a function. */
  function(name: string): string;
  /** The variable of an index. */
  index(name: string): string;
  /** A parameter of the function that is being written; throws a TypeError in a formula. */
  parameter(name: string): string;
  /** For each operand of a function, whether its value is computed from it, and so has its dimensions. */
  operandsRead(name: string): readonly boolean[];
  /** Whether a quantity is one of Python's own numbers, not an array of the library. */
  isBare(name: string): boolean;
  /** While a quantity's cells are computed one by one into a dictionary: how many of its dimensions are keys; else undefined. */
  keys(name: string, version: Version): number | undefined;
  /** Records that the file needs one of the helper functions, and returns its name. */
  helper(name: string): string;
  /** Whether parameters may be arrays of any shape, so that all code must work entry by entry. */
  readonly entrywise: boolean;
  /** Whether sums must be added in the order of the formula, since the last bit may decide something. */
  readonly inOrder: boolean;
}
