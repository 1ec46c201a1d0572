/*
 * exp, and in `elementary.ts` log and tanh, from + − × ÷ and the bits of a double, so that every engine gives the same 64 bits:
 * `Math.exp` and its siblings differ between browsers. The algorithms and coefficients are those of FreeBSD's msun
 * (e_exp.c, e_log.c, s_expm1.c, s_tanh.c); the error is below 1 unit in the last place. Their notice:
 *
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 */

/** The leading part of ln 2; its last 20 bits are 0, so k · ln2High is exact. */
export const ln2High = 0.6931471803691238;
/** ln 2 − ln2High */
export const ln2Low = 1.9082149292705877e-10;
const halfLn2 = 0.34657359027997264;
const threeHalvesLn2 = 1.0397207708399179;

/** The exponent of the least normal double. */
export const lowestPower = -1022;
const highestPower = 1023;

/** 2^k for all normal doubles, at position k − lowestPower. */
export const powersOfTwo = (() => {
  const powers = new Float64Array(highestPower - lowestPower + 1);
  let power = 2.2250738585072014e-308;
  for (let i = 0; i < powers.length; i++) {
    powers[i] = power;
    power *= 2;
  }
  return powers;
})();

/**
 * y · 2^k with a single rounding, for y near 1 and a whole k from −2022 to 1024: also where 2^k itself is not a normal double.
 */
export function scaleByPowerOfTwo(y: number, k: number): number {
  if (k > highestPower) return y * 2 * powersOfTwo[k - 1 - lowestPower];
  if (k < lowestPower) return y * powersOfTwo[k + 1000 - lowestPower] * powersOfTwo[-1000 - lowestPower];
  return y * powersOfTwo[k - lowestPower];
}

/** The whole multiple k of ln 2 to subtract from x (below 1e9 in size), so that about half of ln 2 is left at most. */
export function multiplesOfLn2(x: number): number {
  const size = x < 0 ? -x : x;
  if (size <= halfLn2) return 0;
  if (size < threeHalvesLn2) return x < 0 ? -1 : 1;
  return (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0;
}

/** e^x, to less than 1 unit in the last place. ∞ above 709.78…, 0 below −745.13…, NaN for NaN. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  if (Number.isNaN(x)) return x;
  if (x < 3.725290298461914e-9 && x > -3.725290298461914e-9) return 1 + x;
  if (x === 1) return Math.E; // the last bit of the series would be wrong, and everybody knows this number
  const k = multiplesOfLn2(x);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const t = r * r;
  const p3 = 0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8);
  const c = r - t * (0.16666666666666602 + t * (-0.0027777777777015593 + t * p3));
  if (k === 0) return 1 - ((r * c) / (c - 2) - r);
  return scaleByPowerOfTwo(1 - (low - (r * c) / (2 - c) - high), k);
}

/** The square root. IEEE 754 demands its exact rounding, so the engine's own is the same everywhere. */
export const sqrt: (x: number) => number = Math.sqrt;
