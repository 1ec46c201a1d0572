import { nowhere } from './shares.ts';

/** Rows that are updated together. */
const together = 8;

/**
 * The columns of some rows of numbers (the samples of a batch, say) with what is not 0 in them, and the update of a
 * matrix that has these columns: every cell gets the sum over the rows of number · factor, scaled, added to it or taken
 * from it. Terms that are 0 are left out, and cells without terms are not touched.
 */
export class Columns {
  private count = 0;
  /** Which columns there are, where their entries end, and the entries: which row, which number. */
  private readonly columns: Int32Array;
  private readonly ends: Int32Array;
  private readonly rows: Int32Array;
  private readonly numbers: Float64Array;
  private greatest = 0;
  /** Up to eight rows of the matrix that wait: where they start, their three scales, and their factors side by side. */
  private waiting = 0;
  private readonly starts = new Int32Array(together);
  private readonly scales = new Float64Array(3 * together);
  private readonly factors: Float64Array;
  private sign = 1;
  private finite = true;

  constructor(
    private readonly width: number,
    private readonly offsets: Int32Array,
    /** Which of the three scales the sums are divided by instead of multiplied; −1 where there is none such. */
    private readonly division = -1,
  ) {
    const most = width * offsets.length;
    this.columns = new Int32Array(width);
    this.ends = new Int32Array(width);
    this.rows = new Int32Array(most);
    this.numbers = new Float64Array(most);
    this.factors = new Float64Array(offsets.length * together);
  }

  /** Lists what is not 0; false if something is not finite. */
  list(m: Float64Array, base: number, stride: number): boolean {
    const { offsets, width } = this;
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
        this.rows[filled] = t * together;
        this.numbers[filled++] = number;
        bad += number * 0;
        const size = number < 0 ? -number : number;
        if (size > greatest) greatest = size;
      }
      if (filled === before) continue;
      this.columns[count] = k;
      this.ends[count++] = filled;
    }
    this.count = count;
    this.greatest = greatest;
    this.finite = true;
    return bad === 0;
  }

  /**
   * Updates the row of the matrix that starts at `start`, now or with rows to come. False if a factor is not finite:
   * then nothing is done with the row.
   */
  add(
    m: Float64Array,
    start: number,
    f: number,
    g: number,
    h: number,
    sign: number,
    offsets: Int32Array | undefined,
    base: number,
  ): boolean {
    let bad = (f + g + h) * 0;
    if (offsets === undefined) {
      if (bad !== 0) return false;
      // No number gives a greater change than the greatest.
      if (scaled(this.greatest, f, g, h, this.division) !== 0) this.one(m, start, f, g, h, sign);
      return true;
    }
    const at = this.waiting;
    let some = 0;
    for (let t = 0; t < offsets.length; t++) {
      const factor = m[base + offsets[t]];
      this.factors[t * together + at] = factor;
      bad += factor * 0;
      if (factor !== 0) some = 1;
    }
    if (bad !== 0) return false;
    if (some === 0) return true;
    this.starts[at] = start;
    this.scales[3 * at] = f;
    this.scales[3 * at + 1] = g;
    this.scales[3 * at + 2] = h;
    this.sign = sign;
    this.waiting = at + 1;
    if (this.waiting === together) this.eight(m);
    return true;
  }

  /** Does what is still waiting; whether all numbers that were written since the list are finite. */
  finish(m: Float64Array): boolean {
    for (let r = 0; r < this.waiting; r++) this.single(m, r);
    this.waiting = 0;
    return this.finite;
  }

  /** One row, each column having a single number. */
  private one(m: Float64Array, start: number, f: number, g: number, h: number, sign: number): void {
    const { columns, numbers, count, division } = this;
    let zero = 0;
    if (sign < 0)
      for (let c = 0; c < count; c++) {
        const at = start + columns[c];
        const now = m[at] - scaled(numbers[c], f, g, h, division);
        m[at] = now;
        zero += now * 0;
      }
    else
      for (let c = 0; c < count; c++) {
        const at = start + columns[c];
        const now = m[at] + scaled(numbers[c], f, g, h, division);
        m[at] = now;
        zero += now * 0;
      }
    if (zero !== 0) this.finite = false;
  }

  private single(m: Float64Array, r: number): void {
    const { columns, ends, rows, numbers, factors, count, scales, sign, division } = this;
    const start = this.starts[r];
    let e = 0;
    for (let c = 0; c < count; c++) {
      const end = ends[c];
      let sum = -0;
      for (; e < end; e++) sum += numbers[e] * factors[rows[e] + r];
      const change = scaled(sum, scales[3 * r], scales[3 * r + 1], scales[3 * r + 2], division);
      this.write(m, start + columns[c], change, sign);
    }
  }

  private write(m: Float64Array, at: number, change: number, sign: number): void {
    const now = sign < 0 ? m[at] - change : m[at] + change;
    m[at] = now;
    if (now * 0 !== 0) this.finite = false;
  }

  private eight(m: Float64Array): void {
    const { columns, ends, rows, numbers, factors, count, division } = this;
    const [r0, r1, r2, r3, r4, r5, r6, r7] = this.starts;
    const [f0, g0, h0, f1, g1, h1, f2, g2, h2, f3, g3, h3] = this.scales;
    const [f4, g4, h4, f5, g5, h5, f6, g6, h6, f7, g7, h7] = this.scales.subarray(12);
    // x − y is x + (−y), to the bit.
    const sign = this.sign;
    let e = 0;
    let zero = 0;
    for (let c = 0; c < count; c++) {
      const end = ends[c];
      let s0 = -0;
      let s1 = -0;
      let s2 = -0;
      let s3 = -0;
      let s4 = -0;
      let s5 = -0;
      let s6 = -0;
      let s7 = -0;
      for (; e < end; e++) {
        const number = numbers[e];
        const row = rows[e];
        s0 += number * factors[row];
        s1 += number * factors[row + 1];
        s2 += number * factors[row + 2];
        s3 += number * factors[row + 3];
        s4 += number * factors[row + 4];
        s5 += number * factors[row + 5];
        s6 += number * factors[row + 6];
        s7 += number * factors[row + 7];
      }
      const column = columns[c];
      const n0 = m[r0 + column] + sign * scaled(s0, f0, g0, h0, division);
      m[r0 + column] = n0;
      const n1 = m[r1 + column] + sign * scaled(s1, f1, g1, h1, division);
      m[r1 + column] = n1;
      const n2 = m[r2 + column] + sign * scaled(s2, f2, g2, h2, division);
      m[r2 + column] = n2;
      const n3 = m[r3 + column] + sign * scaled(s3, f3, g3, h3, division);
      m[r3 + column] = n3;
      const n4 = m[r4 + column] + sign * scaled(s4, f4, g4, h4, division);
      m[r4 + column] = n4;
      const n5 = m[r5 + column] + sign * scaled(s5, f5, g5, h5, division);
      m[r5 + column] = n5;
      const n6 = m[r6 + column] + sign * scaled(s6, f6, g6, h6, division);
      m[r6 + column] = n6;
      const n7 = m[r7 + column] + sign * scaled(s7, f7, g7, h7, division);
      m[r7 + column] = n7;
      zero += (n0 + n1 + n2 + n3 + n4 + n5 + n6 + n7) * 0;
    }
    if (zero !== 0) this.finite = false;
    this.waiting = 0;
  }
}

/** A sum times three scales, one after the other, or divided by one of them. */
function scaled(sum: number, f: number, g: number, h: number, division: number): number {
  if (division < 0) return sum * f * g * h;
  if (division === 0) return (sum / f) * g * h;
  return division === 1 ? ((sum * f) / g) * h : (sum * f * g) / h;
}
