import {
  type Affine,
  type Condition,
  coefficient,
  constant,
  minus,
  type Range,
  scale,
} from '../../formula/affine.ts';
import type { Reduction } from '../../formula/expression.ts';
import type { ArrayAxis, LoopScope } from './loop-scope.ts';

/**
 * The conditions that concern the loop at a depth (from 0, outermost) and none further in; `byLoop` is from `conditionsByLoop`,
 * one list for each loop.
 */
export const ownConditions = (
  byLoop: readonly (readonly Condition[])[],
  depth: number,
): readonly Condition[] =>
  byLoop[depth].filter((condition) => depth === 0 || !byLoop[depth - 1].includes(condition));

/**
 * The bounds of the loop over index `name` under its range and conditions: greatest of `lows` to least of `highs`, inclusive,
 * in our index, where the conditions `rest` hold, too. Bounds that others imply in `scope` are left out.
 */
export function bounds(name: string, range: Range, conditions: readonly Condition[], scope: LoopScope) {
  const lows: Affine[] = [constant(range.low)];
  const highs: Affine[] = [constant(range.high)];
  const rest: Condition[] = [];
  for (const condition of conditions) {
    const factor = coefficient(condition, name);
    const others = minus(condition, { constant: 0, terms: [[name, factor]] });
    if (factor === 1) lows.push(scale(others, -1));
    else if (factor === -1) highs.push(others);
    else rest.push(condition);
  }
  return { lows: scope.tightest(lows, 'low'), highs: scope.tightest(highs, 'high'), rest };
}

/**
 * The indices of a reduction as dimensions of an array, in its order, with their bounds; undefined where a bound depends on
 * another dimension or is no single affine, a condition is no bound, or `scope` knows one of the names.
 */
export function boundAxes(e: Reduction, scope: LoopScope): [string, ArrayAxis][] | undefined {
  const names = e.indices.map(({ name }) => name);
  if (names.some((name) => scope.axes.has(name) || scope.loops.has(name))) return undefined;
  // The position of the winner counts from the first of all terms.
  if (e.reducer === 'argmax' && e.where.length > 0) return undefined;
  const found: [string, ArrayAxis][] = [];
  for (const { name, range } of e.indices) {
    const conditions = e.where.filter((condition) => coefficient(condition, name) !== 0);
    const others = conditions.flatMap(({ terms }) => terms.map(([one]) => one)).filter((one) => one !== name);
    if (others.some((one) => !scope.loops.has(one))) return undefined;
    const { lows, highs, rest } = bounds(name, range as Range, conditions, scope);
    if (lows.length > 1 || highs.length > 1 || rest.length > 0) return undefined;
    found.push([name, { low: lows[0], high: highs[0] }]);
  }
  const spoken = e.where.every(({ terms }) => terms.some(([name]) => names.includes(name)));
  return spoken ? found : undefined;
}
