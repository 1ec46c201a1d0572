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

/** An index of one formula; each reduction has its own, even under the same name. */
export interface IndexVariable {
  readonly name: string;
  /** The place to report when its range stays unknown. */
  readonly span: Span;
  /** Both ends included; set once it is known. */
  range?: Range;
  /** Whether the range is written or declared, so that it need not match an array. */
  fixed: boolean;
  /**
   * Among the conditions of a region, those from position `first` on may be about it; those before `after` belong to its own
   * sum.
   */
  readonly first: number;
  readonly after: number;
  /** A guess at its last value, for the message, where that cannot be inferred. */
  hint?: number;
}

/** The indices in scope, by name. */
export type IndexScope = ReadonlyMap<string, IndexVariable>;

/** A part of a formula that is computed under one set of conditions. */
export interface IndexRegion {
  /** All conditions around it, the outermost first. */
  readonly conditions: readonly Affine[];
  readonly scope: IndexScope;
  /** The indices in scope, in the order of the loops, the outermost first. */
  readonly order: readonly IndexVariable[];
  /** The region directly around it; absent for the whole formula. */
  readonly around?: IndexRegion;
  /** The references directly in this region. */
  readonly references: Reference[];
  /** Indices that are used as numbers, as in `[i = 2]`. */
  readonly numbers: Set<string>;
  /** Whether everything in it stands in a region further in. */
  isEmpty: boolean;
}

/** Whether a region is computed under conditions on an index, other than those of the index's own sum. */
export const isConditioned = ({ conditions }: IndexRegion, { name, after }: IndexVariable): boolean =>
  conditions.slice(after).some((one) => coefficient(one, name) !== 0);

/** Whether `outer` is `inner`, or around it. */
export function isAround(outer: IndexRegion, inner: IndexRegion): boolean {
  let one: IndexRegion | undefined = inner;
  while (one !== undefined && one !== outer) one = one.around;
  return one === outer;
}

/**
 * Whether a region that is inside another one, or the same, is computed at every value of an index at which the outer one is:
 * no condition between the two contains the index. False where it is not inside.
 */
export const isAlways = (inner: IndexRegion, outer: IndexRegion, { name }: IndexVariable): boolean =>
  isAround(outer, inner) &&
  inner.conditions.slice(outer.conditions.length).every((one) => coefficient(one, name) === 0);

/** Whether a region itself, without those further in, uses an index, as a number or in brackets. */
export const speaksOf = ({ references, numbers }: IndexRegion, name: string): boolean =>
  numbers.has(name) ||
  references.some(({ indices }) => indices.some((affine) => coefficient(affine, name) !== 0));

/** The ranges in scope that are known so far. */
export const ranges = (scope: IndexScope): Map<string, Range> => {
  const known = new Map<string, Range>();
  for (const [name, { range }] of scope) if (range !== undefined) known.set(name, range);
  return known;
};

/**
 * A value of `affine` outside 1 … size that occurs in a region; undefined where there is none. The ranges of its indices must
 * be known, those of conditions included. Under conditions the values are tried, up to a million, since bounds may depend on
 * each other; beyond that the extreme value counts as reached.
 */
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
