import { readRow, type SampleRows } from './rows.ts';

/**
 * The samples of an array that holds `count` of them, at least one and all of the same size, one after the other. The array is
 * kept, not copied.
 */
export const sampleRows = (count: number, numbers: Float64Array): SampleRows => ({
  count,
  size: numbers.length / count,
  source: numbers,
});

/**
 * All samples, one after the other, computed ones written out. The array may be that of `rows` itself: do not write to it.
 * Throws like `readRow`.
 */
export function allRows(rows: SampleRows): Float64Array {
  if (rows.source instanceof Float64Array) return rows.source;
  const numbers = new Float64Array(rows.count * rows.size);
  for (let row = 0; row < rows.count; row++) readRow(rows, row, numbers, row * rows.size);
  return numbers;
}
