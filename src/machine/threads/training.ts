import type { Machine } from '../machine.ts';

/** What one time slice of training has done. */
export interface TrainingProgress {
  /** The furthest frame run so far. */
  readonly frame: number;
  /** The first frame in `losses`; `frame` + 1 if no frame was run. */
  readonly first: number;
  /** For every frame from `first` to `frame` (inclusive) the mean of each tracked quantity: `[frame, quantity]`, row by row. */
  readonly losses: Float64Array<ArrayBuffer>;
}

/** Runs the frames of a machine up to a target in time slices, so that the caller can do other things in between. */
export class Training {
  constructor(
    readonly machine: Machine,
    /** The last frame to run. */
    readonly target: number,
    /** Small quantities, such as losses, whose mean is reported for every frame. */
    readonly tracked: readonly string[],
  ) {}

  /** Whether nothing is left to do: the target is reached, or a non-finite number was seen. */
  get isOver(): boolean {
    return this.machine.furthest >= this.target || !this.machine.isFinite;
  }

  /** Runs at least one frame, until `isTime` (called after each frame) returns true; none if training is over. */
  run(isTime: () => boolean): TrainingProgress {
    const { machine, tracked } = this;
    const first = machine.furthest + 1;
    const losses: number[] = [];
    while (!this.isOver) {
      machine.extend();
      for (const name of tracked) losses.push(machine.mean(name));
      if (isTime()) break;
    }
    return { frame: machine.furthest, first, losses: Float64Array.from(losses) };
  }
}
