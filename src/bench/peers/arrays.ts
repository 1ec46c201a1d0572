/**
 * A copy of an array of some shape, row by row, with its dimensions reordered: `order` gives, for each new dimension, the old one
 * (from 0).
 */
export function permuted(
  numbers: ArrayLike<number>,
  shape: readonly number[],
  order: readonly number[],
): Float64Array {
  const strides = shape.map((_, d) => shape.slice(d + 1).reduce((product, n) => product * n, 1));
  const result = new Float64Array(numbers.length);
  const cell = new Array<number>(shape.length).fill(0);
  for (let at = 0; at < result.length; at++) {
    let from = 0;
    for (let d = 0; d < order.length; d++) from += cell[d] * strides[order[d]];
    result[at] = numbers[from];
    for (let d = order.length - 1; d >= 0; d--) {
      if (++cell[d] < shape[order[d]]) break;
      cell[d] = 0;
    }
  }
  return result;
}

/**
 * A copy of a matrix, row by row, transposed; `rows` is its number of rows before. Turns weights [unit, input] into [input,
 * unit].
 */
export const transposed = (numbers: ArrayLike<number>, rows: number): Float64Array =>
  permuted(numbers, [rows, numbers.length / rows], [1, 0]);

/** The samples of a batch copied into one array, one after the other. */
export function joined(rows: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(rows.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
