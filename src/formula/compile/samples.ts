import type { Quantity, Samples } from '../model.ts';
import type { BatchStatement, ModeStatement, RandomStatement } from '../statement.ts';
import type { Draft } from './draft.ts';
import { heldBack } from './examination.ts';

/** The quantity that a `random` line declares, of one sample. */
export const asDrawn = ({ name, shape, distribution, seed, span }: RandomStatement): Quantity => ({
  name,
  role: 'random',
  shape,
  draws: { distribution, seed },
  span,
});

/** The quantity that a `mode` line declares: a single number. */
export const asMode = ({ name, span }: ModeStatement): Quantity => ({ name, role: 'mode', shape: [], span });

/**
 * Which samples a frame takes, one where there is no batch line; undefined without sample data and batch. `declareNames` comes
 * before it. Reports (`batch`) sample data of different lengths, batches that are larger than the data or have nothing to
 * take, and what `heldBack` does.
 */
export function settleSamples(draft: Draft): Samples | undefined {
  const data = [...draft.quantities.values()].filter(({ rows }) => rows !== undefined);
  const all = data[0]?.rows?.count ?? 0;
  for (const { name, rows, span } of data) {
    if (rows === undefined || rows.count === all) continue;
    const [has, first] = [`${name} has ${samplesText(rows.count)}`, `${data[0].name} has ${all}`];
    draft.error(span, 'batch', `${has}, but ${first}; a sample has one row of each`);
  }
  const held = heldBack(draft, all);
  const count = all - held;
  const { batch } = draft;
  if (batch === undefined)
    return count === 0 ? undefined : { count, held, size: 1, order: { kind: 'in turn' } };
  return { count, held, size: sizeOfBatch(draft, batch, count), order: batch.order ?? { kind: 'in turn' } };
}

function sizeOfBatch(draft: Draft, { size, sizeSpan, span }: BatchStatement, count: number): number {
  const isDrawn = [...draft.quantities.values()].some(({ role }) => role === 'random');
  if (count === 0 && !isDrawn) {
    const hint = 'declare data in samples, as in sample x = [[0, 1], [1, 0]]';
    draft.error(span, 'batch', `nothing differs from sample to sample here; ${hint}`);
  } else if (count === 0 && size === 'all') {
    draft.error(sizeSpan, 'batch', 'there is no sample data to take all of; write a number');
  } else if (count > 0 && size !== 'all' && size > count) {
    const hint = 'write batch n = all to take them all';
    draft.error(
      sizeSpan,
      'batch',
      `a batch of ${size} is larger than the data, ${samplesText(count)}; ${hint}`,
    );
  }
  return size === 'all' ? count : size;
}

const samplesText = (count: number): string => `${count} sample${count === 1 ? '' : 's'}`;
