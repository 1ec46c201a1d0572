import { oneBelowOther } from '../../data/table.ts';
import { closest, type Span } from '../diagnostic.ts';
import { entryCount } from '../entry-count.ts';
import { type Examination, type Quantity, type Samples, sizeOf } from '../model.ts';
import type { BatchStatement, ExamineStatement, ModeStatement, RandomStatement } from '../statement.ts';
import type { Draft } from './draft.ts';
import { tableNamed } from './tables.ts';

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

/** The `examine` lines of a text. */
const examineLines = ({ statements }: Draft): readonly ExamineStatement[] =>
  statements.filter((one): one is ExamineStatement => one.kind === 'examine');

/**
 * Where an examination is on a table of its own, puts its rows below those of every table that samples are read from. Tables come
 * before it, data lines after it. Reports `twice`, `name`, `examine` and `shape`.
 */
export function extendTables(draft: Draft): void {
  const [line, second] = examineLines(draft);
  if (second !== undefined) draft.error(second.span, 'twice', 'there is one examine line already');
  const held = line?.held;
  if (held === undefined || !('table' in held)) return;
  const { name, span } = held.table;
  const below = tableNamed(draft, name, span);
  if (below === undefined) return;
  const read = draft.statements.flatMap((one) => (one.kind === 'data' && one.role === 'sample' ? [one] : []));
  for (const { initial, numbersSpan, name: sample } of read) {
    const columns = initial?.columns ?? [];
    if (columns.length === 0)
      refuse(draft, numbersSpan, `${sample} reads no table, so ${name} has no samples of it to examine`);
    for (const { table, span: at } of columns) {
      const above = draft.tables.get(table);
      if (table === name)
        refuse(draft, at, `${name} is held back for the examination; read another table here`);
      else if (above !== undefined && above.width !== below.width) {
        const message = `a row of ${name} has ${entryCount(below.width)}, but one of ${table}, which samples are read from, ${above.width}`;
        draft.error(span, 'shape', message);
        return;
      } else if (above !== undefined && !draft.extended.has(table))
        draft.extended.set(table, oneBelowOther(above, below));
    }
  }
}

const refuse = (draft: Draft, span: Span, message: string): void => draft.error(span, 'examine', message);

/** How many of so many samples are held back. Reports (`examine`) where there are none, or none is left for training. */
export function heldBack(draft: Draft, count: number): number {
  const [line] = examineLines(draft);
  if (line === undefined) return 0;
  const { held, span } = line;
  if (count === 0) {
    const hint = 'declare data in samples, as in sample x = [[0, 1], [1, 0]]';
    refuse(draft, span, `there are no samples to hold back; ${hint}`);
    return 0;
  }
  if ('table' in held) return draft.extended.size === 0 ? 0 : (draft.tables.get(held.table.name)?.rows ?? 0);
  // Rows that stand in for a file are fewer than those that will come.
  if (draft.awaited.length > 0) return Math.min(held.last, Math.floor(count / 2));
  if (held.last < count) return held.last;
  refuse(
    draft,
    held.span,
    `the data have ${count} samples; to hold back ${held.last} leaves none to train with`,
  );
  return 0;
}

/**
 * What is examined, once all shapes are known; undefined without a line, or after reporting `name` or `examine`: both must be there, with
 * a value for each sample, and have as many numbers, or the target a single one.
 */
export function settleExamination(draft: Draft): Examination | undefined {
  const [line] = examineLines(draft);
  if (line === undefined) return undefined;
  const { answer, target, span } = line;
  for (const { name, span: at } of [answer, target]) {
    if (draft.shapes.has(name) && draft.quantities.has(name)) continue;
    const near = closest(name, draft.quantities.keys());
    draft.error(at, 'name', `there is no ${name} to examine${near ? `; do you mean ${near}?` : ''}`);
    return undefined;
  }
  if (!draft.formulas.some((one) => one.target === answer.name && one.phase === 'forward')) {
    refuse(
      draft,
      answer.span,
      `${answer.name} is computed by no line of forward; examine what the network answers`,
    );
    return undefined;
  }
  const [has, wants] = [answer, target].map(({ name }) => sizeOfOne(draft, name));
  if (has !== wants && wants !== 1) {
    refuse(
      draft,
      span,
      `${answer.name} has ${entryCount(has)} for a sample, and ${target.name} ${wants}; they cannot be compared`,
    );
    return undefined;
  }
  return { answer: answer.name, target: target.name };
}

/** How many numbers a quantity has for a sample. */
const sizeOfOne = ({ shapes, perSample }: Draft, name: string): number =>
  sizeOf((shapes.get(name) ?? []).slice(perSample.has(name) ? 1 : 0));
