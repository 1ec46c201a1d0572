/**
 * Sample data: all samples there are. They are asked for one by one, so a large table of pixels is never written out
 * as doubles.
 */
export interface Rows {
  readonly count: number;
  /** Numbers in a sample. */
  readonly size: number;
  /** Writes a sample, counted from 0, into memory. */
  readonly read: (row: number, memory: Float64Array, offset: number) => void;
}

/** The samples of an array that holds them one after the other. */
export const rowsOf = (count: number, numbers: Float64Array): Rows => {
  const size = numbers.length / count;
  return {
    count,
    size,
    read: (row, memory, offset) => memory.set(numbers.subarray(row * size, (row + 1) * size), offset),
  };
};

/** One sample in an array of its own. */
export function rowAt({ size, read }: Rows, row: number): Float64Array {
  const numbers = new Float64Array(size);
  read(row, numbers, 0);
  return numbers;
}
