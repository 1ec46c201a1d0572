import type { Contestant } from './contestant.ts';

/** What a contestant's loss is, beside the plain loop's, before and after a few frames. */
export interface Agreement {
  readonly name: string;
  readonly loss: number;
  /** Relative to the plain loop's. */
  readonly difference: number;
  readonly agrees: boolean;
}

/** Whether contestants compute the same thing: the same loss, within their precision, after the same frames. */
export async function agreements(contestants: readonly Contestant[], frames: number): Promise<Agreement[]> {
  const found: Agreement[] = [];
  for (const contestant of contestants) {
    await contestant.start();
    await contestant.train(frames);
    const loss = await contestant.loss();
    const expected = found[0]?.loss ?? loss;
    const difference = Math.abs(loss - expected) / Math.max(Math.abs(expected), 1e-6);
    found.push({
      name: contestant.name,
      loss,
      difference,
      agrees: difference <= (contestant.tolerance ?? 1e-9),
    });
  }
  return found;
}
