import type { Affine, Condition, Range } from './affine.ts';
import type { Span } from './diagnostic.ts';
import type { OperationName } from './operation.ts';

/**
 * The tree of a formula. It is evaluated exactly as written: left to right, nothing folded, nothing reordered. Evaluation,
 * printing, drawing and differentiation all read this one tree, and nothing changes it once it is made.
 */
export type Expression =
  | NumberLiteral
  | IndexValue
  | Reference
  | ParameterReference
  | Operation
  | Power
  | Reduction
  | When
  | Call
  | StopGradient;

/** A constant. A minus sign in front of a written number belongs to it and is not an operation. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
}

/** An index expression used as a number, as in `[arg[q] = u]`. Index arithmetic does not count as operations. */
export interface IndexValue {
  readonly kind: 'index';
  readonly index: Affine;
}

/** A cell of a quantity, `W1[j,i]`. Guarded (`x?[i-1]`), it reads 0 where the indices are out of range. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly indices: readonly Affine[];
  readonly guarded: boolean;
  /**
   * Which version it reads: `old`, the value at the start of the frame or the one computed by `=`; `new`, the one written by
   * `<-`.
   */
  readonly version: Version;
  /** Its first index is the sample index, added by the compiler. */
  readonly sampled?: boolean;
  /** Absent where no author wrote the reference. */
  readonly span?: Span;
}

/** The two values that a quantity renewed by `<-` has in a frame. */
export type Version = 'old' | 'new';

/** A parameter, inside the body of a function. */
export interface ParameterReference {
  readonly kind: 'parameter';
  readonly name: string;
}

/** A scalar operation with one or two operands: one step. */
export interface Operation {
  readonly kind: 'operation';
  readonly operation: OperationName;
  readonly operands: readonly Expression[];
}

/** A power with a whole exponent ≥ 2, computed by exponent − 1 multiplications. */
export interface Power {
  readonly kind: 'power';
  readonly base: Expression;
  readonly exponent: number;
}

/** An index that a reduction runs over. */
export interface BoundIndex {
  readonly name: string;
  /** Both ends included. Absent in a parsed tree; every formula of a compiled model has it. */
  readonly range?: Range;
  /** The author wrote the range, as in `sum(i=2..3: …)`; otherwise it follows from the shapes of what is read. */
  readonly written?: boolean;
}

/**
 * `sum(i: …)`, `max(i: …)` or `argmax(i: …)`: terms in index order, the last index fastest. n terms take n − 1 operations;
 * without any term the value is 0.
 */
export interface Reduction {
  readonly kind: 'reduction';
  readonly reducer: 'sum' | 'max' | 'argmax';
  readonly indices: readonly BoundIndex[];
  /** Only terms at which every condition holds. */
  readonly where: readonly Condition[];
  readonly body: Expression;
  /**
   * The author wrote `mean`, at this place: a sum that is still to be divided by how many terms it has. The sums that a condition
   * with != makes of one mean have the same object here. Only in a parsed tree; in a compiled model the division stands around.
   */
  readonly mean?: Span;
  /** The author wrote `p[y]`, and this sum looks for the entry. */
  readonly picks?: true;
}

/** `when(t < 3: …)`: the body where every condition on indices holds, elsewhere 0 without any operation. */
export interface When {
  readonly kind: 'when';
  readonly where: readonly Condition[];
  readonly body: Expression;
}

/** A call of a function of the lesson or the library: first its operands are computed, then its body, operation by operation. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly Expression[];
  /** Of the name; absent where no author wrote the call. */
  readonly span?: Span;
}

/** `stop(e)`: the value of e, through which no gradient passes (stop-gradient, `detach`). */
export interface StopGradient {
  readonly kind: 'stop';
  readonly body: Expression;
}

/** A node for a constant. */
export const number = (value: number): NumberLiteral => ({ kind: 'number', value });

/** A node for an operation; as many operands as its arity, left first. Nothing is checked or folded. */
export const apply = (name: OperationName, ...operands: Expression[]): Operation => ({
  kind: 'operation',
  operation: name,
  operands,
});

/** A node for a cell: unguarded, of the old version and without a span, unless `more` gives these. */
export const reference = (
  name: string,
  indices: readonly Affine[],
  more: { guarded?: boolean; version?: Version; span?: Span } = {},
): Reference => ({ kind: 'reference', name, indices, guarded: false, version: 'old', ...more });

/**
 * The direct parts of an expression, left to right; empty for a leaf. Indices and conditions are none. Arrays are those of the
 * tree: do not change them.
 */
export function children(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'operation':
    case 'call':
      return e.operands;
    case 'power':
      return [e.base];
    case 'reduction':
    case 'when':
    case 'stop':
      return [e.body];
    default:
      return [];
  }
}

/** Every node of the tree: a parent before its parts, parts left to right. A node that occurs twice comes twice. */
export function* walk(e: Expression): Generator<Expression> {
  const open = [e];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const parts = children(node);
    for (let at = parts.length - 1; at >= 0; at--) open.push(parts[at]);
  }
}

/** The cells that an expression reads, left to right, with repetition. Bodies of called functions are not entered. */
export function* references(e: Expression): Generator<Reference> {
  for (const node of walk(e)) if (node.kind === 'reference') yield node;
}
