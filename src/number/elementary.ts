import {
  ln2High,
  ln2Low,
  lowestPower,
  multiplesOfLn2,
  powersOfTwo,
  scaleByPowerOfTwo,
} from './exponential.ts';

export { exp, sqrt } from './exponential.ts';

/* tanh and log by the algorithms of FreeBSD's msun; the notice in `exponential.ts` holds for them, too. */

/** e^x − 1 without cancellation near 0. Not exact where e^x overflows: only `tanh` uses it, for |x| < 44. */
function expMinusOne(x: number): number {
  if (x < 5.551115123125783e-17 && x > -5.551115123125783e-17) return x;
  const k = multiplesOfLn2(x);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const lost = high - r - low;
  const half = 0.5 * r;
  const s = r * half;
  const q3 = -0.00007936507578674879 + s * (0.000004008217827329362 + s * -2.0109921818362437e-7);
  const r1 = 1 + s * (-0.03333333333333313 + s * (0.0015873015872548146 + s * q3));
  const t = 3 - r1 * half;
  const e = s * ((r1 - t) / (6 - r * t));
  if (k === 0) return r - (r * e - s);
  const d = r * (e - lost) - lost - s;
  if (k === -1) return 0.5 * (r - d) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (d - (r + 0.5)) : 1 + 2 * (r - d);
  if (k <= -2 || k > 56) return scaleByPowerOfTwo(1 - (d - r), k) - 1;
  const reciprocal = powersOfTwo[-k - lowestPower];
  return scaleByPowerOfTwo(k < 20 ? 1 - reciprocal - (d - r) : r - (d + reciprocal) + 1, k);
}

/** The hyperbolic tangent, to less than 1 unit in the last place; exactly ±1 from |x| = 22 on, NaN for NaN. */
export function tanh(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = x < 0 ? -x : x;
  if (size < 3.725290298461914e-9) return x;
  let result = 1;
  if (size < 1) {
    const t = expMinusOne(-2 * size);
    result = -t / (t + 2);
  } else if (size < 22) {
    result = 1 - 2 / (expMinusOne(2 * size) + 2);
  }
  return x < 0 ? -result : result;
}

const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The natural logarithm, to less than 1 unit in the last place: −∞ at ±0, ∞ at ∞, NaN below 0 and for NaN. */
export function log(x: number): number {
  if (x === 0) return -Infinity;
  if (x < 0 || Number.isNaN(x)) return NaN;
  if (x === Infinity) return x;
  let k = -1023;
  double[0] = x;
  if (x < 2.2250738585072014e-308) {
    double[0] = x * 18014398509481984; // 2^54 makes a subnormal normal
    k -= 54;
  }
  // x = 2^k · (1 + f) with 1 + f between √½ and √2
  const top = words[highWord];
  const fraction = top & 0xfffff;
  const carry = (fraction + 0x95f64) & 0x100000;
  words[highWord] = fraction | (carry ^ 0x3ff00000);
  k += (top >> 20) + (carry >> 20);
  const f = double[0] - 1;

  if ((0xfffff & (2 + fraction)) < 3) {
    if (f === 0) return k * ln2High + k * ln2Low;
    const small = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - small : k * ln2High - (small - k * ln2Low - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const odd3 = 0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586);
  const rest = z * (0.6666666666666735 + w * odd3) + even;
  if (((fraction - 0x6147a) | (0x6b851 - fraction)) > 0) {
    const square = 0.5 * f * f;
    if (k === 0) return f - (square - s * (square + rest));
    return k * ln2High - (square - (s * (square + rest) + k * ln2Low) - f);
  }
  if (k === 0) return f - s * (f - rest);
  return k * ln2High - (s * (f - rest) - k * ln2Low - f);
}
