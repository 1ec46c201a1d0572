/** Whether all numbers of `m` from position `from` up to but excluding `to` are finite. */
export function areFinite(m: Float64Array, from: number, to: number): boolean {
  // x · 0 is NaN for any x that is not finite.
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
