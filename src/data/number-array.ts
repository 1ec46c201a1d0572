import type { FileReading } from './file-reading.ts';
import { tooMany } from './numbers.ts';
import { failed, mostColumns, plainNames, type TableReading } from './table.ts';

/** The most dimensions of an array in a file; images with several colours have four. */
export const mostDimensions = 8;

/** Where the numbers of an array lie in a file of fixed-size numbers, and how they are read. */
export interface NumberArray {
  /** At least one size; the first counts the rows of the table, the product of the others is its width. */
  readonly shape: readonly number[];
  /** The position, in bytes, of the first number. */
  readonly start: number;
  /** Bytes of a number. */
  readonly size: number;
  /** The number at a position; what is not finite is refused. */
  readonly read: (view: DataView, at: number) => number;
  /** Whether all numbers are whole and from 0 to 255, by their type. */
  readonly areBytes: boolean;
  /** Whether the first index changes fastest (Fortran’s order), not the last one. */
  readonly isColumnMajor?: boolean;
  /** Whether all numbers are whole, by their type: beyond 2^53 − 1 they are no longer exact, and refused. */
  readonly isWhole?: boolean;
  /** The name of a single column, where the array has one dimension. */
  readonly single: string;
}

const product = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);

/** What is wrong with a file that announces such an array and has this length in bytes; undefined where nothing is. */
export function arrayFault(
  { shape, size, start, areBytes }: NumberArray,
  length: number,
): string | undefined {
  const total = product(shape);
  const announced = shape.join(' × ');
  const whole = start + total * size;
  if (total === 0) return `the file holds nothing: it announces ${announced} numbers`;
  if (length < whole) {
    const has = `${length} of ${whole} bytes`;
    return `the file is cut off: ${announced} numbers are announced, but only ${has} are there; fetch it again`;
  }
  if (length > whole)
    return `the file is ${length - whole} bytes longer than the ${announced} numbers that it announces`;
  const width = product(shape.slice(1));
  if (width > mostColumns)
    return `each of its ${shape[0]} rows has ${width} numbers; ${mostColumns} is the most that a row can have`;
  return tooMany(total, areBytes);
}

/**
 * A reader (see `readFrom`) of an array that `arrayFault` has found right: its columns are `single`, or `p1`, `p2`, … where it has
 * two dimensions or more.
 */
export function* readArray(array: NumberArray): FileReading<TableReading> {
  const { shape, start, size, read, areBytes, isColumnMajor = false, isWhole = false, single } = array;
  const rows = shape[0];
  const width = product(shape.slice(1));
  const columns = shape.length === 1 ? [single] : plainNames(width, 'p');
  const values = new (areBytes ? Uint8Array : Float64Array)(rows * width);
  const places = isColumnMajor ? columnMajorPlaces(shape) : undefined;
  let count = 0;
  let skipped = 0;
  /** The first bytes of a number that continues in the next piece. */
  let rest: Uint8Array = new Uint8Array(0);
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    const skips = Math.min(start - skipped, piece.length);
    skipped += skips;
    const bytes = joinedBytes(rest, piece.subarray(skips));
    const view = dataViewOf(bytes);
    const whole = bytes.length - (bytes.length % size);
    for (let at = 0; at < whole; at += size) {
      const value = read(view, at);
      const place = places?.() ?? count;
      if (!Number.isFinite(value))
        return failed(`${where(place, width)} is ${value}; only finite numbers can be computed with`);
      if (isWhole && !Number.isSafeInteger(value))
        return failed(`${where(place, width)} lies beyond 2^53 − 1, where whole numbers are no longer exact`);
      values[place] = value;
      count += 1;
    }
    rest = bytes.slice(whole);
  }
  if (count !== values.length) return failed('the file changed while it was read');
  return { table: { columns, rows, width, values } };
}

/** A number's place, from where it stands row by row, counted from 0. */
const where = (place: number, width: number): string =>
  `number ${(place % width) + 1} of row ${Math.floor(place / width) + 1}`;

/** Gives, call by call, where the numbers of an array in Fortran’s order stand row by row, counted from 0. */
function columnMajorPlaces(shape: readonly number[]): () => number {
  const index = shape.map(() => 0);
  const strides = shape.map((_, d) => product(shape.slice(d + 1)));
  let next = 0;
  return () => {
    const place = next;
    for (let d = 0; d < shape.length; d++) {
      index[d] += 1;
      next += strides[d];
      if (index[d] < shape[d]) break;
      next -= strides[d] * shape[d];
      index[d] = 0;
    }
    return place;
  };
}

/** A view of all bytes of an array of bytes. */
export const dataViewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The bytes of `a`, then `b`; a view of `b`, not a copy, where `a` is empty. */
export function joinedBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}

/** A file’s first bytes, at most `most`, and its length: the first of the two readings of an array. */
export function* headAndLength(most: number): FileReading<{ head: Uint8Array; length: number }> {
  let head: Uint8Array = new Uint8Array(0);
  let length = 0;
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    if (length < most) head = joinedBytes(head, piece.slice(0, most - length));
    length += piece.length;
  }
  return { head, length };
}
