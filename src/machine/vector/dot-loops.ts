import { areFinite } from '../memory/finite.ts';

/*
 * Sums of products over rows of numbers. Every cell has a sum of its own, to which its terms are added in their order,
 * beginning with −0 (adding the first term to it changes nothing); only different cells are computed together.
 */

/** The first `count` terms of a sum: the offset of a cell's own factor, and the factor that all cells share. */
export interface ProductTerms {
  count: number;
  readonly offsets: Int32Array;
  /** The shared factors, of which the first `count` are valid. */
  readonly factors: Float64Array;
}

/**
 * Sums for n cells whose factors lie `stride` apart: m[d + k] = Σ m[a + k·stride + offset] · factor over the terms, for k from 0
 * to n − 1; −0 without terms. Eight at a time, so that their additions overlap. d and a are addresses in m.
 */
export function sumRows(
  m: Float64Array,
  n: number,
  d: number,
  a: number,
  stride: number,
  terms: ProductTerms,
): void {
  let k = 0;
  for (; k + 8 <= n; k += 8) eightRows(m, d + k, a + k * stride, stride, terms);
  for (; k + 4 <= n; k += 4) fourRows(m, d + k, a + k * stride, stride, terms);
  for (; k < n; k++) oneRow(m, d + k, a + k * stride, terms);
}

function eightRows(m: Float64Array, d: number, a: number, stride: number, terms: ProductTerms): void {
  const { offsets, factors, count } = terms;
  const a1 = a + stride;
  const a2 = a1 + stride;
  const a3 = a2 + stride;
  const a4 = a3 + stride;
  const a5 = a4 + stride;
  const a6 = a5 + stride;
  const a7 = a6 + stride;
  let s0 = -0;
  let s1 = -0;
  let s2 = -0;
  let s3 = -0;
  let s4 = -0;
  let s5 = -0;
  let s6 = -0;
  let s7 = -0;
  for (let t = 0; t < count; t++) {
    const at = offsets[t];
    const factor = factors[t];
    s0 += m[a + at] * factor;
    s1 += m[a1 + at] * factor;
    s2 += m[a2 + at] * factor;
    s3 += m[a3 + at] * factor;
    s4 += m[a4 + at] * factor;
    s5 += m[a5 + at] * factor;
    s6 += m[a6 + at] * factor;
    s7 += m[a7 + at] * factor;
  }
  m[d] = s0;
  m[d + 1] = s1;
  m[d + 2] = s2;
  m[d + 3] = s3;
  m[d + 4] = s4;
  m[d + 5] = s5;
  m[d + 6] = s6;
  m[d + 7] = s7;
}

function fourRows(m: Float64Array, d: number, a: number, stride: number, terms: ProductTerms): void {
  const { offsets, factors, count } = terms;
  const a1 = a + stride;
  const a2 = a1 + stride;
  const a3 = a2 + stride;
  let s0 = -0;
  let s1 = -0;
  let s2 = -0;
  let s3 = -0;
  for (let t = 0; t < count; t++) {
    const at = offsets[t];
    const factor = factors[t];
    s0 += m[a + at] * factor;
    s1 += m[a1 + at] * factor;
    s2 += m[a2 + at] * factor;
    s3 += m[a3 + at] * factor;
  }
  m[d] = s0;
  m[d + 1] = s1;
  m[d + 2] = s2;
  m[d + 3] = s3;
}

function oneRow(m: Float64Array, d: number, a: number, { offsets, factors, count }: ProductTerms): void {
  let sum = -0;
  for (let t = 0; t < count; t++) sum += m[a + offsets[t]] * factors[t];
  m[d] = sum;
}

/** Adds one term to each of n sums: m[d + k] += m[a + k·stride] · factor for k from 0 to n − 1; d and a are addresses in m. */
export function addColumn(
  m: Float64Array,
  n: number,
  d: number,
  a: number,
  stride: number,
  factor: number,
): void {
  for (let k = 0; k < n; k++, d++, a += stride) m[d] = m[d] + m[a] * factor;
}

/** Adds the same product to each of n sums: m[d + k] += product for k from 0 to n − 1. */
export function addToAll(m: Float64Array, n: number, d: number, product: number): void {
  for (let k = 0; k < n; k++, d++) m[d] += product;
}

/**
 * Copies the terms whose shared factor is not zero (0 or −0) to the beginning of `into`, which must have room for all, and sets
 * its count.
 */
export function withoutZeros(from: ProductTerms, into: ProductTerms): void {
  let count = 0;
  for (let t = 0; t < from.count; t++) {
    const factor = from.factors[t];
    if (factor === 0) continue;
    into.offsets[count] = from.offsets[t];
    into.factors[count++] = factor;
  }
  into.count = count;
}

/**
 * Corrects the sums of `sumRows` (called with the same arguments) after terms with a zero factor were left out; `all` are the
 * terms before that. It changes a sum only if all remaining terms are −0: it must be 0 as soon as one of all terms is not −0. All
 * numbers must be finite.
 */
export function correctSignedZeros(
  m: Float64Array,
  n: number,
  d: number,
  a: number,
  stride: number,
  all: ProductTerms,
): void {
  for (let k = 0; k < n; k++) {
    if (m[d + k] === 0 && Object.is(m[d + k], -0)) m[d + k] = zeroOf(m, a + k * stride, all);
  }
}

function zeroOf(m: Float64Array, a: number, { offsets, factors, count }: ProductTerms): number {
  for (let t = 0; t < count; t++) if (!Object.is(m[a + offsets[t]] * factors[t], -0)) return 0;
  return -0;
}

/** Whether all numbers from position `from` up to but excluding `to` are finite and none is −0. */
export function areNonzeroSafe(m: Float64Array, from: number, to: number): boolean {
  if (!areFinite(m, from, to)) return false;
  for (let at = from; at < to; at++) if (m[at] === 0 && Object.is(m[at], -0)) return false;
  return true;
}
