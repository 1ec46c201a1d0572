import { describe, expect, it } from 'vitest';
import { exp, log, sqrt, tanh } from './elementary.ts';
import { uniform } from './random.ts';

const pair = new Float64Array(2);
const bits = new BigInt64Array(pair.buffer);

/** How many doubles lie between two numbers of the same sign. */
function unitsApart(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  pair[0] = a;
  pair[1] = b;
  return Math.abs(Number(bits[0] - bits[1]));
}

/** The greatest distance from the engine's own function on seeded samples between −reach and reach. */
function worst(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  reach: number,
  seed: number,
): number {
  let most = 0;
  for (let i = 0; i < 100_000; i++) {
    const x = (2 * uniform(seed, 0, i) - 1) * reach;
    most = Math.max(most, unitsApart(ours(x), theirs(x)));
  }
  return most;
}

describe('elementary functions', () => {
  it.each([0.1, 1, 20, 745])('exp stays within 1 ulp up to ±%f', (reach) => {
    expect(worst(exp, Math.exp, reach, 1)).toBeLessThanOrEqual(1);
  });

  it.each([1e-310, 1, 4, 1e9, 1e300])('log stays within 1 ulp up to %f', (reach) => {
    const positive = (f: (x: number) => number) => (x: number) => f(Math.abs(x));
    expect(worst(positive(log), positive(Math.log), reach, 2)).toBeLessThanOrEqual(1);
  });

  it.each([0.1, 1, 3, 23])('tanh stays within 1 ulp up to ±%f', (reach) => {
    expect(worst(tanh, Math.tanh, reach, 3)).toBeLessThanOrEqual(1);
  });

  it('meets the special values', () => {
    const table: [(x: number) => number, number, number][] = [
      [exp, 0, 1],
      [exp, -0, 1],
      [exp, 1, Math.E],
      [exp, 1e-20, 1],
      [exp, Infinity, Infinity],
      [exp, -Infinity, 0],
      [exp, 709.782712893384, 1.7976931348622732e308],
      [exp, 709.79, Infinity],
      [exp, -745.13, 5e-324],
      [exp, -746, 0],
      [log, 1, 0],
      [log, Math.E, 1],
      [log, 2, Math.LN2],
      [log, 0, -Infinity],
      [log, -0, -Infinity],
      [log, -1, NaN],
      [log, -Infinity, NaN],
      [log, Infinity, Infinity],
      [log, 5e-324, -744.4400719213812],
      [tanh, 0, 0],
      [tanh, -0, -0],
      [tanh, 1e-300, 1e-300],
      [tanh, 22, 1],
      [tanh, Infinity, 1],
      [tanh, -Infinity, -1],
      [sqrt, 2, Math.SQRT2],
      [sqrt, -1, NaN],
    ];
    for (const [f, x, y] of table) expect(f(x), `${f.name}(${x})`).toBe(y);
    for (const f of [exp, log, tanh, sqrt]) expect(f(NaN)).toBe(NaN);
  });
});
