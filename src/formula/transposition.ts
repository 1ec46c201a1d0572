import { sizeOf } from './model.ts';
import type { SampleRows } from './rows.ts';

/** The shape with its last two dimensions swapped. */
export const transposedShape = (shape: readonly number[]): readonly number[] => [
  ...shape.slice(0, -2),
  ...shape.slice(-2).reverse(),
];

/**
 * Where an entry goes when the last two dimensions of an array of this shape, two at least, are swapped: both positions are row
 * by row, from 0.
 */
export function transposedPosition(shape: readonly number[]): (flat: number) => number {
  const [height, width] = shape.slice(-2);
  return (flat) => {
    const inside = flat % (height * width);
    return flat - inside + (inside % width) * height + Math.floor(inside / width);
  };
}

/** Samples of this shape with their last two dimensions swapped; those that are computed on demand still are. */
export function transposedRows(rows: SampleRows, shape: readonly number[]): SampleRows {
  const { source } = rows;
  if (!(source instanceof Float64Array)) return { ...rows, source: { ...source, transposed: shape } };
  const numbers = new Float64Array(source.length);
  const position = transposedPosition(shape);
  const size = sizeOf(shape);
  source.forEach((value, n) => {
    numbers[n - (n % size) + position(n % size)] = value;
  });
  return { ...rows, source: numbers };
}
