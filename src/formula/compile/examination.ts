import { oneBelowOther } from '../../data/table.ts';
import { closest, type Span } from '../diagnostic.ts';
import { entryCount } from '../entry-count.ts';
import { type Examination, sizeOf } from '../model.ts';
import type { ExamineStatement } from '../statement.ts';
import type { Draft } from './draft.ts';
import { tableNamed } from './tables.ts';

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
