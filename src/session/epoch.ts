import type { Model } from '../formula/model.ts';

/** The epoch, from 1, of the `inBatch`-th sample (from 1) of a frame (from 1); always 1 for a model that takes no samples. */
export function epochOf({ samples }: Model, frame: number, inBatch = 1): number {
  if (samples === undefined || samples.count === 0) return 1;
  return 1 + Math.floor(((frame - 1) * samples.size + inBatch - 1) / samples.count);
}

/**
 * The first frame (from 1) that begins in an epoch (from 1), or the next one if none does. Without samples, the only epoch begins
 * with frame 1, and later ones at Infinity.
 */
export function firstFrameOfEpoch({ samples }: Model, epoch: number): number {
  if (samples === undefined || samples.count === 0) return epoch <= 1 ? 1 : Number.POSITIVE_INFINITY;
  return Math.ceil(((epoch - 1) * samples.count) / samples.size) + 1;
}
