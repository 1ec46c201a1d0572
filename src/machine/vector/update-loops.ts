/** How many rows are updated together. */
export const together = 8;

/** An update of those columns of a matrix that have nonzero numbers. */
export interface Update {
  /** How many columns there are, their distances from the row's start, and the end (exclusive) of each one's entries. */
  count: number;
  readonly columns: Int32Array;
  readonly ends: Int32Array;
  /** The entries: where the factors of their row begin, and their numbers. */
  readonly rows: Int32Array;
  readonly numbers: Float64Array;
  /** For eight rows of the matrix: factors side by side, start addresses, and three times eight scales. */
  readonly factors: Float64Array;
  readonly starts: Int32Array;
  readonly scales: Float64Array;
  /** 1 where the sums are added to the matrix, −1 where they are subtracted. */
  readonly sign: number;
  /** Which of the three scales (from 0) is a divisor; −1 if none is. */
  readonly division: number;
}

/** A sum times the scales f, g and h in order, of which number `division` (from 0; −1: none) divides instead. */
export function scaledSum(sum: number, f: number, g: number, h: number, division: number): number {
  if (division < 0) return sum * f * g * h;
  if (division === 0) return (sum / f) * g * h;
  return division === 1 ? ((sum * f) / g) * h : (sum * f * g) / h;
}

/**
 * Updates the row at address `row` of m where each column has a single number: adds `sign` times that number, scaled by f, g and
 * h (see `scaledSum`). Returns whether all results are finite.
 */
export function updateOne(
  m: Float64Array,
  { columns, numbers, count, sign, division }: Update,
  row: number,
  f: number,
  g: number,
  h: number,
): boolean {
  let zero = 0;
  for (let c = 0; c < count; c++) {
    const at = row + columns[c];
    // x − y equals x + (−y), to the bit.
    const now = m[at] + sign * scaledSum(numbers[c], f, g, h, division);
    m[at] = now;
    zero += now * 0;
  }
  return zero === 0;
}

/**
 * Updates row r (from 0) of the eight, whose factors, starts and scales are in `update`; returns whether all results are finite.
 */
export function updateRow(m: Float64Array, update: Update, r: number): boolean {
  const { columns, ends, rows, numbers, factors, count, scales, sign, division } = update;
  const start = update.starts[r];
  let e = 0;
  let zero = 0;
  for (let c = 0; c < count; c++) {
    const end = ends[c];
    let sum = -0;
    for (; e < end; e++) sum += numbers[e] * factors[rows[e] + r];
    const at = start + columns[c];
    const now = m[at] + sign * scaledSum(sum, scales[r], scales[8 + r], scales[16 + r], division);
    m[at] = now;
    zero += now * 0;
  }
  return zero === 0;
}

/** Updates all eight rows, whose factors, starts and scales are in `update`; returns whether all results are finite. */
export function updateEight(m: Float64Array, update: Update): boolean {
  const { columns, ends, rows, numbers, factors, count, sign, division } = update;
  const [r0, r1, r2, r3, r4, r5, r6, r7] = update.starts;
  const [f0, f1, f2, f3, f4, f5, f6, f7, g0, g1, g2, g3] = update.scales;
  const [g4, g5, g6, g7, h0, h1, h2, h3, h4, h5, h6, h7] = update.scales.subarray(12);
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
    const n0 = m[r0 + column] + sign * scaledSum(s0, f0, g0, h0, division);
    m[r0 + column] = n0;
    const n1 = m[r1 + column] + sign * scaledSum(s1, f1, g1, h1, division);
    m[r1 + column] = n1;
    const n2 = m[r2 + column] + sign * scaledSum(s2, f2, g2, h2, division);
    m[r2 + column] = n2;
    const n3 = m[r3 + column] + sign * scaledSum(s3, f3, g3, h3, division);
    m[r3 + column] = n3;
    const n4 = m[r4 + column] + sign * scaledSum(s4, f4, g4, h4, division);
    m[r4 + column] = n4;
    const n5 = m[r5 + column] + sign * scaledSum(s5, f5, g5, h5, division);
    m[r5 + column] = n5;
    const n6 = m[r6 + column] + sign * scaledSum(s6, f6, g6, h6, division);
    m[r6 + column] = n6;
    const n7 = m[r7 + column] + sign * scaledSum(s7, f7, g7, h7, division);
    m[r7 + column] = n7;
    zero += (n0 + n1 + n2 + n3 + n4 + n5 + n6 + n7) * 0;
  }
  return zero === 0;
}
