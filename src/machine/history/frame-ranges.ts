import { type Change, type ChangedFrame, changedFrames, positionInState } from '../memory/changes.ts';
import { fastBackend } from './fast-backend.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import { SteppedRange } from './stepped-range.ts';

/** Records of some frames of a run, to be transferred to another thread; `at` is the position of the frame range, from 0. */
export interface RunRecords {
  readonly ranges: readonly { readonly at: number; readonly records: RangeRecords }[];
}

/** Each range gets half the bytes of the one before, but at least this many. */
const leastBudget = 4 * 1024 * 1024;

/** Creates the range of one frame in which cells are overridden, by address in the frame's memory. */
type OverriddenFrames = (
  around: RangeContext,
  start: RangeStart,
  overrides: ReadonlyMap<number, number>,
) => FrameRange;

let overriddenFrame: OverriddenFrames = () => {
  throw new Error('overridden frames are not loaded');
};

/** Sets what creates overridden frames; `overriding.ts` calls it when it is loaded. */
export function provideOverriddenFrames(frames: OverriddenFrames): void {
  overriddenFrame = frames;
}

/**
 * The frames of a run with the reader's changes, split into one range up to the first changed frame, another from there on, and
 * so on. Machines whose changes begin alike share the ranges before the first difference, with all records in them.
 */
export class FrameRanges {
  private readonly all: readonly FrameRange[];
  /** What each range depends on, as a text by which machines recognise equal ranges. */
  private readonly keys: readonly string[];
  /** The range at which another thread's run was continued: earlier ranges are neither known nor needed here. */
  private taken = 0;
  /** The first range whose records have not all been taken. */
  private takingFrom = 0;

  /** Throws a RangeError if a change names a frame or a cell that cannot be changed that way. */
  constructor(
    around: RangeContext,
    changes: readonly Change[],
    /** In bytes. */
    budget: number,
    /** For mode `evaluate`: the ranges of the machine that trains. */
    trained: FrameRanges | undefined,
    /** Ranges of machines of the same program, precision, mode and limits. */
    siblings: readonly FrameRanges[],
  ) {
    const all: FrameRange[] = [];
    const keys: string[] = [];
    /** Adds a range, or the equal one of a sibling. */
    const add = (
      first: number,
      depends: readonly ChangedFrame[],
      make: (start: RangeStart) => FrameRange,
    ): void => {
      const key = `${first} ${keyOf(depends)}`;
      const at = all.length;
      const shared = siblings.find((one) => one.keys[at] === key)?.all[at];
      const before = all[at - 1];
      const edits = new Map(depends.flatMap((one) => [...one.edits]));
      const entering = depends.find(({ frame }) => frame === first)?.edits;
      const state = () => {
        if (trained !== undefined) return trained.all[at].stateAfter(first - 1);
        // The first range begins with the given data.
        const found = (before as FrameRange).stateAfter(first - 1);
        for (const [cell, value] of entering ?? []) {
          const place = positionInState(around.layout, cell);
          if (place !== undefined) found[place.at] = around.rules({ target: place.name }, place.flat, value);
        }
        return found;
      };
      all.push(
        shared ??
          make({ frame: first, state, edits, ...(trained !== undefined && { trained: trained.all[at] }) }),
      );
      keys.push(key);
    };
    const frames = changedFrames(around.layout, changes);
    const least = Math.min(budget, leastBudget);
    let own = budget;
    for (const [at, { frame, overrides }] of frames.entries()) {
      const bytes = own;
      const depends = frames.slice(0, at + 1);
      if (overrides.size > 0) add(frame, depends, (start) => overriddenFrame(around, start, overrides));
      if (overrides.size === 0 || frames[at + 1]?.frame !== frame + 1)
        add(overrides.size > 0 ? frame + 1 : frame, depends, (start) => frameRange(around, start, bytes));
      own = Math.max(least, own / 2);
    }
    this.all = all;
    this.keys = keys;
  }

  /** The range that contains a frame (from 1). */
  of(frame: number): FrameRange {
    return this.all[this.indexOf(frame)];
  }

  private indexOf(frame: number): number {
    let at = this.all.length - 1;
    while (at > 0 && this.all[at].first > frame) at -= 1;
    return at;
  }

  /** The last frame of a range; infinite for the last range. */
  private lastOf(at: number): number {
    return at + 1 < this.all.length ? this.all[at + 1].first - 1 : Number.POSITIVE_INFINITY;
  }

  /**
   * The last frame such that all frames up to it have been run. A range that has run implies all earlier ones, since its first
   * frame needs the state before it.
   */
  get furthest(): number {
    for (let at = this.all.length - 1; at >= 0; at--) {
      const { first, furthest } = this.all[at];
      if (furthest >= first || at === this.taken) return Math.min(furthest, this.lastOf(at));
    }
    return 0;
  }

  /** Bytes in use by all ranges. */
  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Whether no non-finite number has been seen in the frames run so far. */
  get isFinite(): boolean {
    return this.all.every((range, at) => range.isFinite(this.lastOf(at)));
  }

  /** The first stored non-finite number in the frames run so far; undefined if there is none. */
  get firstFault(): FirstFault | undefined {
    for (const [at, { firstFault }] of this.all.entries())
      if (firstFault !== undefined && firstFault.frame <= this.lastOf(at)) return firstFault;
    return undefined;
  }

  /** The state from which another thread can continue after `furthest`, without other records. */
  headState(): RunRecords {
    const at = this.indexOf(this.furthest + 1);
    return { ranges: [{ at, records: this.all[at].headState() }] };
  }

  /** The records made since the last call, of all ranges run since then; ownership passes to the caller. */
  takeRecords(): RunRecords {
    const ranges: { at: number; records: RangeRecords }[] = [];
    const now = this.indexOf(this.furthest);
    for (let at = this.takingFrom; at <= now; at++) ranges.push({ at, records: this.all[at].takeRecords() });
    this.takingFrom = now;
    return { ranges };
  }

  /** Merges another thread's head state and continues from there; earlier frames are not needed here. */
  continueFrom(records: RunRecords): void {
    this.merge(records);
    this.taken = Math.max(...records.ranges.map(({ at }) => at));
    this.takingFrom = this.taken;
  }

  /** Merges records taken in another thread and takes ownership of them. */
  merge({ ranges }: RunRecords): void {
    for (const { at, records } of ranges) this.all[at].merge(records);
  }
}

/** A range of the fast backend if it is loaded, else a stepped one. */
const frameRange = (around: RangeContext, start: RangeStart, budget: number): FrameRange =>
  fastBackend()?.frameRange(around, start, budget) ?? new SteppedRange(around, start, budget);

/** Changes as a text: equal texts mean equal frames. */
const keyOf = (changes: readonly ChangedFrame[]): string =>
  changes
    .map(({ frame, edits, overrides }) => {
      const exact = (all: ReadonlyMap<string | number, number>) =>
        [...all].map(([where, value]) => `${where}=${Object.is(value, -0) ? '-0' : value}`).sort();
      return `${frame}: ${exact(edits)}; ${exact(overrides)}`;
    })
    .join(' | ');
