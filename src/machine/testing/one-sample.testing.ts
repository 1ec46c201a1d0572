import { compileModel } from '../../formula/compile/compile.ts';
import type { Model } from '../../formula/model.ts';
import type { BatchCase } from './batches.testing.ts';
import { arrayCells, cellKey, entering, keptCell } from './entering.testing.ts';
import { type Cells, record } from './recorder.testing.ts';

/*
 * The reference for batches: takes the formulas as written, for one sample, runs the slow recorder on them for
 * each sample of a frame separately, and averages or adds up what an update reads. It knows no sample indices.
 */

/** One frame computed sample by sample. */
export interface SampleBySample {
  readonly model: Model;
  /** The results of forward and backward for each sample, by `old h[1]`. */
  readonly samples: readonly Cells[];
  /** The mean, or the sum, of a cell over the samples. */
  readonly reduced: (key: string) => number;
}

/** Computes one frame that begins with these parameters and states (by `old W1[1,2]`). */
export function sampleBySample(
  { text, recurrent }: BatchCase,
  batch: Model,
  frame: number,
  state: ReadonlyMap<string, number>,
  rounded: boolean,
): SampleBySample {
  const { model, diagnostics } = compileModel(text, { oneSample: true });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  const taken = entering(batch, frame, {});
  const size = batch.samples?.size ?? 1;
  const samples = Array.from({ length: size }, (_, n) => {
    const known = new Map(state);
    for (const { name, role, shape } of model.quantities.values()) {
      if (role !== 'sample' && role !== 'random') continue;
      for (const cell of arrayCells(shape)) {
        const key = cellKey('old', name, batch.batch === undefined ? cell : [n + 1, ...cell]);
        const value = taken.get(key) as number;
        const own = cellKey('old', name, cell);
        known.set(own, rounded ? keptCell(model, own, value) : value);
      }
    }
    const options = { rounded, known, only: 'gradient' as const, ...(recurrent && { recurrent }) };
    return record(model, 1, options)[0].after;
  });
  const sums = (key: string) => samples.reduce((sum, memory) => sum + (memory.get(key) as number), 0);
  const divisor = batch.batch?.reduction === 'sum' ? 1 : size;
  return { model, samples, reduced: (key) => sums(key) / divisor };
}
