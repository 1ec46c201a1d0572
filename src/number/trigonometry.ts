/*
 * sin and cos from + − × and whole numbers, so that every engine gives the same 64 bits. The polynomials and the
 * reduction of moderate angles are those of FreeBSD's msun (k_sin.c, k_cos.c, e_rem_pio2.c), the error is below 1 unit in the
 * last place for every finite angle; very large ones are reduced with exact whole numbers. Their notice:
 *
 * Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *
 * Developed at SunPro, a Sun Microsystems, Inc. business.
 * Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice
 * is preserved.
 */

const quarterPi = 0.7853981633974483;
/** 2^20 · π/2: up to here the multiples of π/2 are exact in three parts of 33 bits. */
const moderate = 1647099.3291652855;
const twoOverPi = 0.6366197723675814;
// π/2 in three parts whose multiples are exact, and after each the rest.
const part1 = 1.5707963267341256;
const rest1 = 6.077100506506192e-11;
const part2 = 6.077100506303966e-11;
const rest2 = 2.0222662487959506e-21;
const part3 = 2.0222662487111665e-21;
const rest3 = 8.4784276603689e-32;
const twoToMinus16 = 0.0000152587890625;
const twoToMinus49 = 1.7763568394002505e-15;

/** An angle without its whole quarter turns: the quarter (0 … 3), and the rest as high + low. */
interface Reduced {
  readonly quarter: number;
  readonly high: number;
  readonly low: number;
}

function reduce(x: number): Reduced {
  if (Math.abs(x) > moderate) return reduceLarge(x);
  const turns = Math.round(x * twoOverPi);
  let remainder = x - turns * part1;
  let lost = turns * rest1;
  let high = remainder - lost;
  // Where x lies close to a multiple of π/2, the leading digits cancel and further ones of π are needed.
  if (Math.abs(high) < Math.abs(x) * twoToMinus16) {
    const before = remainder;
    const more = turns * part2;
    remainder = before - more;
    lost = turns * rest2 - (before - remainder - more);
    high = remainder - lost;
    if (Math.abs(high) < Math.abs(x) * twoToMinus49) {
      const last = remainder;
      const least = turns * part3;
      remainder = last - least;
      lost = turns * rest3 - (last - remainder - least);
      high = remainder - lost;
    }
  }
  return { quarter: turns & 3, high, low: remainder - high - lost };
}

/** 2/π · 2^1280: enough bits for the largest double. */
const inverse = BigInt(
  '0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e0' +
    '06492eea09d1921cfe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f4' +
    '9c845f8bbdf9283b1ff897ffde05980fef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d' +
    '7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d0856033046fc7b6babf0cfbc209af4361d',
);
/** π/2 · 2^256. */
const halfPi = BigInt('0x1921fb54442d18469898cc51701b839a252049c1114cf98e804177d4c76273644');
const twoToMinus256 = 8.636168555094445e-78;

/** The same for any size, by exact whole numbers: 1,280 bits of 2/π are enough for the largest double. */
function reduceLarge(x: number): Reduced {
  let whole = x;
  let exponent = 0;
  for (; Math.abs(whole) >= 9007199254740992; exponent++) whole /= 2;
  for (; !Number.isInteger(whole); exponent--) whole *= 2;
  const quarters = BigInt(whole) * inverse;
  const product = exponent < 0 ? quarters >> BigInt(-exponent) : quarters << BigInt(exponent);
  const nearest = (product + (1n << 1279n)) >> 1280n;
  const fraction = product - (nearest << 1280n);
  const angle = (fraction * halfPi) >> 1280n;
  const high = Number(angle);
  return {
    quarter: Number(nearest & 3n),
    high: high * twoToMinus256,
    low: Number(angle - BigInt(high)) * twoToMinus256,
  };
}

/** The sine of high + low, within ±π/4. */
function sineNearZero(high: number, low: number): number {
  const z = high * high;
  const w = z * z;
  const tail =
    0.00833333333332249 +
    z * (-0.0001984126982985795 + z * 0.0000027557313707070068) +
    z * w * (-2.5050760253406863e-8 + z * 1.58969099521155e-10);
  const cube = z * high;
  return high - (z * (0.5 * low - cube * tail) - low - cube * -0.16666666666666632);
}

/** The cosine of high + low, within ±π/4. */
function cosineNearZero(high: number, low: number): number {
  const z = high * high;
  const w = z * z;
  const tail =
    z * (0.0416666666666666 + z * (-0.001388888888887411 + z * 0.00002480158728947673)) +
    w * w * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11));
  const half = 0.5 * z;
  const near = 1 - half;
  return near + (1 - near - half + (z * tail - high * low));
}

/** The sine of an angle in radians of any size, to less than 1 unit in the last place; NaN for ±∞ and NaN. */
export function sin(x: number): number {
  if (Math.abs(x) < 1.4901161193847656e-8) return x; // so −0 stays −0
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) <= quarterPi) return sineNearZero(x, 0);
  const { quarter, high, low } = reduce(x);
  if (quarter === 0) return sineNearZero(high, low);
  if (quarter === 1) return cosineNearZero(high, low);
  return quarter === 2 ? -sineNearZero(high, low) : -cosineNearZero(high, low);
}

/** The cosine of an angle in radians of any size, to less than 1 unit in the last place; NaN for ±∞ and NaN. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return NaN;
  if (Math.abs(x) <= quarterPi) return cosineNearZero(x, 0);
  const { quarter, high, low } = reduce(x);
  if (quarter === 0) return cosineNearZero(high, low);
  if (quarter === 1) return -sineNearZero(high, low);
  return quarter === 2 ? -cosineNearZero(high, low) : sineNearZero(high, low);
}
