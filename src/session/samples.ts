import { formatCount } from '../number/format.ts';
import { sampleWords as words } from '../words/run/samples.ts';
import { epochOf } from './epoch.ts';
import type { Session } from './session.ts';

/** Which samples of the data a frame works on. */
export interface SamplePosition {
  /**
   * Which sample of the batch, from 1, the present step is about (1 without a batch); undefined where it is not about a single
   * one.
   */
  readonly inBatch: number | undefined;
  /** The rows of the data that the frame takes, from 1, in the order of the batch. */
  readonly rows: readonly number[];
  /** How many rows the data has. */
  readonly count: number;
  /** Whether a reader has chosen the first row, to have it evaluated. */
  readonly isChosen: boolean;
  /** The epoch, from 1, of the present sample, or of the frame's first. */
  readonly epoch: number;
}

/**
 * Where in the data the session's present step is; before the first step, as in frame 1. Undefined for a model that takes no
 * samples.
 */
export function samplePosition({
  model,
  machine,
  moment,
  sample,
  state,
}: Session): SamplePosition | undefined {
  const { samples } = model;
  if (samples === undefined || samples.count === 0) return undefined;
  const { frame } = moment;
  const inBatch = model.batch === undefined ? 1 : sample;
  return {
    inBatch,
    rows: machine.inputs.rows(frame),
    isChosen: typeof state.mode === 'number',
    count: samples.count,
    epoch: epochOf(model, frame, inBatch),
  };
}

/** Up to how many rows are listed one by one. */
const mostRows = 4;

/** The position for readers: "sample 2 of the batch of 4: row 17 of 150, epoch 1". */
export function sampleText({ inBatch, rows, count, epoch, isChosen }: SamplePosition): string {
  if (isChosen) return words.evaluated(formatCount(rows[(inBatch ?? 1) - 1]));
  const of = words.of(formatCount(count), formatCount(epoch));
  if (rows.length === 1) return words.one(formatCount(rows[0]), of);
  if (inBatch !== undefined) return words.ofBatch(inBatch, rows.length, formatCount(rows[inBatch - 1]), of);
  const isListed = rows.length <= mostRows;
  const isInTurn = rows.every((row, at) => at === 0 || row === rows[at - 1] + 1);
  if (isListed) return words.listed(rows.length, rows.join(', '), of);
  return isInTurn
    ? words.listed(rows.length, `${formatCount(rows[0])}–${formatCount(rows[rows.length - 1])}`, of)
    : words.batch(rows.length, of);
}
