import { Adjoints } from '../../explain/adjoints.ts';
import type { Version } from '../../formula/expression.ts';
import { Alignment } from '../../machine/inspect/alignment.ts';
import { type ArrayDifference, arrayDifference } from '../../machine/inspect/array-difference.ts';
import type { StepDifference } from '../../machine/inspect/cell-pair.ts';
import { FrameDifference } from '../../machine/inspect/run-difference.ts';
import type { Machine } from '../../machine/machine.ts';
import type { SlicedWork } from './background-task.ts';

/** How far two runs have parted after a frame. */
export interface FrameDivergence {
  readonly frame: number;
  /** The largest difference of a parameter's entries beside its largest entry, over all parameters; 0: the same bits. */
  readonly relative: number;
  /** For each loss that both runs have, its value in either. */
  readonly losses: readonly (readonly [here: number, there: number])[];
}

/** Of so many frames at most it is told how far the runs have parted. */
const mostPoints = 240;

/** Two runs side by side, aligned by operation. What is asked for is found; nothing is computed ahead. */
export class RunComparison {
  readonly alignment: Alignment;
  /** What both of them differentiate. */
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

  /** One frame of both. The last few are kept. */
  of(frame: number): FrameDifference {
    let found = this.frames.get(frame);
    if (found === undefined) {
      found = new FrameDifference(this.here, this.there, this.alignment, frame);
      if (this.frames.size > 1) this.frames.clear();
      this.frames.set(frame, found);
    }
    return found;
  }

  /** What both do at a step of this run; undefined before the first. */
  at(step: number): StepDifference | undefined {
    if (step < 1) return undefined;
    const { frame, inFrame } = this.placeOf(step);
    return this.of(frame).at(inFrame);
  }

  /** The step across frames of a place where the runs part. */
  stepOf({ frame, here }: StepDifference): number {
    return this.here.stepAt(frame, here.step);
  }

  /** Looks for the first place after a step, or the last one before it, as far as a frame. */
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

  /** Tells frame by frame how far the runs have parted; of long runs an even choice. */
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

  /** How far an array has parted in a frame; undefined where it has not. */
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

  /** Runs both as far as a frame. */
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

/** The machine whose frames follow each other: one that only shows them in another mode has them from there. */
const trained = (machine: Machine): Machine => machine.limits.trainedBy ?? machine;

/** A part of the work, of which it is not known how far it is: all that is told is what was done before. */
function* withProgress<Result>(share: number, part: SlicedWork<Result>): SlicedWork<Result> {
  for (;;) {
    const next = part.next();
    if (next.done === true) return next.value;
    yield share;
  }
}
