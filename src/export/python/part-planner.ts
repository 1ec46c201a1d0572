import type { Expression } from '../../formula/expression.ts';
import type { ArrayTree } from './array-code.ts';
import type { LoopScope } from './loop-scope.ts';
import type { Names } from './name-scope.ts';

/** What the code for sums and products needs of the `Planner`: array code for the parts of an expression. */
export interface PartPlanner {
  readonly names: Names;

  /** The code of an expression that is used as a number; undefined where an index that is a dimension has to be a loop. */
  number(e: Expression, scope: LoopScope): ArrayTree | undefined;

  /** The code under whichever of the scopes it is shortest; they differ in the order of the dimensions. */
  shortest(e: Expression, scopes: readonly LoopScope[]): ArrayTree | undefined;

  /** Whether Python computes an expression with its own numbers only. */
  isBare(e: Expression): boolean;
}
