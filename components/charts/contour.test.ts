import { describe, expect, it } from 'vitest';
import { levelLines } from './contour.ts';

const grid = (columns: number, rows: number, of: (x: number, y: number) => number): number[] =>
  Array.from({ length: columns * rows }, (_, at) => of(at % columns, Math.floor(at / columns)));

describe('level lines', () => {
  it('lie where a plane is 0', () => {
    const lines = levelLines(
      grid(9, 7, (x, y) => x + 2 * y - 6.5),
      9,
    );
    expect(lines.length).toBeGreaterThan(5);
    for (const [x, y] of lines.flat()) expect(x + 2 * y).toBeCloseTo(6.5, 12);
  });

  it('go once around a hill', () => {
    const lines = levelLines(
      grid(21, 21, (x, y) => 30.3 - (x - 10) ** 2 - (y - 10) ** 2),
      21,
    );
    const ends = new Map<string, number>();
    for (const [x, y] of lines.flat()) {
      const key = `${x.toFixed(9)} ${y.toFixed(9)}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
      expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(Math.sqrt(30.3), 0);
    }
    expect([...ends.values()].every((count) => count === 2)).toBe(true);
  });

  it('are not there where nothing changes its side, or is no number', () => {
    expect(levelLines([1, 2, 3, 4], 2)).toEqual([]);
    expect(levelLines([1, Number.NaN, -1, 4], 2)).toHaveLength(0);
  });
});
