import type { FileReading } from './file-reading.ts';
import { Numbers, tooMany } from './numbers.ts';
import { failed, mostColumns, plainNames, type TableReading } from './table.ts';

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
/** Dimensions of a file; images with several colours have four. */
const mostDimensions = 8;

/**
 * Whether a file begins like IDX: two zeros, an element type, a number of dimensions. Fewer than its first 4 bytes never do.
 */
export const looksLikeIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 && bytes[0] === 0 && bytes[1] === 0 && Object.hasOwn(types, bytes[2]) && bytes[3] > 0;

/** What a file says about its contents. */
interface Header {
  readonly shape: readonly number[];
  readonly type: number;
  /** The position, in bytes, of the first number. */
  readonly start: number;
}

/**
 * A reader (see `readFrom`) of unpacked IDX, the format of MNIST (Y. LeCun): the first dimension makes the rows, the others
 * the columns `p1`, `p2`, …. A file of one dimension, such as labels, has one column `class`. The file is read twice, so that
 * no memory is reserved for numbers that it announces but does not have.
 */
export function* readIdx(): FileReading<TableReading> {
  let head: Uint8Array = new Uint8Array(0);
  let length = 0;
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    if (length < longestHeader) head = joined(head, piece.slice(0, longestHeader - length));
    length += piece.length;
  }
  const header = headerOf(head);
  if (typeof header === 'string') return failed(header);
  const wrong = faultIn(header, length);
  return wrong === undefined ? yield* numbersOf(header) : failed(wrong);
}

const longestHeader = 4 + 4 * mostDimensions;

/** The header in a file's first bytes, or why there is none. */
function headerOf(bytes: Uint8Array): Header | string {
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
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { shape: Array.from({ length: rank }, (_, d) => view.getUint32(4 + 4 * d)), type, start };
}

const product = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);

/** What is wrong with a file of this header and this length in bytes; undefined where nothing is. */
function faultIn({ shape, type, start }: Header, length: number): string | undefined {
  const total = product(shape);
  const announced = shape.join(' × ');
  const whole = start + total * types[type][0];
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
  return tooMany(total, type === unsignedByte);
}

function* numbersOf({ shape, type, start }: Header): FileReading<TableReading> {
  const rows = shape[0];
  const width = product(shape.slice(1));
  const columns = shape.length === 1 ? ['class'] : plainNames(width, 'p');
  const numbers = Numbers.of(rows * width, type === unsignedByte);
  const [size, read] = types[type];
  let skipped = 0;
  /** The first bytes of a number that continues in the next piece. */
  let rest: Uint8Array = new Uint8Array(0);
  for (let piece = yield 'again'; piece !== undefined; piece = yield 'next') {
    const skips = Math.min(start - skipped, piece.length);
    skipped += skips;
    const bytes = joined(rest, piece.subarray(skips));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const whole = bytes.length - (bytes.length % size);
    for (let at = 0; at < whole; at += size) {
      const value = read(view, at);
      if (!Number.isFinite(value))
        return failed(`${placeText(numbers.size, width)} is ${value}; ${onlyFinite}`);
      numbers.add(value);
    }
    rest = bytes.slice(whole);
  }
  const values = numbers.kept;
  if (values === undefined) return failed('the file changed while it was read');
  return { table: { columns, rows, width, values } };
}

const onlyFinite = 'only finite numbers can be computed with';

const placeText = (n: number, width: number): string =>
  `number ${(n % width) + 1} of row ${Math.floor(n / width) + 1}`;

/** The bytes of `a`, then `b`; a view of `b`, not a copy, where `a` is empty. */
function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
