import { describe, expect, it } from 'vitest';
import { type GeneratorName, generate, generatorNames } from './generator.ts';

const rowsOf = (name: GeneratorName, count: number, noise: number, seed = 7): number[][] => {
  const { values, width } = generate(name, count, noise, seed);
  return Array.from({ length: count }, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
};

describe('a drawn data set', () => {
  it.each(generatorNames)('%s is a pure function of its arguments', (name) => {
    const { columns, rows, width, values } = generate(name, 60, 0.1, 7);
    expect([rows, columns.length, values.length]).toEqual([60, width, 60 * width]);
    expect(values.every(Number.isFinite)).toBe(true);
    generate(name, 9, 0.3, 2);
    expect(generate(name, 60, 0.1, 7).values).toEqual(values);
    expect(generate(name, 60, 0.1, 8).values).not.toEqual(values);
    expect(generate(name, 60, 0, 7).values).toEqual(generate(name, 60, 0, 8).values);
  });

  it.each(generatorNames.filter((name) => name !== 'sine'))(
    '%s has its classes in turn, half and half',
    (name) => {
      const classes = rowsOf(name, 40, 0.2).map(([, , c]) => c);
      expect(classes.filter((c) => c === 1)).toHaveLength(20);
      expect(classes.filter((c) => c === 0)).toHaveLength(20);
      expect(new Set(classes.slice(0, 4)).size).toBe(2);
    },
  );

  it.each(generatorNames)('%s may have one row', (name) => {
    expect(generate(name, 1, 0, 1).values.every(Number.isFinite)).toBe(true);
  });

  it('is the truth table of exclusive or', () => {
    expect(rowsOf('xor', 4, 0)).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
  });

  it('has the shape of its name', () => {
    for (const [x, y, c] of rowsOf('circles', 50, 0))
      expect(Math.hypot(x, y)).toBeCloseTo(c === 0 ? 1 : 0.5, 12);
    for (const [x, y, c] of rowsOf('moons', 50, 0)) {
      expect(c === 0 ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5)).toBeCloseTo(1, 12);
    }
    for (const [x, y] of rowsOf('sine', 50, 0)) expect(y).toBeCloseTo(Math.sin(x), 12);
    for (const [x, y, c] of rowsOf('gaussians', 50, 0)) expect([x, y]).toEqual(c === 0 ? [-1, -1] : [1, 1]);
    for (const [x, y] of rowsOf('spirals', 50, 0)) expect(Math.hypot(x, y)).toBeLessThanOrEqual(1);
    expect(rowsOf('sine', 3, 0).map(([x]) => x)).toEqual([-Math.PI, 0, Math.PI]);
  });

  it('has the noise it is given, on both coordinates', () => {
    const count = 4000;
    const exact = rowsOf('gaussians', count, 0);
    const noisy = rowsOf('gaussians', count, 0.2);
    for (const axis of [0, 1]) {
      const drawn = noisy.map((row, n) => row[axis] - exact[n][axis]);
      const mean = drawn.reduce((sum, one) => sum + one, 0) / count;
      const variance = drawn.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / count;
      expect(Math.abs(mean)).toBeLessThan(0.01);
      expect(Math.abs(variance - 0.04)).toBeLessThan(0.004);
    }
  });
});
