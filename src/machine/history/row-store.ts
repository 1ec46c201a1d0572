import type { CopyRange } from './retention.ts';

/** Rows of one length, by frame, in segments of many frames; the segments used least recently go when it is too much. */
export class RowStore {
  private readonly segments = new Map<number, RowSegment>();
  private readonly perSegment: number;
  private last: RowSegment | undefined;
  /** One that has gone, whose memory is used again. */
  private spare: RowSegment | undefined;
  /** Made once: training begins a row in every frame. */
  private readonly begun = { numbers: new Float64Array(0), start: 0 };

  constructor(
    /** Numbers in a row. */
    readonly size: number,
    /** Bytes that the rows may take in all; one segment is always kept. */
    private readonly limit: number,
    /** Whether the memory of rows that go is used again; then nobody may hold on to a row. */
    private readonly isReused = false,
  ) {
    const bytes = Math.min(segmentBytes, limit / 4);
    this.perSegment = Math.max(1, Math.min(256, Math.floor(bytes / Math.max(8, 8 * size))));
  }

  get bytes(): number {
    return this.segments.size * this.perSegment * this.size * 8;
  }

  private segmentOf(frame: number): RowSegment | undefined {
    const number = Math.floor(frame / this.perSegment);
    if (this.last?.number !== number) this.last = this.segments.get(number) ?? this.last;
    return this.last?.number === number ? this.last : undefined;
  }

  has(frame: number): boolean {
    return this.segmentOf(frame)?.present[frame % this.perSegment] === 1;
  }

  /** A frame's row, which must be there, as numbers and the place where it begins in them. */
  at(frame: number): Row {
    const segment = this.segmentOf(frame) as RowSegment;
    return { numbers: segment.numbers, start: (frame % this.perSegment) * this.size };
  }

  /** A row for a frame, to be filled before another is asked for; undefined where the frame has one already. */
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

  /** Says that a frame's rows are in use, so that others go before them. */
  touch(frame: number): void {
    const segment = this.segmentOf(frame);
    if (segment === undefined) return;
    this.segments.delete(segment.number);
    this.segments.set(segment.number, segment);
  }

  /** Takes all rows out, to hand them to another thread. */
  takeSegments(): RowSegment[] {
    const all = [...this.segments.values()];
    this.segments.clear();
    this.last = undefined;
    return all;
  }

  /** Takes rows in that others have made; a row that is there already is left as it is, for it holds the same. */
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

export interface Row {
  readonly numbers: Float64Array;
  readonly start: number;
}

/** The rows of some frames in a row, which may be handed over as they are. */
export interface RowSegment {
  readonly number: number;
  readonly numbers: Float64Array<ArrayBuffer>;
  /** 1 for each frame whose row is there. */
  readonly present: Uint8Array<ArrayBuffer>;
}

const segmentBytes = 1 << 18;

const emptySegment = (number: number, frames: number, size: number): RowSegment => ({
  number,
  numbers: new Float64Array(frames * size),
  present: new Uint8Array(frames),
});

/** Copies pieces of a frame's memory into its row; whether all of the numbers are finite. */
export function fillRow(
  { numbers, start }: Row,
  memory: Float64Array,
  pieces: readonly CopyRange[],
): boolean {
  // x · 0 is NaN for whatever is not finite.
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
