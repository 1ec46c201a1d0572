import { Adjoints } from '../../src/explain/adjoints.ts';
import type { Explanation } from '../../src/explain/explanation.ts';
import type { OneSample } from '../../src/explain/one-sample.ts';
import type { Recurrence } from '../../src/explain/recurrence.ts';
import type { Model } from '../../src/formula/model.ts';

/**
 * The moments that a step is about, the most first: that of the cell being computed, those that it reads from at any of its
 * operations, and those of the present operands. A weight has no moment of its own, only those of its operands.
 */
export function momentsAtWork(
  { target, operands }: Pick<Explanation, 'target' | 'operands'>,
  { quantities, links, range }: Recurrence,
  model: Model,
  one: OneSample,
): number[] {
  const adjoints = new Adjoints(model, one);
  const found = [target, ...operands].flatMap((ref) => {
    const { name, cell } = adjoints.primal(ref) ?? ref;
    const timed = quantities.find((quantity) => quantity.name === name);
    return timed === undefined ? [] : [{ ref, name, moment: cell[timed.dimension] }];
  });
  const [own] = found.filter(({ ref }) => ref === target);
  const isBack = adjoints.primal(target) !== undefined;
  const neighbours = own
    ? links
        .filter(({ from, to }) => (isBack ? from : to) === own.name)
        .map(({ by }) => own.moment + (isBack ? by : -by))
    : [];
  const all = [...(own ? [own.moment] : []), ...neighbours, ...found.map(({ moment }) => moment)];
  return [...new Set(all)].filter((moment) => moment >= range.low && moment <= range.high);
}

/** The first of `count` moments in sight after a step: moved no further than needed for the most important ones to be seen. */
export function firstInSight(moments: readonly number[], count: number, first: number): number {
  return moments.reduceRight((at, moment) => Math.max(moment - count + 1, Math.min(moment, at)), first);
}
