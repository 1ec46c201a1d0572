import type { Expression, Reference } from '../../formula/expression.ts';
import type { StepName } from '../../formula/operation.ts';

/**
 * A node of one cell's expression at the cell's indices: sums are rolled out into their terms, functions are opened. Nothing of
 * it is there before it is asked for, however large the cell is.
 */
export interface CellNode {
  readonly expression: Expression;
  readonly value: number;
  /** Operands and arguments; a `when` that does not hold has none, and a reduction has `terms` in their place. */
  readonly parts: readonly CellNode[];
  readonly terms: TermSeries | undefined;
  /** The cell's operations inside this node, from 1; empty where last < first. */
  readonly first: number;
  readonly last: number;
  /** Whether an operation is the node's own: one of an operation, n − 1 of a sum of n terms. */
  owns(operation: number): boolean;
  /** The cell that a reference reads; undefined where it is out of range and reads 0. */
  readonly cell: readonly number[] | undefined;
  /** The opened body of a call. */
  readonly body: CellNode | undefined;
  /** The argument that a function's parameter stands for. */
  readonly argument: CellNode | undefined;
}

/** The terms of a reduction, in order. */
export interface TermSeries {
  readonly length: number;
  /** The n-th term, from 0. */
  at(n: number): CellNode;
  /** The term at some values of the reduction's indices, which has to be there. */
  indexOf(place: readonly number[]): number;
  /** The operation that joins the n-th term to those before; of the first, the one before which it begins. */
  joining(n: number): number;
  /** The term that an operation inside the reduction makes, or joins. */
  containing(operation: number): number;
  /** What the terms up to the n-th one come to. */
  upTo(n: number): number;
}

export type Operand =
  | {
      readonly kind: 'cell';
      readonly reference: Pick<Reference, 'name' | 'version'>;
      readonly cell: readonly number[];
      readonly value: number;
    }
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'step'; readonly operation: number; readonly value: number };

/** A function that an operation lies in: its first and last operation. */
export interface CallSpan {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** What a scalar operation of a cell does: its name, what it is given and what it gives. */
export interface CellOperation {
  readonly name: StepName;
  readonly operands: readonly Operand[];
  readonly value: number;
}

/** One scalar operation of a cell. */
export interface OperationRecord extends CellOperation {
  /** Counted from 1 within the cell. */
  readonly number: number;
  /** The calls it lies in, outermost first, each with its first and last operation. */
  readonly calls: readonly CallSpan[];
}

/** A cell opened into its operations. */
export interface CellOperations {
  readonly root: CellNode;
  /** How many operations it has. */
  readonly length: number;
  /** Its n-th operation, from 1. */
  operation(n: number): OperationRecord;
  /** What the last operation gave, before the storing rule. */
  readonly value: number;
}
