import type { Contestant } from './workloads/contestant.ts';

/** A contestant's loss beside the plain loop's, after a few frames. */
export interface Agreement {
  readonly name: string;
  /** Frames after which they were compared; 0 for a contestant with a deviation. */
  readonly frames: number;
  /** The contestant's. */
  readonly loss: number;
  /** The distance to the plain loop's loss, relative to it. */
  readonly difference: number;
  /** Whether the difference is within the contestant's tolerance. */
  readonly agrees: boolean;
}

const usualTolerance = 1e-9;

/**
 * Compares a contestant's loss after `trial` frames (0 for one with a deviation) with the baseline's after as many. Starts both
 * anew; they are left after those frames.
 */
export async function agreement(
  contestant: Contestant,
  baseline: Contestant,
  trial: number,
): Promise<Agreement> {
  const frames = contestant.deviation === undefined ? trial : 0;
  const loss = await lossAfter(contestant, frames);
  const expected = await lossAfter(baseline, frames);
  const difference = Math.abs(loss - expected) / Math.abs(expected);
  const agrees = difference <= (contestant.tolerance ?? usualTolerance);
  return { name: contestant.name, frames, loss, difference, agrees };
}

async function lossAfter(contestant: Contestant, frames: number): Promise<number> {
  await contestant.start();
  if (frames > 0) await contestant.train(frames);
  return await contestant.loss();
}
