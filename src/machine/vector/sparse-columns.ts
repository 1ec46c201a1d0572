import { nowhere } from './factor-cache.ts';
import { scaledSum, together, type Update, updateEight, updateOne, updateRow } from './update-loops.ts';

/**
 * The columns of some rows of numbers (such as the samples of a batch) that contain nonzero numbers, and the update of a matrix
 * with the same columns: every cell gets the sum over the rows of number · factor, scaled, added to or subtracted from it. Zero
 * terms are left out, and cells without terms are not touched.
 */
export class SparseColumns {
  private update: Update | undefined;
  private greatest = 0;
  /** Rows of the matrix that wait: up to eight are updated together. */
  private waiting = 0;
  private finite = true;

  constructor(
    private readonly width: number,
    private readonly offsets: Int32Array,
    private readonly sign: number,
    private readonly division: number,
  ) {}

  private get space(): Update {
    const { width, offsets, sign, division } = this;
    this.update ??= {
      count: 0,
      columns: new Int32Array(width),
      ends: new Int32Array(width),
      rows: new Int32Array(width * offsets.length),
      numbers: new Float64Array(width * offsets.length),
      factors: new Float64Array(offsets.length * together),
      starts: new Int32Array(together),
      scales: new Float64Array(3 * together),
      sign,
      division,
    };
    return this.update;
  }

  /**
   * Lists the nonzero numbers; the rows begin at `base` plus their offsets, and columns lie `stride` apart. False if a number is
   * not finite.
   */
  list(m: Float64Array, base: number, stride: number): boolean {
    const { offsets, width } = this;
    const { rows, numbers, columns, ends } = this.space;
    let count = 0;
    let filled = 0;
    let greatest = 0;
    let bad = 0;
    for (let k = 0; k < width; k++) {
      const at = base + k * stride;
      const before = filled;
      for (let t = 0; t < offsets.length; t++) {
        if (offsets[t] === nowhere) continue;
        const number = m[at + offsets[t]];
        if (number === 0) continue;
        rows[filled] = t * together;
        numbers[filled++] = number;
        bad += number * 0;
        const size = number < 0 ? -number : number;
        if (size > greatest) greatest = size;
      }
      if (filled === before) continue;
      columns[count] = k;
      ends[count++] = filled;
    }
    this.space.count = count;
    this.greatest = greatest;
    this.finite = true;
    return bad === 0;
  }

  /**
   * Updates the row of the matrix at address `start`, at once or together with later rows. `f`, `g` and `h` are the scales; the
   * factors lie at `base` plus `offsets`, or are all 1 if `offsets` is undefined. False if a factor or scale is not finite: then
   * the row is left alone.
   */
  add(
    m: Float64Array,
    start: number,
    f: number,
    g: number,
    h: number,
    offsets: Int32Array | undefined,
    base: number,
  ): boolean {
    const { space } = this;
    let bad = (f + g + h) * 0;
    if (offsets === undefined) {
      if (bad !== 0) return false;
      // The greatest number gives the greatest change.
      if (scaledSum(this.greatest, f, g, h, this.division) === 0) return true;
      if (!updateOne(m, space, start, f, g, h)) this.finite = false;
      return true;
    }
    const { factors, starts, scales } = space;
    const at = this.waiting;
    let some = 0;
    for (let t = 0; t < offsets.length; t++) {
      const factor = m[base + offsets[t]];
      factors[t * together + at] = factor;
      bad += factor * 0;
      if (factor !== 0) some = 1;
    }
    if (bad !== 0) return false;
    if (some === 0) return true;
    starts[at] = start;
    scales[at] = f;
    scales[together + at] = g;
    scales[2 * together + at] = h;
    this.waiting = at + 1;
    if (this.waiting === together) {
      if (!updateEight(m, space)) this.finite = false;
      this.waiting = 0;
    }
    return true;
  }

  /** Updates the rows that still wait. Returns whether all numbers written since `list` are finite. */
  finish(m: Float64Array): boolean {
    for (let r = 0; r < this.waiting; r++) if (!updateRow(m, this.space, r)) this.finite = false;
    this.waiting = 0;
    return this.finite;
  }
}
