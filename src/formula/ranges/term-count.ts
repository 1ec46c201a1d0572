import {
  type Affine,
  type Condition,
  conditionsByLoop,
  constant,
  evaluateAffine,
  index,
  plus,
  type Range,
  tighten,
} from '../affine.ts';
import type { Diagnostics } from '../diagnostic.ts';
import { apply, type BoundIndex, type Expression, number, type Reduction } from '../expression.ts';
import { linkedIndices } from './admitted-indices.ts';

/** Where the terms of a reduction are computed. */
export interface TermLoops {
  /** All loops around a term, the outermost first, those of the reduction itself last. */
  readonly loops: readonly BoundIndex[];
  /** All conditions around a term, those of the reduction itself included. */
  readonly conditions: readonly Condition[];
}

/** How many terms there are while the indices around them have these values. */
interface Count {
  readonly at: readonly number[];
  readonly count: number;
}

/** Settings of indices that are tried in order to count terms. */
const mostTrials = 1e6;

/** One of the sums that a mean consists of, and where its terms are computed. */
export interface CountedSum {
  readonly sum: Reduction;
  readonly terms: TermLoops;
}

/** The sums of a mean that is not yet divided: one, or, where a condition has !=, one for each part. Undefined for all else. */
export function sumsOfMean(e: Expression): readonly Reduction[] | undefined {
  if (e.kind === 'reduction') return e.mean && [e];
  if (e.kind !== 'operation' || e.operation !== 'add') return undefined;
  const right = sumsOfMean(e.operands[1]);
  const left = right && sumsOfMean(e.operands[0]);
  return left && left[0].mean === right[0].mean ? [...left, ...right] : undefined;
}

/**
 * A mean as the sum of its terms, divided by how many there are: a number, or index arithmetic such as `t` where the outer
 * indices say how many. `sums` are those of `sumsOfMean`, with their ranges. Reports (`mean`) a mean without any term, and one
 * whose number of terms index arithmetic cannot say; it is then left undivided.
 */
export function asQuotient(sums: readonly CountedSum[], diagnostics: Diagnostics): Expression {
  const span = sums[0].sum.mean;
  const whole = sums
    .map(({ sum: { mean, ...sum } }): Expression => sum)
    .reduce((left, right) => apply('add', left, right));
  const isOpen = sums.some(({ terms }) => terms.loops.some(({ range }) => range === undefined));
  if (span === undefined || isOpen) return whole;
  const found = numberOfTerms(sums);
  if (typeof found === 'string') {
    diagnostics.error(span, 'mean', found);
    return whole;
  }
  const count: Expression =
    found.terms.length === 0 ? number(found.constant) : { kind: 'index', index: found };
  return apply('div', whole, count);
}

/** The number of terms as index arithmetic, or what is wrong with it. */
function numberOfTerms(sums: readonly CountedSum[]): Affine | string {
  const own = new Set(sums[0].sum.indices.map(({ name }) => name));
  let outer: string[] = [];
  const totals = new Map<string, Count>();
  for (const { terms } of sums) {
    const linked = linkedIndices(own, terms.conditions);
    const loops = terms.loops.filter(({ name }) => linked.has(name));
    outer = loops.map(({ name }) => name).filter((name) => !own.has(name));
    const counts = countsOf(loops, outer.length, terms.conditions);
    if (counts === undefined) return `how many terms this mean has takes too long to find out; ${instead}`;
    for (const { at, count } of counts)
      totals.set(at.join(), { at, count: count + (totals.get(at.join())?.count ?? 0) });
  }
  const counts = [...totals.values()];
  const text = ({ at, count }: Count) =>
    `${count === 0 ? 'no' : count} ${count === 1 ? 'term' : 'terms'}${outer.map((name, d) => ` ${d > 0 ? 'and' : 'at'} ${name} = ${at[d]}`).join('')}`;
  const empty = counts.find(({ count }) => count === 0);
  if (empty !== undefined || counts.length === 0)
    return `this mean has ${text(empty ?? { at: [], count: 0 })}, and without terms there is none; ${elsewhere}`;
  const found = fitted(counts, outer);
  const wrong = counts.find((one) => evaluateAffine(found, settingOf(one, outer)) !== one.count);
  if (wrong === undefined) return found;
  const differing = (than: Count) => counts.find(({ count }) => count !== than.count) ?? than;
  const other = wrong.count === counts[0].count ? differing(wrong) : wrong;
  const both = `this mean has ${text(counts[0])}, but ${text(other)}`;
  return `${both}, which no sum of multiples of indices gives; ${instead}`;
}

const instead = 'write sum(…) / sum(…: 1)';
const elsewhere = 'leave such cells out, as in when(t > 1: mean(…))';

const settingOf = ({ at }: Count, outer: readonly string[]): ReadonlyMap<string, number> =>
  new Map(outer.map((name, d) => [name, at[d]]));

/** The number of terms at all values of the first `outer` of the loops at which there is a mean; undefined above `mostTrials`. */
function countsOf(
  loops: readonly BoundIndex[],
  outer: number,
  conditions: readonly Condition[],
): Count[] | undefined {
  const names = loops.map(({ name }) => name);
  const linked = new Set(names);
  const rules = conditionsByLoop(
    names,
    conditions.filter(({ terms }) => terms.every(([name]) => linked.has(name))),
  );
  const environment = new Map<string, number>();
  const found: Count[] = [];
  let budget = mostTrials;
  /** The terms further in. */
  const visit = (depth: number): number => {
    if (depth === loops.length) return 1;
    const { low, high } = tighten(names[depth], loops[depth].range as Range, rules[depth], environment);
    // The values of the last index need not be tried.
    if (depth >= outer && depth === loops.length - 1) return Math.max(0, high - low + 1);
    let total = 0;
    for (let value = low; value <= high && budget > 0; value++) {
      budget -= 1;
      environment.set(names[depth], value);
      const inner = visit(depth + 1);
      if (depth === outer - 1)
        found.push({
          at: names.slice(0, outer).map((name) => environment.get(name) as number),
          count: inner,
        });
      else total += inner;
    }
    return total;
  };
  const whole = visit(0);
  if (outer === 0) found.push({ at: [], count: whole });
  return budget > 0 ? found : undefined;
}

/** Index arithmetic that gives the first count, and others that differ from it, or from each other, in one index alone. */
function fitted(counts: readonly Count[], outer: readonly string[]): Affine {
  let found = constant(counts[0].count);
  outer.forEach((name, d) => {
    const known = new Map<string, Count>();
    for (const one of counts) {
      const others = one.at.filter((_, k) => k !== d).join();
      const other = known.get(others);
      known.set(others, one);
      if (other === undefined) continue;
      const slope = (one.count - other.count) / (one.at[d] - other.at[d]);
      const term = plus(index(name), constant(-counts[0].at[d]));
      if (Number.isInteger(slope) && slope !== 0) found = plus(found, term, slope);
      return;
    }
  });
  return found;
}
