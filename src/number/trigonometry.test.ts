import { describe, expect, it } from 'vitest';
import { uniform } from './random.ts';
import { cos, sin } from './trigonometry.ts';

/* The reference: whole numbers of 1,500 bits, π by Machin's formula, Taylor's series. It shares no code with what is tested. */

const bits = 1500n;
const unit = 1n << bits;

function arctanOfInverse(n: bigint): bigint {
  let power = unit / n;
  let sum = power;
  for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / k;
  }
  return sum;
}

const pi = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));

/** x · 2^1500, exactly where x ≥ 2^−400. */
function fixed(x: number): bigint {
  let whole = x;
  let shift = bits;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    shift -= 1n;
  }
  return BigInt(whole) << shift;
}

/** sin (start 1) or cos (start 0), times 2^1500. */
function series(angle: bigint, start: 0 | 1): bigint {
  const square = (angle * angle) >> bits;
  let term = start === 0 ? unit : angle;
  let sum = term;
  for (let k = BigInt(start) + 1n; term !== 0n; k += 2n) {
    term = -((term * square) >> bits) / (k * (k + 1n));
    sum += term;
  }
  return sum;
}

/** How many units in the last place `y` is from sin x or cos x. */
function unitsOff(y: number, x: number, start: 0 | 1): number {
  let angle = fixed(x) % (2n * pi);
  if (angle > pi) angle -= 2n * pi;
  if (angle < -pi) angle += 2n * pi;
  // Parts of a thousandth of a unit, which for 1 is 2^−53.
  const size = Math.max(Math.abs(y), 2.2250738585072014e-308);
  const last = 2 ** (Math.floor(Math.log2(size)) - 52);
  const off = fixed(y) - series(angle, start);
  return Math.abs(Number((off * 1000n) / fixed(last))) / 1000;
}

const reaches = [0.5, 2, 10, 1000, 1e6, 1e7, 1e15, 1e22, 1e100, 1e308];
/** Near multiples of π/2 nearly everything cancels; the last two are the worst of all doubles. */
const delicate = [
  ...Array.from({ length: 40 }, (_, k) => (k + 1) * 1.5707963267948966),
  ...Array.from({ length: 40 }, (_, k) => (k + 1) * 355 * 1.5707963267948966),
  5319372648326541 * 2 ** 255,
  6381956970095103 * 2 ** 797,
  Number.MAX_VALUE,
];

describe('sin and cos', () => {
  const samples = reaches.flatMap((reach, seed) =>
    Array.from({ length: 60 }, (_, n) => (2 * uniform(seed, 1, n) - 1) * reach),
  );

  it.each([
    ['sin', sin, 1],
    ['cos', cos, 0],
  ] as const)('%s is within 0.8 units in the last place, at any size', (_, f, start) => {
    for (const x of [...samples, ...delicate]) {
      expect(unitsOff(f(x), x, start), String(x)).toBeLessThan(0.8);
      expect(Math.abs(f(x))).toBeLessThanOrEqual(1);
    }
  });

  it('agrees with the engine’s own to 1e-15', () => {
    for (let n = 0; n < 20_000; n++) {
      const x = (2 * uniform(9, 1, n) - 1) * reaches[n % 6];
      expect(Math.abs(sin(x) - Math.sin(x)), String(x)).toBeLessThan(2.3e-16);
      expect(Math.abs(cos(x) - Math.cos(x)), String(x)).toBeLessThan(2.3e-16);
    }
  });

  it('is odd and even to the bit', () => {
    for (const x of [...samples, ...delicate]) {
      expect(sin(-x), String(x)).toBe(-sin(x));
      expect(cos(-x), String(x)).toBe(cos(x));
    }
  });

  it.each([
    [0, 0, 1],
    [-0, -0, 1],
    [1e-300, 1e-300, 1],
    [5e-324, 5e-324, 1],
    [Math.PI, 1.2246467991473532e-16, -1],
    [Infinity, NaN, NaN],
    [-Infinity, NaN, NaN],
    [NaN, NaN, NaN],
  ])('of %f', (x, sine, cosine) => {
    expect(sin(x)).toBe(sine);
    expect(cos(x)).toBe(cosine);
  });
});
