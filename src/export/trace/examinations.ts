import { type ExaminedFrame, examineFrame, examinerOf } from '../../explain/examined/examined-frame.ts';
import type { Judgement } from '../../explain/examined/judgement.ts';
import type { Machine } from '../../machine/machine.ts';
import { runToEnd } from '../../machine/step/sliced-work.ts';
import { format } from '../../number/format.ts';

/** Frames that are examined at most; of more, evenly spread ones, the first and the last among them. */
const mostExamined = 101;
/** The widths of a table's columns, and of those of a confusion matrix at least; significant digits of a loss. */
const [width, narrow, digits] = [14, 6, 6];

/**
 * How the network does after frames 0 (before training) to `frames`, which are run where they have not been, in order, made lazily; at
 * most after `most` of them, 101 by default, the last among them. Nothing for a model that holds no samples back.
 */
export function* examinations(
  machine: Machine,
  frames: number,
  most = mostExamined,
): Generator<ExaminedFrame> {
  const { model } = machine.program;
  if (model.examination === undefined) return;
  const examiner = examinerOf(machine);
  const count = Math.min(frames + 1, most);
  for (let n = 0; n < count; n++) {
    const frame = count === 1 ? frames : Math.round((n * frames) / (count - 1));
    yield runToEnd(examineFrame(examiner, model, frame));
  }
}

/** A judgement as plain data: rates as counts, classes by their names, rows of the data from 1. */
const plain = ({ count, loss, classes }: Judgement): object => ({
  count,
  ...(loss !== undefined && { loss: Number.isFinite(loss) ? loss : String(loss) }),
  ...(classes && {
    right: classes.right,
    classes: classes.names,
    confusion: classes.confusion,
    misread: classes.misread.map(({ row, wanted, answered }) => ({
      row,
      is: classes.names[wanted],
      taken: answered === undefined ? null : classes.names[answered],
    })),
  }),
});

/** An examination as one JSON object. */
export const jsonExamination = ({ frame, held, trained }: ExaminedFrame): string =>
  JSON.stringify({ frame, held: plain(held), trained: plain(trained) });

/** Examinations as JSON Lines, each with its line break. */
export function* examinationLines(examined: Iterable<ExaminedFrame>): Generator<string> {
  for (const one of examined) yield `${jsonExamination(one)}\n`;
}

/** Examinations as lines of text for people, and at the end which class the last one takes for which. */
export function* examinationTable(examined: Iterable<ExaminedFrame>): Generator<string> {
  let last: ExaminedFrame | undefined;
  const line = (cells: readonly string[], wide = width): string =>
    `${cells.map((one, n) => one.padStart(n === 0 ? width : wide)).join('')}
`;
  for (const one of examined) {
    const parts = [one.held, one.trained];
    if (last === undefined) {
      const empty = one.held.classes ? [''] : [];
      yield line(['', ...['held back', 'trained with'].flatMap((name) => [name, ...empty])]);
      yield line(['iteration', ...parts.flatMap(({ classes }) => [...(classes ? ['errors'] : []), 'loss'])]);
    }
    const marks = parts.flatMap(({ classes, count, loss = Number.NaN }) => [
      ...(classes ? [`${count - classes.right} of ${count}`] : []),
      format(loss, { precision: { kind: 'significant', digits } }),
    ]);
    yield line([String(one.frame), ...marks]);
    last = one;
  }
  const classes = last?.held.classes;
  if (classes === undefined) return;
  const wide = Math.max(narrow, ...classes.names.map((name) => name.length + 2));
  yield `\n${line(['is / taken for', ...classes.names], wide)}`;
  for (const [wanted, row] of classes.confusion.entries())
    yield line([classes.names[wanted], ...row.map(String)], wide);
}
