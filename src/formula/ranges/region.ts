import {
  type Affine,
  coefficient,
  conditionsByLoop,
  evaluateAffine,
  extent,
  type Range,
  tighten,
} from '../affine.ts';
import type { Span } from '../diagnostic.ts';
import type { Reference } from '../expression.ts';
import { linkedIndices } from './admitted-indices.ts';

/** An index of one formula: each reduction has its own, even under the same name. */
export interface IndexVariable {
  readonly name: string;
  readonly span: Span;
  range?: Range;
  /** A range that was written down and is not up to the data. */
  fixed: boolean;
  /** Which of the conditions around a part are on this index: those from `first` on; the sum's own end before `after`. */
  readonly first: number;
  readonly after: number;
  /** How far it seems to run, where that cannot be told. */
  hint?: number;
}

export type IndexScope = ReadonlyMap<string, IndexVariable>;

/** A part of a formula that is computed under one set of conditions. */
export interface IndexRegion {
  /** The inequalities under which it is computed. */
  readonly conditions: readonly Affine[];
  readonly scope: IndexScope;
  /** Outermost first, as the loops run. */
  readonly order: readonly IndexVariable[];
  readonly around?: IndexRegion;
  readonly references: Reference[];
  /** Indices that stand as numbers, as in `[i = 2]`. */
  readonly numbers: Set<string>;
  /** Whether anything stands here that does not stand under further conditions. */
  isEmpty: boolean;
}

/** Whether a part is computed under conditions on an index, other than those of the sum that it belongs to. */
export const isConditioned = ({ conditions }: IndexRegion, { name, after }: IndexVariable): boolean =>
  conditions.slice(after).some((one) => coefficient(one, name) !== 0);

/** Whether a part is another one, or around it. */
export function isAround(outer: IndexRegion, inner: IndexRegion): boolean {
  let one: IndexRegion | undefined = inner;
  while (one !== undefined && one !== outer) one = one.around;
  return one === outer;
}

/** Whether a part within another one is computed whatever an index is, as long as the other one is. */
export const isAlways = (inner: IndexRegion, outer: IndexRegion, { name }: IndexVariable): boolean =>
  isAround(outer, inner) &&
  inner.conditions.slice(outer.conditions.length).every((one) => coefficient(one, name) === 0);

export const speaksOf = ({ references, numbers }: IndexRegion, name: string): boolean =>
  numbers.has(name) ||
  references.some(({ indices }) => indices.some((affine) => coefficient(affine, name) !== 0));

/** The ranges that are known of what is in scope. */
export const ranges = (scope: IndexScope): Map<string, Range> => {
  const known = new Map<string, Range>();
  for (const [name, { range }] of scope) if (range !== undefined) known.set(name, range);
  return known;
};

/** Where an index of a part leaves 1..size; under conditions by trying, since two bounds may depend on each other. */
export function outOfRange(
  { scope, conditions, order }: IndexRegion,
  affine: Affine,
  size: number,
): number | undefined {
  const { low, high } = extent(affine, ranges(scope));
  if (low >= 1 && high <= size) return undefined;
  const worst = low < 1 ? low : high;
  const linked = linkedIndices(
    affine.terms.map(([name]) => name),
    conditions,
  );
  const rules = conditions.filter(({ terms }) => terms.every(([name]) => linked.has(name)));
  if (rules.length === 0) return worst;
  const loops = order.filter(({ name }) => linked.has(name));
  const bounds = conditionsByLoop(
    loops.map(({ name }) => name),
    rules,
  );
  let budget = 1e6;
  const visit = (depth: number, environment: Map<string, number>): number | undefined => {
    if (depth === loops.length) {
      const value = evaluateAffine(affine, environment);
      return value >= 1 && value <= size ? undefined : value;
    }
    const variable = loops[depth];
    const range = tighten(variable.name, variable.range as Range, bounds[depth], environment);
    for (let value = range.low; value <= range.high; value++) {
      budget -= 1;
      const found = budget < 0 ? worst : visit(depth + 1, environment.set(variable.name, value));
      if (found !== undefined) return found;
    }
    environment.delete(variable.name);
    return undefined;
  };
  return visit(0, new Map());
}
