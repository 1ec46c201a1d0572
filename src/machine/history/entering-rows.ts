import type { Inputs } from '../memory/inputs.ts';
import type { Layout } from '../memory/layout.ts';
import type { Retention } from './retention.ts';

/** The small sample arrays that enter frames. Rows leave them out, since they are a function of the frame's number. */
export class EnteringRows {
  /** A frame's memory to write samples into. */
  private scratch: Float64Array | undefined;

  constructor(
    private readonly layout: Layout,
    private readonly retention: Retention,
    private readonly inputs: Inputs,
  ) {}

  /**
   * Returns a function that gives the arrays of the frames after `before` and before `after` (both exclusive),
   * `Retention.enteredSize` numbers per frame. They are computed at its first call and then shared.
   */
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
