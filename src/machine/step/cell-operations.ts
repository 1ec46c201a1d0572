import type { Expression, Reference } from '../../formula/expression.ts';
import type { StepName } from '../../formula/operation.ts';

/**
 * A node of one cell's expression at the cell's indices, with sums unrolled into terms and function calls into bodies. Everything
 * is created when it is asked for, so large cells cost nothing in advance.
 */
export interface CellNode {
  readonly expression: Expression;
  /** The node's value before the storing rule. */
  readonly value: number;
  /** Operands or arguments; a `when` whose condition fails has none, and a reduction has `terms` instead. */
  readonly parts: readonly CellNode[];
  /** The terms of a reduction; undefined for other nodes. */
  readonly terms: TermSeries | undefined;
  /** The cell's operations inside this node, from 1, both ends inclusive; none where `last` < `first`. */
  readonly first: number;
  readonly last: number;
  /** Whether an operation (from 1 within the cell) is the node's own: one for an operation, n − 1 for a sum of n terms. */
  owns(operation: number): boolean;
  /** The cell (indices from 1) that a reference reads; undefined for other nodes, and where it is out of range and reads 0. */
  readonly cell: readonly number[] | undefined;
  /** The body of the function that a call calls; undefined for other nodes. */
  readonly body: CellNode | undefined;
  /** The argument that a function's parameter stands for; undefined for other nodes. */
  readonly argument: CellNode | undefined;
}

/** The terms of a reduction in order. Terms count from 0, operations from 1 within the cell. */
export interface TermSeries {
  /** How many terms there are. */
  readonly length: number;
  /** Term n. */
  at(n: number): CellNode;
  /** The number of the term at these values of the reduction's indices; such a term must exist. */
  indexOf(place: readonly number[]): number;
  /** The operation that combines term n with those before it; for term 0, the last operation before its result is available. */
  joining(n: number): number;
  /** The term that an operation inside the reduction computes or combines. */
  containing(operation: number): number;
  /** The result of the terms 0 to n (inclusive): for an arg-max the winner's position, from 1. */
  upTo(n: number): number;
}

/**
 * What an operation reads: a cell (indices from 1), a number of the formula or the 0 read `outside` an array, or the result of an earlier
 * operation (from 1 in the cell).
 */
export type Operand =
  | {
      readonly kind: 'cell';
      readonly reference: Pick<Reference, 'name' | 'version'>;
      readonly cell: readonly number[];
      readonly value: number;
    }
  | { readonly kind: 'literal'; readonly value: number; readonly outside?: string }
  | { readonly kind: 'step'; readonly operation: number; readonly value: number };

/** A function call with its first and last operation, from 1 within the cell, both inclusive. */
export interface CallSpan {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** A scalar operation of a cell: its name, its operands and its result. */
export interface CellOperation {
  readonly name: StepName;
  readonly operands: readonly Operand[];
  readonly value: number;
}

/** A scalar operation with its place in the cell. */
export interface OperationRecord extends CellOperation {
  /** From 1 within the cell. */
  readonly number: number;
  /** The calls that contain it, outermost first. */
  readonly calls: readonly CallSpan[];
}

/** A cell with its operations. */
export interface CellOperations {
  /** The whole expression. */
  readonly root: CellNode;
  /** How many operations it has. */
  readonly length: number;
  /** Operation n, from 1 to `length`. */
  operation(n: number): OperationRecord;
  /** The result of the last operation, before the storing rule. */
  readonly value: number;
}
