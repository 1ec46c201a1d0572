import type { Data } from './contestant.ts';
import { batchOf, type Net } from './net.ts';

/** An array divided into `count` rows of equal length, as views. */
export function rows(numbers: Float64Array, count: number): Float64Array[] {
  const width = numbers.length / count;
  return Array.from({ length: count }, (_, n) => numbers.subarray(n * width, (n + 1) * width));
}

/** The inputs and targets of one frame, one array for each sample. */
export interface SampleBatch {
  readonly xs: readonly Float64Array[];
  readonly ts: readonly Float64Array[];
}

/** A net's samples in order, grouped into one batch per frame; views of the data. Samples left over at the end are left out. */
export function batchesOf(net: Net, data: Data): SampleBatch[] {
  const size = batchOf(net);
  const xs = rows(data('x'), net.samples);
  const ts = rows(data(net.kind === 'recurrent' ? 'goal' : 't'), net.samples);
  return Array.from({ length: net.samples / size }, (_, n) => ({
    xs: xs.slice(n * size, (n + 1) * size),
    ts: ts.slice(n * size, (n + 1) * size),
  }));
}

/** Cycles through batches, one per frame. */
export class Turns<Batch> {
  private at = 0;

  constructor(private readonly batches: readonly Batch[]) {}

  /** Returns to the first batch. */
  restart(): void {
    this.at = 0;
  }

  /** The batch of the next frame. */
  get next(): Batch {
    return this.batches[this.at];
  }

  /** The batch of this frame; advances to the following one. */
  take(): Batch {
    const { next } = this;
    this.at = this.at + 1 === this.batches.length ? 0 : this.at + 1;
    return next;
  }
}
