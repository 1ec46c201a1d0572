import type { Contestant } from './workloads/contestant.ts';

/** A contestant's loss beside the plain loop's, after a few frames. */
export interface Agreement {
  readonly name: string;
  /** Frames after which the two were compared; 0 for what trains in another way. */
  readonly frames: number;
  readonly loss: number;
  /** From the plain loop's loss, relatively. */
  readonly difference: number;
  readonly agrees: boolean;
}

const usualTolerance = 1e-9;

/** Whether a contestant computes the same thing as the baseline: the same loss, within its precision. */
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
