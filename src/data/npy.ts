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

type Read = (view: DataView, at: number, isLittle: boolean) => number;

/** The element types of the format: bytes of each, and how it is read. */
const types: Readonly<Record<string, readonly [bytes: number, read: Read]>> = {
  b1: [1, (view, at) => Number(view.getUint8(at) !== 0)],
  u1: [1, (view, at) => view.getUint8(at)],
  i1: [1, (view, at) => view.getInt8(at)],
  u2: [2, (view, at, isLittle) => view.getUint16(at, isLittle)],
  i2: [2, (view, at, isLittle) => view.getInt16(at, isLittle)],
  u4: [4, (view, at, isLittle) => view.getUint32(at, isLittle)],
  i4: [4, (view, at, isLittle) => view.getInt32(at, isLittle)],
  u8: [8, (view, at, isLittle) => Number(view.getBigUint64(at, isLittle))],
  i8: [8, (view, at, isLittle) => Number(view.getBigInt64(at, isLittle))],
  f2: [2, half],
  f4: [4, (view, at, isLittle) => view.getFloat32(at, isLittle)],
  f8: [8, (view, at, isLittle) => view.getFloat64(at, isLittle)],
};

/** A number of 16 bits, IEEE 754 binary16: widened to 32 bits, where it is the same number. */
function half(view: DataView, at: number, isLittle: boolean): number {
  const bits = view.getUint16(at, isLittle);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15;
  if (exponent === 0) return ((sign === 1 ? -1 : 1) * fraction) / 0x1000000;
  wide.setUint32(0, (sign << 31) | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13));
  return wide.getFloat32(0);
}
const wide = new DataView(new ArrayBuffer(4));

const magic = [0x93, ...'NUMPY'].map((one) => (typeof one === 'string' ? one.charCodeAt(0) : one));
/** In bytes: the longest header that is read; NumPy writes 118 for an ordinary array. */
const longestHeader = 1 << 16;

/** Whether a file begins like `.npy`; its first 4 bytes are enough. */
export const looksLikeNpy = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && magic.slice(0, bytes.length).every((byte, at) => bytes[at] === byte);

/**
 * A reader (see `readFrom`) of an unpacked `.npy` file, NumPy’s format for one array (NEP 1; versions 1 to 3): the first dimension
 * makes the rows, the others the columns `p1`, `p2`, …. An array of one dimension has one column, `class` where its numbers are
 * whole; a single number is a table of one row. Read twice, as IDX is. Whole numbers beyond 2^53 are refused.
 */
export function* readNpy(): FileReading<TableReading> {
  const { head, length } = yield* headAndLength(longestHeader);
  const array = arrayOf(head);
  if (typeof array === 'string') return failed(array);
  const wrong = arrayFault(array, length);
  if (wrong !== undefined) return failed(wrong);
  return yield* readArray(array);
}

/** What a file's first bytes say of it, or why it cannot be read. */
function arrayOf(bytes: Uint8Array): NumberArray | string {
  if (bytes.length < 10 || !magic.every((byte, at) => bytes[at] === byte))
    return 'this is no .npy file: it does not begin as numpy.save writes it';
  const version = bytes[6];
  if (version < 1 || version > 3)
    return `the file is of version ${version} of .npy; versions 1 to 3 are read`;
  const isLong = version > 1;
  const view = dataViewOf(bytes);
  if (isLong && bytes.length < 12) return cutInHeader;
  const start = isLong ? 12 + view.getUint32(8, true) : 10 + view.getUint16(8, true);
  if (start > longestHeader) return `the file announces a header of ${start} bytes; no array needs so many`;
  if (bytes.length < start) return cutInHeader;
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(
    bytes.subarray(isLong ? 12 : 10, start),
  );
  return arrayIn(text, start);
}

const cutInHeader = 'the file is cut off: it ends before it has told its shape';

/** What a header says: the text of a Python dictionary, of which three entries count. */
function arrayIn(header: string, start: number): NumberArray | string {
  const entry = (name: string, value: string) =>
    new RegExp(`^\\s*\\{.*["']${name}["']\\s*:\\s*${value}.*\\}\\s*$`, 's').exec(header)?.[1];
  if (entry('descr', '(\\[)') !== undefined)
    return 'its entries are records of several fields; save each field as an array of its own';
  const type = entry('descr', `["']([^"']*)["']`);
  const order = entry('fortran_order', '(True|False)');
  const sizes = entry('shape', '\\(([\\d\\s,]*)\\)');
  if (type === undefined || order === undefined || sizes === undefined)
    return 'its header cannot be read; it tells no type, order and shape as numpy.save writes them';
  const found = /^([<>|])([a-zA-Z]\d+)$/.exec(type);
  const known = found !== null && Object.hasOwn(types, found[2]) ? types[found[2]] : undefined;
  if (found === null || known === undefined) return typeFault(type);
  const shape = sizes.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (shape.length > mostDimensions)
    return `the file announces ${shape.length} dimensions; it can have ${mostDimensions} at most`;
  if (!shape.every(Number.isSafeInteger))
    return `the file announces a size that no file has: (${sizes.slice(0, 60)})`;
  const [size, read] = known;
  const isLittle = found[1] === '<';
  const isWhole = found[2][0] !== 'f';
  return {
    shape: shape.length === 0 ? [1] : shape,
    start,
    size,
    read: (view, at) => read(view, at, isLittle),
    areBytes: size === 1 && found[2] !== 'i1',
    isWhole,
    isColumnMajor: order === 'True',
    single: isWhole ? 'class' : 'p1',
  };
}

/** Why a type cannot be read. */
function typeFault(type: string): string {
  if (/O/.test(type))
    return 'it holds Python objects, which only a program can unpack (pickle); save an array of numbers';
  const kind = /^[<>|=]?c/.test(type) ? 'complex numbers' : `entries of type ${type.slice(0, 40)}`;
  return `it holds ${kind}; there are ${Object.keys(types).join(', ')}, as in array.astype("f8")`;
}
