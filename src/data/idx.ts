import { failed, mostValues, plainNames, type TableReading } from './table.ts';

/** The element types of the format: how many bytes each takes, and how it is read; bytes are taken as they are. */
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

/** Whether a file begins as IDX does: two zeros, an element type, a number of dimensions. */
export const looksLikeIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && Object.hasOwn(types, bytes[2]) && bytes[3] > 0;

/**
 * Reads MNIST's own format: the first dimension makes the rows, the others the columns. A file of one dimension, such
 * as labels, has one column, `class`. Unsigned bytes are not copied: the table looks into `bytes`.
 */
export function readIdx(bytes: Uint8Array): TableReading {
  if (!looksLikeIdx(bytes)) {
    const found = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return failed(
      `this is no IDX file: it begins with the bytes ${found || '(none)'}, not with 00 00 08 03 or the like`,
    );
  }
  const rank = bytes[3];
  const header = 4 + 4 * rank;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < header) {
    return failed(`the file is cut off: it announces ${rank} dimensions and ends before they are told`);
  }
  const shape = Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d));
  const total = shape.reduce((product, size) => product * size, 1);
  const announced = shape.join(' × ');
  if (total === 0) return failed(`the file holds nothing: it announces ${announced} numbers`);
  const [size, read] = types[bytes[2]];
  const missing = header + total * size - bytes.length;
  if (missing > 0) {
    const has = `${bytes.length} of ${header + total * size} bytes`;
    return failed(
      `the file is cut off: ${announced} numbers are announced, but only ${has} are there; fetch it again`,
    );
  }
  if (missing < 0) {
    return failed(`the file is ${-missing} bytes longer than the ${announced} numbers that it announces`);
  }
  if (total > mostValues) return failed(`${announced} numbers are too many`);
  const [rows] = shape;
  const width = total / rows;
  const columns = rank === 1 ? ['class'] : plainNames(width, 'p');
  if (bytes[2] === unsignedByte) {
    return { table: { columns, rows, width, values: bytes.subarray(header) } };
  }
  const values = new Float64Array(total);
  for (let n = 0; n < total; n++) {
    values[n] = read(view, header + n * size);
    if (Number.isFinite(values[n])) continue;
    const [row, column] = [Math.floor(n / width) + 1, (n % width) + 1];
    return failed(`number ${column} of row ${row} is ${values[n]}; only finite numbers can be computed with`);
  }
  return { table: { columns, rows, width, values } };
}
