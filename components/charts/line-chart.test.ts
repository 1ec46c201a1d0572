import { describe, expect, it } from 'vitest';
import { columnsOf, curvesRange, evenlySpaced } from './line-chart.ts';

describe('loss curve', () => {
  it('loses no peak and no valley of a long run', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => 1 + (at % 7));
    values[54_321] = 1000;
    values[77_777] = -3;
    const columns = columnsOf(values);
    expect(columns.length).toBeLessThanOrEqual(250);
    expect(columns.at(-1)?.last).toBe(100_000);
    expect(curvesRange([columns])).toEqual({ low: -3, high: 1000 });
  });

  it('leaves out what is not finite', () => {
    expect(columnsOf([1, Number.NaN, Number.POSITIVE_INFINITY, 2])).toEqual([
      { last: 1, low: 1, high: 1 },
      { last: 4, low: 2, high: 2 },
    ]);
    expect(curvesRange([columnsOf([Number.NaN])])).toEqual({ low: 0, high: 1 });
  });

  it('lists the first and the last iteration', () => {
    expect(evenlySpaced(3, 12)).toEqual([1, 2, 3]);
    const some = evenlySpaced(1000, 12);
    expect([some[0], some.at(-1), some.length]).toEqual([1, 1000, 12]);
  });
});
