import type { Contestant } from './contestant.ts';

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

export interface Trial {
  /** Those that ran, the baseline first, and how they did. */
  readonly contestants: readonly Contestant[];
  readonly agreed: readonly Agreement[];
  /** What is wrong with the others. */
  readonly faults: readonly string[];
}

/** Whether contestants compute the same thing as the first: the same loss, within their precision. */
export async function agreements(candidates: readonly Contestant[], trial: number): Promise<Trial> {
  const [baseline] = candidates;
  const lossAfter = async (contestant: Contestant, frames: number) => {
    await contestant.start();
    if (frames > 0) await contestant.train(frames);
    return await contestant.loss();
  };
  const contestants: Contestant[] = [];
  const agreed: Agreement[] = [];
  const faults: string[] = [];
  for (const contestant of candidates) {
    const frames = contestant.deviation === undefined ? trial : 0;
    try {
      const loss = await lossAfter(contestant, frames);
      const expected = contestant === baseline ? loss : await lossAfter(baseline, frames);
      const difference = Math.abs(loss - expected) / Math.abs(expected);
      const agrees = difference <= (contestant.tolerance ?? usualTolerance);
      contestants.push(contestant);
      agreed.push({ name: contestant.name, frames, loss, difference, agrees });
    } catch (fault) {
      if (contestant === baseline) throw fault;
      faults.push(`${contestant.name} fails and is left out: ${(fault as Error).message.split('\n')[0]}`);
    }
  }
  return { contestants, agreed, faults };
}
