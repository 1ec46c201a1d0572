import type { Fault } from '../memory/fault.ts';
import { Checkpoints } from './checkpoints.ts';
import { type Row, type RowSegment, RowStore } from './row-store.ts';
import type { TrainingState } from './training-state.ts';

/** What was noted of some frames of a layer, to be handed to another thread: the buffers may be transferred. */
export interface RangeRecords {
  /** The furthest frame that was run, and the state after it. */
  readonly furthest: number;
  readonly state: TrainingState;
  readonly segments: readonly RowSegment[];
  readonly keyframes: readonly Keyframe[];
  /** The first frame in which a number was seen that is not finite; it may have been stored in one before. */
  readonly nonFiniteFrame?: number;
}

/** The first value of a run that is stored and is not finite, and the frame that stored it. */
export interface FirstFault extends Fault {
  readonly frame: number;
}

export interface Keyframe {
  readonly frame: number;
  readonly state: TrainingState;
}

/**
 * What is remembered of the frames that were run: a row of small arrays for each, and the whole state after some, on a
 * ladder. All within a number of bytes: rows take at most half of it, keyframes what the rows leave.
 */
export class History {
  /** What was found by looking through the frames before `suspect`. */
  first: FirstFault | undefined;
  /** The first frame in which a number was seen that is not finite, until it is looked through. */
  nonFiniteFrame: number | undefined;
  private last: number;
  private readonly rows: RowStore;
  private readonly checkpoints: Checkpoints<TrainingState>;
  /** The state after the furthest frame, where another thread has run it. */
  private head: Keyframe | undefined;
  /** Keyframes that have not been handed over. */
  private unsentKeyframes: Keyframe[] = [];

  constructor(
    rowSize: number,
    private readonly stateSize: number,
    /** In bytes. */
    private readonly budget: number,
    /** Whether what is noted is handed over and not kept here. */
    private readonly transfersRecords: boolean,
    /** Frames between the first keyframes. */
    spacing: number,
    /** Whether those frames are run again sooner than anybody could tell: then few rows do. */
    isQuick: boolean,
    /** The frame before the first one that is noted here. */
    after = 0,
  ) {
    this.last = after;
    this.checkpoints = new Checkpoints(spacing);
    this.rows = isQuick
      ? new RowStore(rowSize, Math.min(budget / 2, fewRows), true)
      : new RowStore(rowSize, budget / 2);
  }

  /** All frames from the first to this one have been run. */
  get furthest(): number {
    return this.last;
  }

  /** Bytes that rows and keyframes take. */
  get bytes(): number {
    const kept = this.transfersRecords ? this.unsentKeyframes.length : this.checkpoints.size;
    return this.rows.bytes + (kept + (this.head ? 1 : 0)) * 8 * this.stateSize;
  }

  /** A row for a frame, to be filled before another is asked for; undefined where the frame has one already. */
  begin(frame: number): Row | undefined {
    return this.rows.begin(frame);
  }

  /** Remembers that a frame has been run, or run again. */
  markRun(frame: number): void {
    if (frame <= this.last) return;
    this.last = frame;
    this.head = undefined;
  }

  /** Whether the state after a frame is wanted. */
  wantsState(frame: number): boolean {
    return this.stateSize > 0 && this.checkpoints.isWanted(frame);
  }

  /** Offers the state after a frame, which `state` copies if it is wanted: that copy. */
  offer(frame: number, state: () => TrainingState): TrainingState | undefined {
    if (!this.wantsState(frame)) return undefined;
    const free = this.budget - this.rows.bytes;
    this.checkpoints.capacity = Math.max(0, Math.floor(free / (8 * this.stateSize)) - 1);
    let copy: TrainingState | undefined;
    const take = () => {
      copy = state();
      // The ladder of who passes on has empty rungs: it only says which states the other thread wants.
      return this.transfersRecords ? handedOver : copy;
    };
    const isKept = this.checkpoints.offer(frame, take);
    if (isKept && copy !== undefined && this.transfersRecords)
      this.unsentKeyframes.push({ frame, state: copy });
    return copy;
  }

  hasRow(frame: number): boolean {
    return this.rows.has(frame);
  }

  /** The row of a frame; it must be there. */
  row(frame: number): Row {
    return this.rows.at(frame);
  }

  /** Whether the rows of some frames, both included, are all there; they count as used. */
  hasRows(first: number, last: number): boolean {
    for (let frame = first; frame <= last; frame++) if (!this.rows.has(frame)) return false;
    for (let frame = first; frame <= last; frame++) this.rows.touch(frame);
    return true;
  }

  /** The nearest state that is remembered after a frame or one before it; undefined where only the start is. */
  nearest(frame: number): Keyframe | undefined {
    if (this.head !== undefined && this.head.frame <= frame) return this.head;
    return this.transfersRecords ? undefined : this.checkpoints.nearest(frame);
  }

  /** What has been noted since the last time, and the state after the furthest frame. Only where notes are passed on. */
  takeRecords(state: TrainingState): RangeRecords {
    const records = {
      furthest: this.last,
      state,
      segments: this.rows.takeSegments(),
      keyframes: this.unsentKeyframes,
      ...(this.nonFiniteFrame !== undefined && { nonFiniteFrame: this.nonFiniteFrame }),
    };
    this.unsentKeyframes = [];
    return records;
  }

  /** Takes in what another thread has noted. */
  merge({ furthest, state, segments, keyframes, nonFiniteFrame }: RangeRecords): void {
    this.rows.insertSegments(segments);
    if (nonFiniteFrame !== undefined && this.first === undefined)
      this.nonFiniteFrame = Math.min(nonFiniteFrame, this.nonFiniteFrame ?? nonFiniteFrame);
    for (const keyframe of keyframes) this.offer(keyframe.frame, () => keyframe.state);
    if (furthest < this.last) return;
    this.last = furthest;
    this.head = { frame: furthest, state };
  }
}

const handedOver: TrainingState = new Float64Array(0);

/** Bytes for rows of frames that are quick to run. */
const fewRows = 1 << 20;
