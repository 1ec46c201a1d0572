import type { Inputs } from '../memory/inputs.ts';
import type { Layout } from '../memory/layout.ts';
import type { Retention } from './retention.ts';

/** The small arrays of samples that enter frames: rows leave them out, for what enters a frame is known. */
export class EnteringRows {
  /** Room to write samples into. */
  private scratch: Float64Array | undefined;

  constructor(
    private readonly layout: Layout,
    private readonly retention: Retention,
    private readonly inputs: Inputs,
  ) {}

  /** What gives them for the frames between two others, frame after frame; found when it is first asked for. */
  between(before: number, after: number): () => Float64Array<ArrayBuffer> {
    let found: Float64Array<ArrayBuffer> | undefined;
    return () => {
      found ??= this.find(before + 1, after - 1);
      return found;
    };
  }

  private find(first: number, last: number): Float64Array<ArrayBuffer> {
    const { retention, inputs, layout } = this;
    const { entered, enteredSize } = retention;
    if (enteredSize === 0) return new Float64Array(0);
    const numbers = new Float64Array(enteredSize * (last - first + 1));
    this.scratch ??= new Float64Array(layout.size);
    for (let frame = first, start = 0; frame <= last; frame++, start += enteredSize) {
      inputs.writeSamplesOf(this.scratch, frame, (slot) => retention.enteredPlaceOf(slot) !== undefined);
      for (const { from, at, size } of entered)
        numbers.set(this.scratch.subarray(from, from + size), start + at);
    }
    return numbers;
  }
}
