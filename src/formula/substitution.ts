import { type Affine, index as indexOf, substitute } from './affine.ts';
import { children, type Expression, type Reduction } from './expression.ts';

/* New expressions from old ones: parts, indices or parameters replaced by others. */

/** A copy of the node with each direct part (see `children`) replaced by `change(part)`. A leaf is returned as it is. */
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

/** A tree of the same nodes, none of which is shared with the first. */
export const copied = (e: Expression): Expression => ({ ...mapChildren(e, copied) });

/**
 * The expression with free indices replaced, by name and all at once, in brackets, conditions and bare. A bound index that
 * occurs in a replacement is renamed first, so nothing is captured. (A derivative contains copies of the sums that its terms
 * pass through, hence sums in sums over the same letter.)
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

/** Whether an index occurs in what replaces the free indices of an expression. */
function isPutIn(name: string, e: Expression, replacement: ReadonlyMap<string, Affine>): boolean {
  const putIn = [...replacement].filter(([, { terms }]) => terms.some(([one]) => one === name));
  if (putIn.length === 0) return false;
  const free = freeIndices(e);
  return putIn.some(([replaced]) => free.has(replaced));
}

/** A character that no author can write; it marks an index that has no final name yet. */
const mark = '§';
let fresh = 0;

/** The name that a fresh index was made from; other names are returned as they are. */
export const unmarked = (name: string): string => name.split(mark)[0];

/** A new index name, different from all others of this process; `unmarked` gives `name` back. */
export const freshIndex = (name: string): string => `${unmarked(name)}${mark}${++fresh}`;

/**
 * The reduction with each index that it binds itself renamed by `rename`, also in its conditions and its body. The new names
 * must differ from each other and from the free indices of the reduction. Reductions inside keep theirs, except where a new name
 * is one of them.
 */
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

/**
 * The indices that occur in `e`, in brackets, conditions or bare, and are not bound inside it, added to `found` (a new set by
 * default), which is returned.
 */
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

/**
 * `e`, the body of a function, with its parameters replaced by the arguments of these names; a parameter without a value
 * stays. Bound indices are not renamed: `freshen` the body first, or one may capture an index of an argument.
 */
export function substituteParameters(e: Expression, values: ReadonlyMap<string, Expression>): Expression {
  if (e.kind === 'parameter') return values.get(e.name) ?? e;
  return mapChildren(e, (part) => substituteParameters(part, values));
}
