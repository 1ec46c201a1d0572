import { Adjoints } from '../../explain/adjoints.ts';
import type { Version } from '../../formula/expression.ts';
import { Alignment } from '../../machine/inspect/alignment.ts';
import { type ArrayDifference, arrayDifference } from '../../machine/inspect/array-difference.ts';
import type { StepDifference } from '../../machine/inspect/cell-pair.ts';
import { FrameDifference } from '../../machine/inspect/run-difference.ts';
import type { Machine } from '../../machine/machine.ts';
import type { SlicedWork } from './background-task.ts';

/** How far two runs have diverged after a frame. */
export interface FrameDivergence {
  /** From 1. */
  readonly frame: number;
  /** The largest difference of a parameter's entries beside its largest entry, over all parameters; 0: the same bits. */
  readonly relative: number;
  /** One pair for each of `RunComparison.losses`, in its order: the loss in this run and in the other. */
  readonly losses: readonly (readonly [here: number, there: number])[];
}

/** About how many frames `trackDivergence` reports at most. */
const mostPoints = 240;

/** Two runs side by side, aligned by operation. Everything is computed on demand. */
export class RunComparison {
  /** Which operations of the two programs correspond. */
  readonly alignment: Alignment;
  /** Names of the losses that both runs differentiate. */
  readonly losses: readonly string[];
  private readonly frames = new Map<number, FrameDifference>();
  private readonly arrayDifferences = new Map<string, ArrayDifference | undefined>();
  private differencesFrame = 0;

  constructor(
    readonly here: Machine,
    readonly there: Machine,
  ) {
    this.alignment = new Alignment(here.program, there.program);
    const theirs = new Set(new Adjoints(there.program.model).losses);
    this.losses = new Adjoints(here.program.model).losses.filter((name) => theirs.has(name));
  }

  /** One frame (from 1) of both runs. The last two are cached. */
  of(frame: number): FrameDifference {
    let found = this.frames.get(frame);
    if (found === undefined) {
      found = new FrameDifference(this.here, this.there, this.alignment, frame);
      if (this.frames.size > 1) this.frames.clear();
      this.frames.set(frame, found);
    }
    return found;
  }

  /** What both runs do at a step of this run, counted across frames from 1; undefined before the first. */
  at(step: number): StepDifference | undefined {
    if (step < 1) return undefined;
    const { frame, inFrame } = this.placeOf(step);
    return this.of(frame).at(inFrame);
  }

  /** The step of this run, counted across frames from 1, at which a difference lies. */
  stepOf({ frame, here }: StepDifference): number {
    return this.here.stepAt(frame, here.step);
  }

  /**
   * Finds the first difference after a step (direction 1), through the end of frame `last`; or the last one before it (−1).
   * Steps count across frames. Yields progress from 0 to 1; undefined where there is no difference.
   */
  *search(direction: 1 | -1, step: number, last: number): SlicedWork<StepDifference | undefined> {
    const { frame, inFrame } = this.placeOf(step);
    yield* this.runTo(frame);
    if (direction === 1) {
      for (let n = frame; n <= last; n++) {
        const before = (n - frame) / (last - frame + 1);
        const found = yield* withProgress(before, this.of(n).search(1, n === frame ? inFrame : 0));
        if (found !== undefined) return found;
        yield (n - frame + 1) / (last - frame + 1);
      }
      return undefined;
    }
    for (let n = frame; n >= 1; n--) {
      const start = n === frame ? inFrame : this.here.program.size + 1;
      const found = yield* withProgress((frame - n) / frame, this.of(n).search(-1, start));
      if (found !== undefined) return found;
      yield (frame - n + 1) / frame;
    }
    return undefined;
  }

  /**
   * Appends to `found` how far the runs have diverged after each frame from 1 to `last`; in long runs, after about 240 of them,
   * evenly spaced, always including the first and the last. Yields progress from 0 to 1.
   */
  *trackDivergence(last: number, found: FrameDivergence[]): SlicedWork<void> {
    const stride = Math.max(1, Math.ceil(last / mostPoints));
    for (let n = 1; n <= last; n++) {
      this.runBothTo(n);
      if (n === 1 || n === last || n % stride === 0) found.push(this.divergenceAt(n));
      yield n / last;
    }
  }

  private divergenceAt(frame: number): FrameDivergence {
    let relative = 0;
    for (const { name, role } of this.here.program.model.quantities.values()) {
      if (role !== 'param') continue;
      const version: Version = this.here.layout.has(name, 'new') ? 'new' : 'old';
      relative = Math.max(
        relative,
        arrayDifference(this.here, this.there, frame, name, version)?.relative ?? 0,
      );
    }
    const losses = this.losses.map(
      (name) => [this.here.mean(name, frame), this.there.mean(name, frame)] as const,
    );
    return { frame, relative, losses };
  }

  /** How far an array differs between the runs in a frame (from 1); undefined where it does not. Cached for one frame. */
  arrayDifference(frame: number, name: string, version: Version): ArrayDifference | undefined {
    if (frame !== this.differencesFrame) {
      this.arrayDifferences.clear();
      this.differencesFrame = frame;
    }
    const key = `${version} ${name}`;
    if (!this.arrayDifferences.has(key))
      this.arrayDifferences.set(key, arrayDifference(this.here, this.there, frame, name, version));
    return this.arrayDifferences.get(key);
  }

  private placeOf(step: number): { frame: number; inFrame: number } {
    const { size } = this.here.program;
    const frame = Math.max(1, Math.ceil(step / size));
    return { frame, inFrame: step - (frame - 1) * size };
  }

  /** Runs both up to the frame before this one. */
  private *runTo(frame: number): SlicedWork<void> {
    const before = Math.min(trained(this.here).furthest, trained(this.there).furthest);
    for (let n = before + 1; n < frame; n++) {
      this.runBothTo(n);
      // What follows is most of the work.
      yield 0;
    }
  }

  private runBothTo(frame: number): void {
    for (const machine of [trained(this.here), trained(this.there)])
      while (machine.furthest < frame) machine.extend();
  }
}

/** The machine that trains: one in evaluation mode takes its parameters from there. */
const trained = (machine: Machine): Machine => machine.limits.trainedBy ?? machine;

/** Does a part of the work whose own progress is unknown: reports what was done before it. */
function* withProgress<Result>(share: number, part: SlicedWork<Result>): SlicedWork<Result> {
  for (;;) {
    const next = part.next();
    if (next.done === true) return next.value;
    yield share;
  }
}
