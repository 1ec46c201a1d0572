import type { ReplayPath } from './cell-replay.ts';

/**
 * The memory of one frame at hand. Either all of it is filled in, or only what was noted, and the cells of large
 * arrays are found as they are asked for: `known` tells which are there.
 */
export class Frame {
  number = 0;
  /** Whether every cell is there. */
  isComplete = false;
  /** From where its large arrays can be pulled; undefined where rows are missing. */
  replayPath: ReplayPath | undefined;
  /** How many cells were pulled one by one, and the address of the last of them. */
  replayed = 0;
  lastReplayed = -2;
  readonly memory: Float64Array<ArrayBuffer>;
  /** 1 for every cell that is there, unless all are. */
  readonly known: Uint8Array<ArrayBuffer>;

  /** A frame's memory begins as a copy of `start`, in which constants lie for good. */
  constructor(start: Float64Array) {
    this.memory = new Float64Array(start);
    this.known = new Uint8Array(start.length);
  }

  /** What a frame of so many cells takes. */
  static bytes(cells: number): number {
    return cells * 9;
  }
}
