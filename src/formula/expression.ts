import { type Affine, type Condition, index as indexOf, type Range, substitute } from './affine.ts';
import type { Span } from './diagnostic.ts';
import type { OperationName } from './operation.ts';

/**
 * The tree of a formula. As it is written it is evaluated: left to right, nothing folded,
 * nothing reordered; every view and the derivation read this one tree.
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

export interface NumberLiteral {
  readonly kind: 'number';
  readonly value: number;
}

/** An index used as a number, as in `[arg[q] = u]`. Index arithmetic is not counted as steps. */
export interface IndexValue {
  readonly kind: 'index';
  readonly index: Affine;
}

/** A cell of a quantity, `W1[j,i]`; guarded (`x?[i-1]`) it reads 0 out of range. */
export interface Reference {
  readonly kind: 'reference';
  readonly name: string;
  readonly indices: readonly Affine[];
  readonly guarded: boolean;
  /** Which version it reads: the quantity as it came into the frame, or as an update line has renewed it. */
  readonly version: Version;
  /** Its first index is the sample index, which the author has not written. */
  readonly sampled?: boolean;
  readonly span?: Span;
}

export type Version = 'old' | 'new';

/** An argument, inside the body of a function. */
export interface ParameterReference {
  readonly kind: 'parameter';
  readonly name: string;
}

export interface Operation {
  readonly kind: 'operation';
  readonly operation: OperationName;
  readonly operands: readonly Expression[];
}

/** A whole power ≥ 2, done as exponent − 1 multiplications. */
export interface Power {
  readonly kind: 'power';
  readonly base: Expression;
  readonly exponent: number;
}

/** An index that a reduction runs over. The range is filled in when shapes are known. */
export interface BoundIndex {
  readonly name: string;
  readonly range?: Range;
  /** The range was written down, as in `sum(i=2..3: …)`, and is not the whole of an array. */
  readonly written?: boolean;
}

/** `sum(i: …)`: terms in index order, n terms make n − 1 operations, no term makes 0. */
export interface Reduction {
  readonly kind: 'reduction';
  readonly reducer: 'sum' | 'max' | 'argmax';
  readonly indices: readonly BoundIndex[];
  readonly where: readonly Condition[];
  readonly body: Expression;
}

/** `when(t < 3: …)`: the body where the conditions on indices hold, 0 and no steps elsewhere. */
export interface When {
  readonly kind: 'when';
  readonly where: readonly Condition[];
  readonly body: Expression;
}

/** A function of the lesson or the library: its arguments, then its body, operation by operation. */
export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly operands: readonly Expression[];
  readonly span?: Span;
}

/** `stop(e)` is e, through which no gradient passes. */
export interface StopGradient {
  readonly kind: 'stop';
  readonly body: Expression;
}

export const number = (value: number): NumberLiteral => ({ kind: 'number', value });

export const apply = (name: OperationName, ...operands: Expression[]): Operation => ({
  kind: 'operation',
  operation: name,
  operands,
});

export const reference = (
  name: string,
  indices: readonly Affine[],
  more: { guarded?: boolean; version?: Version; span?: Span } = {},
): Reference => ({ kind: 'reference', name, indices, guarded: false, version: 'old', ...more });

/** The parts of an expression, left to right. */
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

/** The same expression with each part replaced by `change(part)`. */
export function mapChildren(e: Expression, change: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'operation':
    case 'call':
      return { ...e, operands: e.operands.map(change) };
    case 'power':
      return { ...e, base: change(e.base) };
    case 'reduction':
    case 'when':
    case 'stop':
      return { ...e, body: change(e.body) };
    default:
      return e;
  }
}

/** Every node of the tree, parents first, left to right. */
export function* walk(e: Expression): Generator<Expression> {
  const open = [e];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    const parts = children(node);
    for (let at = parts.length - 1; at >= 0; at--) open.push(parts[at]);
  }
}

export function* references(e: Expression): Generator<Reference> {
  for (const node of walk(e)) if (node.kind === 'reference') yield node;
}

/**
 * The expression with free indices replaced. Where an index that is bound inside occurs in what is put in, it is first renamed: a
 * derivative has copies of the sums that its terms go through, so their letters are those of its own sum.
 */
export function substituteIndices(e: Expression, replacement: ReadonlyMap<string, Affine>): Expression {
  const change = (a: Affine) => substitute(a, replacement);
  switch (e.kind) {
    case 'index':
      return { ...e, index: change(e.index) };
    case 'reference':
      return { ...e, indices: e.indices.map(change) };
    case 'when':
      return { ...e, where: e.where.map(change), body: substituteIndices(e.body, replacement) };
    case 'reduction': {
      const free = new Map(replacement);
      for (const bound of e.indices) free.delete(bound.name);
      if (e.indices.some(({ name }) => isPutIn(name, e, free)))
        return substituteIndices(renameBound(e, freshIndex), replacement);
      return {
        ...e,
        where: e.where.map((condition) => substitute(condition, free)),
        body: substituteIndices(e.body, free),
      };
    }
    default:
      return mapChildren(e, (part) => substituteIndices(part, replacement));
  }
}

/** Whether what is put into an expression for its free indices contains an index. */
function isPutIn(name: string, e: Expression, replacement: ReadonlyMap<string, Affine>): boolean {
  const putIn = [...replacement].filter(([, { terms }]) => terms.some(([one]) => one === name));
  if (putIn.length === 0) return false;
  const free = freeIndices(e);
  return putIn.some(([replaced]) => free.has(replaced));
}

/** A letter that no author can write marks an index that is not yet named for good. */
const mark = '§';
let fresh = 0;

/** The name without what marks it as fresh. */
export const unmarked = (name: string): string => name.split(mark)[0];

export const freshIndex = (name: string): string => `${unmarked(name)}${mark}${++fresh}`;

/** The reduction with the indices that it binds renamed, there and in all that it is about. */
export function renameBound(e: Reduction, rename: (name: string) => string): Reduction {
  const names = new Map(e.indices.map(({ name }) => [name, rename(name)]));
  const replacement = new Map([...names].map(([name, now]) => [name, indexOf(now)]));
  return {
    ...e,
    indices: e.indices.map((bound) => ({ ...bound, name: names.get(bound.name) as string })),
    where: e.where.map((condition) => substitute(condition, replacement)),
    body: substituteIndices(e.body, replacement),
  };
}

/** The indices that occur in `e` and are not bound inside it. */
export function freeIndices(e: Expression, found = new Set<string>()): Set<string> {
  const note = (a: Affine) => {
    for (const [name] of a.terms) found.add(name);
  };
  if (e.kind === 'index') note(e.index);
  else if (e.kind === 'reference') e.indices.forEach(note);
  else if (e.kind === 'when') {
    e.where.forEach(note);
    freeIndices(e.body, found);
  } else if (e.kind === 'reduction') {
    const inside = freeIndices(e.body);
    for (const condition of e.where) for (const [name] of condition.terms) inside.add(name);
    for (const bound of e.indices) inside.delete(bound.name);
    for (const name of inside) found.add(name);
  } else for (const part of children(e)) freeIndices(part, found);
  return found;
}

/** The body of a function with its arguments put in. */
export function substituteParameters(e: Expression, values: ReadonlyMap<string, Expression>): Expression {
  if (e.kind === 'parameter') return values.get(e.name) ?? e;
  return mapChildren(e, (part) => substituteParameters(part, values));
}
