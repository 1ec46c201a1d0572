import type { Machine } from '../machine.ts';

/** What a piece of training has done. */
export interface TrainingProgress {
  /** The furthest frame that has been run. */
  readonly frame: number;
  /** The first frame that `losses` tells of. */
  readonly first: number;
  /** For every frame from `first` to `frame`, what each of the watched quantities was: the mean over its cells. */
  readonly losses: Float64Array<ArrayBuffer>;
}

/** Runs the frames of a machine up to a target, in pieces, so that whoever drives it can do something in between. */
export class Training {
  constructor(
    readonly machine: Machine,
    /** The last frame to run. */
    readonly target: number,
    /** Small quantities, such as losses, of which every frame is told. */
    readonly tracked: readonly string[],
  ) {}

  /** Whether nothing is left to do: the target is reached, or a number was not finite. */
  get isOver(): boolean {
    return this.machine.furthest >= this.target || !this.machine.isFinite;
  }

  /** Runs frames until it is time to stop, at least one; none where it is over. */
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
