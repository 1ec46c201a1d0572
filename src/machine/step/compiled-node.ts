import type { Expression, Reduction } from '../../formula/expression.ts';
import type { ReductionTerms } from '../../program/reduction-terms.ts';
import type { Slot } from '../memory/layout.ts';

/** A node of a formula, compiled into closures that evaluate and count at the current values of the index registers. */
export interface CompiledNode {
  readonly expression: Expression;
  /** Operands, arguments, or the body of a `when`, `stop` or reduction. */
  readonly parts: readonly CompiledNode[];
  /** For a call: the body of the function. */
  readonly body?: CompiledNode;
  /** For a parameter: which argument it stands for, from 0. */
  readonly argument?: number;
  /** For a reference: the slot it reads, and the address in a frame's memory; −1 if out of range. */
  readonly slot?: Slot;
  readonly address?: () => number;
  /** For a `when`: whether its conditions hold. */
  readonly holds?: () => boolean;
  /** For a reduction: its loops. */
  readonly loops?: CompiledReduction;
  /** For a call: sets the arguments that the body reads. */
  readonly give?: (values: readonly number[]) => void;
  /** Evaluates the node. */
  readonly value: () => number;
  /** How many scalar operations it has; 0 unless the evaluator counts. */
  readonly count: () => number;
}

/** The terms of a reduction, to be counted and combined. */
export interface CompiledReduction {
  /** How terms are combined. */
  readonly reducer: Reduction['reducer'];
  /** The registers of its indices, outermost first. */
  readonly registers: readonly number[];
  /** The terms at the current values of the registers around it. Requires an evaluator that counts. */
  readonly terms: () => ReductionTerms;
  /**
   * Combines up to `terms` more terms with `total`, which is changed, beginning with the term at the index values `place` (empty:
   * the first term): the one after those that `total` has.
   */
  readonly advance: (total: Total, place: readonly number[], terms: number) => void;
}

/** The result of a reduction's first terms; mutable. */
export interface Total {
  /** How many terms are combined. */
  terms: number;
  /** Their sum or maximum; for an arg-max, the greatest term. 0 before the first term. */
  value: number;
  /** For an arg-max: the number of the greatest term, from 0; −1 before the first term. */
  winner: number;
  /** The winner's position in the rectangle of the indices, from 1; 0 before the first term. */
  position: number;
}

/** A new total of no terms, for `CompiledReduction.advance` to add to: value 0, winner −1, position 0. */
export const emptyTotal = (): Total => ({ terms: 0, value: 0, winner: -1, position: 0 });
