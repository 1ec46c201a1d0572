import type { FileReading } from './file-reading.ts';
import {
  arrayFault,
  dataViewOf,
  headAndLength,
  mostDimensions,
  type NumberArray,
  readArray,
} from './number-array.ts';
import { failed, type TableReading } from './table.ts';

/** The element types of the format: bytes of each, and how it is read (big-endian). */
const types: Readonly<
  Record<number, readonly [bytes: number, read: (view: DataView, at: number) => number]>
> = {
  8: [1, (view, at) => view.getUint8(at)],
  9: [1, (view, at) => view.getInt8(at)],
  11: [2, (view, at) => view.getInt16(at)],
  12: [4, (view, at) => view.getInt32(at)],
  13: [4, (view, at) => view.getFloat32(at)],
  14: [8, (view, at) => view.getFloat64(at)],
};
const unsignedByte = 8;

/**
 * Whether a file begins like IDX: two zeros, an element type, a number of dimensions. Fewer than its first 4 bytes never do.
 */
export const looksLikeIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && Object.hasOwn(types, bytes[2]) && bytes[3] > 0;

/**
 * A reader (see `readFrom`) of unpacked IDX, the format of MNIST (Y. LeCun): the first dimension makes the rows, the others
 * the columns `p1`, `p2`, …. A file of one dimension, such as labels, has one column `class`. The file is read twice, so that
 * no memory is reserved for numbers that it announces but does not have.
 */
export function* readIdx(): FileReading<TableReading> {
  const { head, length } = yield* headAndLength(longestHeader);
  const array = arrayOf(head);
  if (typeof array === 'string') return failed(array);
  const wrong = arrayFault(array, length);
  return wrong === undefined ? yield* readArray(array) : failed(wrong);
}

const longestHeader = 4 + 4 * mostDimensions;

/** What a file's first bytes say of it, or why they say nothing. */
function arrayOf(bytes: Uint8Array): NumberArray | string {
  if (!looksLikeIdx(bytes)) {
    const found = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return `this is no IDX file: it begins with the bytes ${found || '(none)'}, not with 00 00 08 03 or the like`;
  }
  const [, , type, rank] = bytes;
  if (rank > mostDimensions)
    return `the file announces ${rank} dimensions; it can have ${mostDimensions} at most`;
  const start = 4 + 4 * rank;
  if (bytes.length < start)
    return `the file is cut off: it announces ${rank} dimensions and ends before they are told`;
  const view = dataViewOf(bytes);
  const shape = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  const [size, read] = types[type];
  return { shape, start, size, read, areBytes: type === unsignedByte, single: 'class' };
}
