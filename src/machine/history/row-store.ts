import type { CopyRange } from './retention.ts';

/**
 * Rows of one length by frame, in segments of many frames; the segments used least recently are dropped when the limit is
 * exceeded.
 */
export class RowStore {
  private readonly segments = new Map<number, RowSegment>();
  private readonly perSegment: number;
  private last: RowSegment | undefined;
  /** A dropped segment whose memory is used again. */
  private spare: RowSegment | undefined;
  /** Allocated once: training begins a row in every frame. */
  private readonly begun = { numbers: new Float64Array(0), start: 0 };

  constructor(
    /** Numbers in a row. */
    readonly size: number,
    /** Bytes that the rows may take together; one segment is always kept. */
    private readonly limit: number,
    /** Whether the memory of dropped rows is used again; then rows must not be held on to. */
    private readonly isReused = false,
  ) {
    const bytes = Math.min(segmentBytes, limit / 4);
    this.perSegment = Math.max(1, Math.min(256, Math.floor(bytes / Math.max(8, 8 * size))));
  }

  /** Bytes allocated for rows. */
  get bytes(): number {
    return this.segments.size * this.perSegment * this.size * 8;
  }

  private segmentOf(frame: number): RowSegment | undefined {
    const number = Math.floor(frame / this.perSegment);
    if (this.last?.number !== number) this.last = this.segments.get(number) ?? this.last;
    return this.last?.number === number ? this.last : undefined;
  }

  /** Whether a frame's row is kept. */
  has(frame: number): boolean {
    return this.segmentOf(frame)?.present[frame % this.perSegment] === 1;
  }

  /** A frame's row, which must be kept. */
  at(frame: number): Row {
    const segment = this.segmentOf(frame) as RowSegment;
    return { numbers: segment.numbers, start: (frame % this.perSegment) * this.size };
  }

  /**
   * A row to be filled for a frame, which counts as kept from now on; undefined if the frame already has one. The same object is
   * returned at every call.
   */
  begin(frame: number): Row | undefined {
    const number = Math.floor(frame / this.perSegment);
    const at = frame - number * this.perSegment;
    const segment =
      this.last?.number === number ? this.last : (this.segments.get(number) ?? this.open(number));
    if (segment.present[at] === 1) return undefined;
    segment.present[at] = 1;
    this.last = segment;
    const { begun } = this;
    begun.numbers = segment.numbers;
    begun.start = at * this.size;
    return begun;
  }

  private open(number: number): RowSegment {
    const { spare } = this;
    this.spare = undefined;
    spare?.present.fill(0);
    const segment = spare ? { ...spare, number } : emptySegment(number, this.perSegment, this.size);
    this.insert(segment);
    return segment;
  }

  private insert(segment: RowSegment): void {
    this.segments.set(segment.number, segment);
    this.last = segment;
    for (const [number, oldest] of this.segments) {
      if (this.bytes <= this.limit || this.segments.size === 1) break;
      this.segments.delete(number);
      if (this.isReused) this.spare = oldest;
    }
  }

  /** Marks a frame's segment as used most recently. */
  touch(frame: number): void {
    const segment = this.segmentOf(frame);
    if (segment === undefined) return;
    this.segments.delete(segment.number);
    this.segments.set(segment.number, segment);
  }

  /** Removes all segments and gives them to the caller, for another thread. */
  takeSegments(): RowSegment[] {
    const all = [...this.segments.values()];
    this.segments.clear();
    this.last = undefined;
    return all;
  }

  /**
   * Inserts segments from another thread and keeps them without copying; a row that is already kept stays, since it holds the
   * same.
   */
  insertSegments(segments: readonly RowSegment[]): void {
    for (const segment of segments) {
      const own = this.segments.get(segment.number);
      if (own === undefined) {
        this.insert(segment);
        continue;
      }
      segment.present.forEach((isPresent, n) => {
        if (isPresent === 0 || own.present[n] === 1) return;
        own.numbers.set(segment.numbers.subarray(n * this.size, (n + 1) * this.size), n * this.size);
        own.present[n] = 1;
      });
    }
  }
}

/** A row: `numbers` from `start` (from 0) on, a shared view. */
export interface Row {
  readonly numbers: Float64Array;
  readonly start: number;
}

/** Rows of consecutive frames in one buffer, which may be transferred. */
export interface RowSegment {
  /** Which segment: it contains the frames whose number, divided by the segment's length and rounded down, is this. */
  readonly number: number;
  /** Row after row. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** 1 for each frame whose row is filled. */
  readonly present: Uint8Array<ArrayBuffer>;
}

const segmentBytes = 1 << 18;

const emptySegment = (number: number, frames: number, size: number): RowSegment => ({
  number,
  numbers: new Float64Array(frames * size),
  present: new Uint8Array(frames),
});

/**
 * Copies ranges of a frame's memory (`from` in each) to their places in its row (`at`). Returns whether all copied numbers are
 * finite; they are copied in any case.
 */
export function fillRow(
  { numbers, start }: Row,
  memory: Float64Array,
  pieces: readonly CopyRange[],
): boolean {
  // x · 0 is NaN for any x that is not finite.
  let even = 0;
  let odd = 0;
  for (const { from, at, size } of pieces) {
    const to = start + at;
    let n = 0;
    for (; n + 2 <= size; n += 2) {
      const one = memory[from + n];
      const other = memory[from + n + 1];
      numbers[to + n] = one;
      numbers[to + n + 1] = other;
      even += one * 0;
      odd += other * 0;
    }
    if (n < size) {
      const last = memory[from + n];
      numbers[to + n] = last;
      even += last * 0;
    }
  }
  return even + odd === 0;
}
