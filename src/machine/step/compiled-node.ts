import type { Expression, Reduction } from '../../formula/expression.ts';
import type { ReductionTerms } from '../../program/reduction-terms.ts';
import type { Slot } from '../memory/layout.ts';

/** A node of a formula made ready to be evaluated and counted, at the values that its indices have at the moment. */
export interface CompiledNode {
  readonly expression: Expression;
  readonly parts: readonly CompiledNode[];
  /** The body of the function that a call opens. */
  readonly body?: CompiledNode;
  /** Which argument a parameter stands for, from 0. */
  readonly argument?: number;
  /** Of a reference: what it reads, and where, −1 being out of range. */
  readonly slot?: Slot;
  readonly address?: () => number;
  /** Of a `when`: whether its body is there. */
  readonly holds?: () => boolean;
  readonly loops?: CompiledReduction;
  /** Hands the arguments of a call to its body. */
  readonly give?: (values: readonly number[]) => void;
  readonly value: () => number;
  /** Scalar operations. */
  readonly count: () => number;
}

/** A reduction's terms, to be counted and brought together. */
export interface CompiledReduction {
  readonly reducer: Reduction['reducer'];
  /** The registers of its indices. */
  readonly registers: readonly number[];
  readonly terms: () => ReductionTerms;
  /** Takes in some more terms, beginning with the one at a place; whether all of them were there. */
  readonly advance: (total: Total, place: readonly number[], terms: number) => void;
}

/** What the terms of a reduction have come to so far. */
export interface Total {
  /** Terms taken in. */
  terms: number;
  value: number;
  /** Of an arg-max: the greatest term, from 0, and its position in the rectangle of the indices, from 1. */
  winner: number;
  position: number;
}

export const emptyTotal = (): Total => ({ terms: 0, value: 0, winner: -1, position: 0 });
