import type { Model } from '../formula/model.ts';

/** The time through the data to which a sample of a frame belongs, from 1; 1 where there is no data of samples. */
export function epochOf({ samples }: Model, frame: number, inBatch = 1): number {
  if (samples === undefined || samples.count === 0) return 1;
  return 1 + Math.floor(((frame - 1) * samples.size + inBatch - 1) / samples.count);
}

/** The first frame that begins in a time through the data, counted from 1; or the one in which it lies, if none begins in it. */
export function firstFrameOfEpoch({ samples }: Model, epoch: number): number {
  if (samples === undefined || samples.count === 0) return epoch <= 1 ? 1 : Number.POSITIVE_INFINITY;
  return Math.ceil(((epoch - 1) * samples.count) / samples.size) + 1;
}
