import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussian, threefry, uniform } from './random.ts';

describe('threefry', () => {
  // The known answers that its authors publish with Random123.
  it.each([
    [0, 0, 0, 0, 0x6b200159, 0x99ba4efe],
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x1cb996fc, 0xbb002be7],
    [0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3, 0xc4923a9c, 0x483df7a0],
  ])('keys %i, %i and counters %i, %i', (key0, key1, counter0, counter1, first, second) => {
    expect(threefry(key0, key1, counter0, counter1)).toEqual([first, second]);
  });
});

const draws = 100_000;
const seed = 20;

/** Mean, variance and the correlation of neighbours. */
function summary(draw: (i: number) => number) {
  const values = Array.from({ length: draws }, (_, i) => draw(i));
  const mean = values.reduce((sum, x) => sum + x, 0) / draws;
  const variance = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / draws;
  let product = 0;
  for (let i = 1; i < draws; i++) product += (values[i] - mean) * (values[i - 1] - mean);
  return { values, mean, variance, neighbours: product / draws / variance };
}

describe('uniform', () => {
  it('fills [0, 1) evenly', () => {
    const { values, mean, variance, neighbours } = summary((i) => uniform(seed, 1, i));
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.002);
    expect(Math.abs(neighbours)).toBeLessThan(0.015);
    const cells = new Array<number>(100).fill(0);
    for (const x of values) cells[Math.floor(x * 100)]++;
    const expected = draws / cells.length;
    const chiSquare = cells.reduce((sum, n) => sum + ((n - expected) * (n - expected)) / expected, 0);
    expect(chiSquare).toBeGreaterThan(55);
    expect(chiSquare).toBeLessThan(155);
  });

  it('is a pure function of all three arguments', () => {
    const whole = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(whole, whole, fc.maxSafeNat(), (a, b, c) => {
        const value = uniform(a, b, c);
        uniform(a, b, c + 1);
        gaussian(b, a, c);
        expect(uniform(a, b, c)).toBe(value);
        const others = [uniform(a + 1, b, c), uniform(a, b + 1, c), uniform(a, b, Math.abs(c - 1))];
        for (const other of others) expect(other).not.toBe(value);
      }),
    );
  });

  it('tells counters beyond 32 bits apart', () => {
    expect(uniform(seed, 1, 4294967296 + 5)).not.toBe(uniform(seed, 1, 5));
  });
});

describe('gaussian', () => {
  it('is standard normal', () => {
    const { values, mean, variance, neighbours } = summary((i) => gaussian(seed, 1, i));
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    expect(Math.abs(neighbours)).toBeLessThan(0.015);
    // Φ at a few points, from a table
    for (const [z, below] of [
      [-2, 0.02275],
      [-1, 0.158655],
      [0, 0.5],
      [0.5, 0.691462],
      [1.96, 0.975002],
    ])
      expect(Math.abs(values.filter((x) => x < z).length / draws - below)).toBeLessThan(0.006);
  });

  it('shares no bits with the uniform number of the same counter', () => {
    let product = 0;
    for (let i = 0; i < 20_000; i++) product += gaussian(seed, 1, i) * (uniform(seed, 1, i) - 0.5);
    expect(Math.abs(product / 20_000)).toBeLessThan(0.01);
  });
});
