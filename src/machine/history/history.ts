import type { Fault } from '../memory/fault.ts';
import { Checkpoints } from './checkpoints.ts';
import { type Row, type RowSegment, RowStore } from './row-store.ts';
import type { TrainingState } from './training-state.ts';

/** Records of some frames of a range, to be given to another thread: the buffers may be transferred. */
export interface RangeRecords {
  /** The furthest frame that was run, and the state after it. */
  readonly furthest: number;
  readonly state: TrainingState;
  /** The rows of frames, in segments. */
  readonly segments: readonly RowSegment[];
  /** States after some frames. */
  readonly keyframes: readonly Keyframe[];
  /**
   * The first frame in which a non-finite number was seen; it may have been stored in an earlier one. Absent if there is none.
   */
  readonly nonFiniteFrame?: number;
}

/** The first stored non-finite value of a run, and the frame (from 1) that stored it. */
export interface FirstFault extends Fault {
  /** From 1. */
  readonly frame: number;
}

/** The state after a frame. */
export interface Keyframe {
  /** From 1. */
  readonly frame: number;
  /** Not to be changed. */
  readonly state: TrainingState;
}

/**
 * What is remembered of the frames run so far: a row of small arrays for each, and keyframes whose spacing doubles. All of it
 * within a number of bytes: rows take at most half of it, keyframes the rest.
 */
export class History {
  /** The first fault, once the frames before `nonFiniteFrame` have been searched. */
  first: FirstFault | undefined;
  /** The first frame in which a non-finite number was seen, until the frames before it have been searched. */
  nonFiniteFrame: number | undefined;
  private last: number;
  private readonly rows: RowStore;
  private readonly checkpoints: Checkpoints<TrainingState>;
  /** The state after the furthest frame, where another thread has run it. */
  private head: Keyframe | undefined;
  /** Keyframes that have not been taken yet. */
  private unsentKeyframes: Keyframe[] = [];

  constructor(
    rowSize: number,
    private readonly stateSize: number,
    /** In bytes. */
    private readonly budget: number,
    /** Whether records are collected for `takeRecords` instead of being kept. */
    private readonly transfersRecords: boolean,
    /** Frames between the first keyframes. */
    spacing: number,
    /** Whether the frames between keyframes run in no noticeable time: then few rows suffice. */
    isQuick: boolean,
    /** The frame before the first one recorded here. */
    after = 0,
  ) {
    this.last = after;
    this.checkpoints = new Checkpoints(spacing);
    this.rows = isQuick
      ? new RowStore(rowSize, Math.min(budget / 2, fewRows), true)
      : new RowStore(rowSize, budget / 2);
  }

  /** The last frame such that all frames up to it have been run. */
  get furthest(): number {
    return this.last;
  }

  /** Bytes that rows and keyframes take. */
  get bytes(): number {
    const kept = this.transfersRecords ? this.unsentKeyframes.length : this.checkpoints.size;
    return this.rows.bytes + (kept + (this.head ? 1 : 0)) * 8 * this.stateSize;
  }

  /** A row to be filled for a frame, valid until the next call; undefined if the frame already has one. */
  begin(frame: number): Row | undefined {
    return this.rows.begin(frame);
  }

  /** Marks a frame as run; running an earlier one again changes nothing. */
  markRun(frame: number): void {
    if (frame <= this.last) return;
    this.last = frame;
    this.head = undefined;
  }

  /** Whether the state after a frame would be offered to the checkpoints. */
  wantsState(frame: number): boolean {
    return this.stateSize > 0 && this.checkpoints.isWanted(frame);
  }

  /**
   * Offers the state after a frame; `state` is called to copy it only if it is wanted. Returns that copy, undefined if none was
   * made.
   */
  offer(frame: number, state: () => TrainingState): TrainingState | undefined {
    if (!this.wantsState(frame)) return undefined;
    const free = this.budget - this.rows.bytes;
    this.checkpoints.capacity = Math.max(0, Math.floor(free / (8 * this.stateSize)) - 1);
    let copy: TrainingState | undefined;
    const take = () => {
      copy = state();
      // When records are transferred, checkpoints hold placeholders: they only decide which states the other thread wants.
      return this.transfersRecords ? handedOver : copy;
    };
    const isKept = this.checkpoints.offer(frame, take);
    if (isKept && copy !== undefined && this.transfersRecords)
      this.unsentKeyframes.push({ frame, state: copy });
    return copy;
  }

  /** Whether a frame's row is kept. */
  hasRow(frame: number): boolean {
    return this.rows.has(frame);
  }

  /** The row of a frame, which must be kept; a shared view. */
  row(frame: number): Row {
    return this.rows.at(frame);
  }

  /** Whether the rows of the frames from `first` to `last` (inclusive) are all kept; marks them as used if so. */
  hasRows(first: number, last: number): boolean {
    for (let frame = first; frame <= last; frame++) if (!this.rows.has(frame)) return false;
    for (let frame = first; frame <= last; frame++) this.rows.touch(frame);
    return true;
  }

  /** The latest remembered state after `frame` or an earlier frame; undefined where only the start is known. */
  nearest(frame: number): Keyframe | undefined {
    if (this.head !== undefined && this.head.frame <= frame) return this.head;
    return this.transfersRecords ? undefined : this.checkpoints.nearest(frame);
  }

  /**
   * Takes the records made since the last call out of this history; `state` is the state after the furthest frame. Only with
   * `transfersRecords`.
   */
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

  /** Merges another thread's records and takes ownership of them; its state becomes the head if it is at least as far. */
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
