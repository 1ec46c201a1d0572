import type { Piece } from './retention.ts';

/** Whether all numbers in a stretch of memory are finite. */
export function areFinite(m: Float64Array, from: number, to: number): boolean {
  // x · 0 is NaN for whatever is not finite.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    s0 += m[at] * 0;
    s1 += m[at + 1] * 0;
    s2 += m[at + 2] * 0;
    s3 += m[at + 3] * 0;
  }
  for (; at < to; at++) s0 += m[at] * 0;
  return s0 + s1 + s2 + s3 === 0;
}

/** Copies pieces of a frame's memory into its row; whether all of the numbers are finite. */
export function copyInto(
  numbers: Float64Array,
  start: number,
  memory: Float64Array,
  pieces: readonly Piece[],
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
