import type { ReplayPath } from './cell-replay.ts';

/**
 * The memory of one frame. Either it is complete, or it contains only what was recorded and cells of large arrays are found as
 * they are asked for; then `known` marks the cells that are present.
 */
export class Frame {
  /** Its number in the run, from 1; 0 before it is first filled. */
  number = 0;
  /** Whether every cell is present. */
  isComplete = false;
  /** The path on which its large arrays can be replayed; undefined where rows are missing or nothing is replayed. */
  replayPath: ReplayPath | undefined;
  /** How many cells were replayed singly; infinite once array replay was used. */
  replayed = 0;
  /** The address of the cell read last among the replayed ones. */
  lastReplayed = -2;
  /** Numbers in the order of the layout. */
  readonly memory: Float64Array<ArrayBuffer>;
  /** 1 for every present cell, by address; meaningless if the frame is complete. */
  readonly known: Uint8Array<ArrayBuffer>;

  /** Begins with a copy of `start`, which contains the constants. */
  constructor(start: Float64Array) {
    this.memory = new Float64Array(start);
    this.known = new Uint8Array(start.length);
  }

  /** Bytes that a frame of `cells` cells takes. */
  static bytes(cells: number): number {
    return cells * 9;
  }
}
