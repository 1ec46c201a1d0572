import { type Affine, type Condition, constant, minus, plus, type Range } from '../affine.ts';

/** Index values in ascending order; undefined where there are too many to try, or no end. */
export type Admitted = readonly number[] | undefined;

/** Values of one index that are tried one by one. */
const mostValues = 1e5;
/** Settings of other indices that are tried for one value; beyond these it counts as possible. */
const mostTrials = 1e4;
/** Rounds of narrowing, since bounds may push each other up without end. */
const mostRounds = 64;

type Domains = Map<string, Range>;

/** `1 ≤ affine` and `affine ≤ size` as two conditions, in this order. */
export const inside = (affine: Affine, size: number): readonly Condition[] => [
  plus(affine, constant(-1)),
  minus(constant(size), affine),
];

/**
 * The values of one index that meet all conditions together with some values of the other indices, which `ranges` bounds; a
 * range of the index itself there is ignored. Without a lower bound it counts from 1. Values for which the search takes too
 * long are included.
 */
export function admitted(
  name: string,
  conditions: readonly Condition[],
  ranges: ReadonlyMap<string, Range>,
): Admitted {
  const linked = linkedConditions(name, conditions);
  const domains: Domains = new Map();
  for (const { terms } of linked) {
    for (const [other] of terms) {
      const known = other === name ? undefined : ranges.get(other);
      domains.set(other, known ?? { low: -Infinity, high: Infinity });
    }
  }
  if (!narrow(linked, domains)) return [];
  const { low, high } = domains.get(name) ?? { low: -Infinity, high: Infinity };
  const first = Number.isFinite(low) ? low : 1;
  if (!(high - first < mostValues)) return undefined;
  const found: number[] = [];
  for (let value = first; value <= high; value++) {
    const budget = { left: mostTrials };
    if (isPossible(linked, new Map(domains).set(name, { low: value, high: value }), budget))
      found.push(value);
  }
  return found;
}

/** The conditions on an index, and those that a chain of conditions links to it. */
function linkedConditions(name: string, conditions: readonly Condition[]): Condition[] {
  const names = linkedIndices([name], conditions);
  return conditions.filter(({ terms }) => terms.length === 0 || terms.some(([one]) => names.has(one)));
}

/** A new set of these indices and those that a chain of conditions, each containing two neighbours, links to them. */
export function linkedIndices(names: Iterable<string>, conditions: readonly Condition[]): Set<string> {
  const linked = new Set(names);
  for (let size = 0; size !== linked.size; ) {
    size = linked.size;
    for (const { terms } of conditions) {
      if (terms.some(([name]) => linked.has(name))) for (const [name] of terms) linked.add(name);
    }
  }
  return linked;
}

/** Whether some values within the domains meet all conditions; assumed where the search takes too long. */
function isPossible(conditions: readonly Condition[], domains: Domains, budget: { left: number }): boolean {
  budget.left -= 1;
  if (budget.left < 0) return true;
  if (!narrow(conditions, domains)) return false;
  let [open, least] = ['', Infinity];
  for (const [name, { low, high }] of domains) {
    if (high > low && high - low < least) [open, least] = [name, high - low];
  }
  if (least === Infinity) return true;
  const { low, high } = domains.get(open) as Range;
  for (let value = low; value <= high; value++) {
    if (isPossible(conditions, new Map(domains).set(open, { low: value, high: value }), budget)) return true;
  }
  return false;
}

/** Removes from the domains what the conditions exclude; false where a domain becomes empty. */
function narrow(conditions: readonly Condition[], domains: Domains): boolean {
  for (let round = 0, changed = true; changed && round < mostRounds; round++) {
    changed = false;
    for (const { terms, constant: offset } of conditions) {
      if (terms.length === 0 && offset < 0) return false;
      for (const [name, factor] of terms) {
        // The most that the others can add, so the least that this one must.
        let most = offset;
        for (const [other, times] of terms) {
          if (other === name) continue;
          const { low, high } = domains.get(other) as Range;
          most += times * (times > 0 ? high : low);
        }
        if (most === Infinity) continue;
        const { low, high } = domains.get(name) as Range;
        const [from, to] = factor > 0 ? [Math.ceil(-most / factor), high] : [low, Math.floor(most / -factor)];
        if (from <= low && to >= high) continue;
        const now = { low: Math.max(low, from), high: Math.min(high, to) };
        if (now.low > now.high) return false;
        domains.set(name, now);
        changed = true;
      }
    }
  }
  return true;
}
