import { type Change, type ChangedFrame, changedFrames, positionInState } from '../memory/changes.ts';
import { fastBackend } from './fast-backend.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';
import type { FirstFault, RangeRecords } from './history.ts';
import { OverriddenFrame } from './overridden-frame.ts';
import { SteppedRange } from './stepped-range.ts';

/** What was noted of some frames, to be handed to another thread. */
export interface RunRecords {
  readonly ranges: readonly { readonly at: number; readonly records: RangeRecords }[];
}

/** A layer of a later change makes do with less memory than the one before; with this many bytes in any case. */
const leastBudget = 4 * 1024 * 1024;

/**
 * The frames of a run as a reader has changed it: up to the first frame with a change one layer, from there on another, and
 * so on. Machines whose changes begin alike share the layers up to where they differ, with all that these remember.
 */
export class FrameRanges {
  private readonly all: readonly FrameRange[];
  /** What each of them depends on, to be known again. */
  private readonly keys: readonly string[];
  /** The one at which another thread has taken over: nothing is known here of those before, and nothing wanted. */
  private taken = 0;
  /** The one whose notes have not all been handed over. */
  private takingFrom = 0;

  /** Throws a RangeError at a change that names no cell that can be changed so. */
  constructor(
    around: RangeContext,
    changes: readonly Change[],
    /** Bytes. */
    budget: number,
    /** The layers of the machine that trains, where these only show its frames in another mode. */
    trained: FrameRanges | undefined,
    /** Of machines of the same program, run, mode and limits. */
    siblings: readonly FrameRanges[],
  ) {
    const all: FrameRange[] = [];
    const keys: string[] = [];
    /** Adds a layer, or the same of another machine. */
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
        // The first layer begins with what is given.
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
      if (overrides.size > 0) add(frame, depends, (start) => new OverriddenFrame(around, start, overrides));
      if (overrides.size === 0 || frames[at + 1]?.frame !== frame + 1)
        add(overrides.size > 0 ? frame + 1 : frame, depends, (start) => frameRange(around, start, bytes));
      own = Math.max(least, own / 2);
    }
    this.all = all;
    this.keys = keys;
  }

  /** The layer that a frame is in. */
  of(frame: number): FrameRange {
    return this.all[this.indexOf(frame)];
  }

  private indexOf(frame: number): number {
    let at = this.all.length - 1;
    while (at > 0 && this.all[at].first > frame) at -= 1;
    return at;
  }

  /** The last frame of a layer. */
  private lastOf(at: number): number {
    return at + 1 < this.all.length ? this.all[at + 1].first - 1 : Number.POSITIVE_INFINITY;
  }

  /** All frames up to this one have been run: those before a layer's first frame were, for what it finds. */
  get furthest(): number {
    for (let at = this.all.length - 1; at >= 0; at--) {
      const { first, furthest } = this.all[at];
      if (furthest >= first || at === this.taken) return Math.min(furthest, this.lastOf(at));
    }
    return 0;
  }

  get bytes(): number {
    return this.all.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get isFinite(): boolean {
    return this.all.every((range, at) => range.isFinite(this.lastOf(at)));
  }

  get firstFault(): FirstFault | undefined {
    for (const [at, { firstFault }] of this.all.entries())
      if (firstFault !== undefined && firstFault.frame <= this.lastOf(at)) return firstFault;
    return undefined;
  }

  /** From where another thread can go on. */
  headState(): RunRecords {
    const at = this.indexOf(this.furthest + 1);
    return { ranges: [{ at, records: this.all[at].headState() }] };
  }

  takeRecords(): RunRecords {
    const ranges: { at: number; records: RangeRecords }[] = [];
    const now = this.indexOf(this.furthest);
    for (let at = this.takingFrom; at <= now; at++) ranges.push({ at, records: this.all[at].takeRecords() });
    this.takingFrom = now;
    return { ranges };
  }

  /** Goes on from where another thread has come. */
  continueFrom(records: RunRecords): void {
    this.merge(records);
    this.taken = Math.max(...records.ranges.map(({ at }) => at));
    this.takingFrom = this.taken;
  }

  /** Takes in what another thread has noted. */
  merge({ ranges }: RunRecords): void {
    for (const { at, records } of ranges) this.all[at].merge(records);
  }
}

/** Frames in a row, in the best way there is so far. */
const frameRange = (around: RangeContext, start: RangeStart, budget: number): FrameRange =>
  fastBackend()?.frameRange(around, start, budget) ?? new SteppedRange(around, start, budget);

/** Changes as a text: two are alike where the frames that follow from them are. */
const keyOf = (changes: readonly ChangedFrame[]): string =>
  changes
    .map(({ frame, edits, overrides }) => {
      const exact = (all: ReadonlyMap<string | number, number>) =>
        [...all].map(([where, value]) => `${where}=${Object.is(value, -0) ? '-0' : value}`).sort();
      return `${frame}: ${exact(edits)}; ${exact(overrides)}`;
    })
    .join(' | ');
