import { type Model, ownShape, sizeOf } from '../../formula/model.ts';
import { rowAt } from '../../formula/rows.ts';
import type { Examined } from '../../machine/inspect/examiner.ts';
import { format } from '../../number/format.ts';

/** Samples of the data whose targets are read to tell what they are. */
const mostRead = 1000;

/** A sample that a network has been asked about, and what it took it for. */
export interface JudgedSample {
  /** Of the sample data, from 1. */
  readonly row: number;
  /** Which class it is, from 0. */
  readonly wanted: number;
  /** The numbers of the answer. */
  readonly answer: readonly number[];
  /** Which class was answered, from 0; undefined where an answer was no finite number. */
  readonly answered: number | undefined;
  /** Absent where the model has no loss of a single sample. */
  readonly loss?: number;
}

/** How a network did in an examination. */
export interface Judgement {
  /** The frame after which it was asked; 0 before training. */
  readonly frame: number;
  /** How many samples it was asked about. */
  readonly count: number;
  /** The mean over the samples; absent where the model has no loss of a single one. */
  readonly loss?: number;
  /** Absent where the targets are not classes. */
  readonly classes?: {
    readonly names: readonly string[];
    readonly judged: readonly JudgedSample[];
    /** How many were answered as wanted. */
    readonly right: number;
    /** How often each class, in rows, was taken for each, in columns. */
    readonly confusion: readonly (readonly number[])[];
    /** Those that were answered wrongly, those with the greatest loss first. */
    readonly misread: readonly JudgedSample[];
  };
}

/**
 * Judges a network's answers to samples of its model, in parts that follow each other, of so many samples each; one part of all by
 * default. Targets are classes where each of the data is a list of one 1 and zeros, the greatest answer being the class answered; or
 * the name or number of one of the answers; or, for single answers, where they are two numbers, and an answer counts for the nearer.
 */
export function judge(
  model: Model,
  { frame, rows, answers, targets, losses }: Examined,
  parts: readonly number[] = [rows.length],
): Judgement[] {
  const [width, own] = [answers.length / rows.length, targets.length / rows.length];
  const of = (numbers: Float64Array, n: number, size: number) => [
    ...numbers.subarray(n * size, (n + 1) * size),
  ];
  const told = rows.map((row, n) => ({
    row,
    answer: of(answers, n, width),
    target: of(targets, n, own),
    ...(losses && { loss: losses[n] }),
  }));
  const classes = classesOf(
    [...told.map(({ target }) => target), ...givenTargets(model)],
    width,
    labelsOf(model),
  );
  let first = 0;
  return parts.map((count) => {
    const part = told.slice(first, first + count);
    first += count;
    const judged =
      classes &&
      part.map(
        ({ target, ...one }): JudgedSample => ({
          ...one,
          wanted: classes.ofTarget(target),
          answered: one.answer.every(Number.isFinite) ? classes.ofAnswer(one.answer) : undefined,
        }),
      );
    return {
      frame,
      count,
      ...(losses && { loss: part.reduce((sum, { loss = Number.NaN }) => sum + loss, 0) / count }),
      ...(judged && { classes: { names: classes.names, judged, ...counted(judged, classes.names.length) } }),
    };
  });
}

/** The targets of the first samples of the data, where they are given: those that are examined may be too few to tell classes by. */
function givenTargets({ examination, quantities }: Model): number[][] {
  const rows = quantities.get(examination?.target ?? '')?.rows;
  return Array.from({ length: Math.min(mostRead, rows?.count ?? 0) }, (_, row) =>
    rows === undefined ? [] : [...rowAt(rows, row)],
  );
}

/** What the answers of a model's examination are called, in order; empty where they have no names. */
function labelsOf({ examination, dimensions, quantities, batch }: Model): readonly string[] {
  const answer = quantities.get(examination?.answer ?? '');
  const own = answer === undefined ? 0 : sizeOf(ownShape(answer));
  const dimension = dimensions.get(examination?.answer ?? '')?.at(-1);
  return (batch === undefined || dimension?.kind !== 'sample') && dimension?.labels?.length === own
    ? dimension.labels
    : [];
}

interface ClassReader {
  readonly names: readonly string[];
  /** Which class a target is, from 0. */
  ofTarget(target: readonly number[]): number;
  ofAnswer(answer: readonly number[]): number;
}

const greatest = (numbers: readonly number[]): number => numbers.indexOf(Math.max(...numbers));

/** How targets and answers of `width` numbers are read as classes; undefined where they are none. */
function classesOf(
  targets: readonly (readonly number[])[],
  width: number,
  labels: readonly string[],
): ClassReader | undefined {
  const names = labels.length > 0 ? labels : Array.from({ length: width }, (_, n) => String(n + 1));
  if (targets.every(isOnehot) && width > 1) return { names, ofTarget: greatest, ofAnswer: greatest };
  if (targets.some(({ length }) => length > 1)) return undefined;
  const single = [...new Set(targets.map(([one]) => one))].sort((a, b) => a - b);
  if (width > 1) {
    const known = single.every((one) => names.includes(String(one)));
    return known ? { names, ofTarget: ([one]) => names.indexOf(String(one)), ofAnswer: greatest } : undefined;
  }
  if (single.length !== 2) return undefined;
  const level = (single[0] + single[1]) / 2;
  const side = ([one]: readonly number[]): number => Number(one > level);
  return { names: single.map((one) => format(one)), ofTarget: side, ofAnswer: side };
}

const isOnehot = (numbers: readonly number[]): boolean =>
  numbers.every((one) => one === 0 || one === 1) && numbers.reduce<number>((sum, one) => sum + one, 0) === 1;

function counted(judged: readonly JudgedSample[], size: number) {
  const confusion = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const { wanted, answered } of judged) if (answered !== undefined) confusion[wanted][answered]++;
  const misread = judged.filter(({ wanted, answered }) => wanted !== answered);
  // One without a finite loss is as wrong as can be.
  const badness = ({ loss = 0 }: JudgedSample): number =>
    Number.isFinite(loss) ? loss : Number.POSITIVE_INFINITY;
  return {
    confusion,
    right: judged.length - misread.length,
    misread: misread.sort((a, b) => badness(b) - badness(a) || a.row - b.row),
  };
}
