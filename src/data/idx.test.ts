import { describe, expect, it } from 'vitest';
import { bytePieces, readFrom } from './file-reading.ts';
import { idx, images, labels } from './idx.testing.ts';
import * as format from './idx.ts';
import { sideBySide, type Table } from './table.ts';

const readIdx = (file: Uint8Array, size?: number) => readFrom(format.readIdx(), () => bytePieces(file, size));

const message = (bytes: Uint8Array) => readIdx(bytes).faults?.[0].message;
describe('an IDX file', () => {
  it('has images as rows of bytes', () => {
    const { table } = readIdx(images);
    expect(table).toMatchObject({ rows: 3, width: 4, columns: ['p1', 'p2', 'p3', 'p4'] });
    expect(table?.values).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255));
  });

  it.each([
    [9, [-1, 127], [0xff, 0x7f]],
    [11, [-2, 258], [0xff, 0xfe, 0x01, 0x02]],
    [12, [-2, 16909060], [0xff, 0xff, 0xff, 0xfe, 1, 2, 3, 4]],
    [13, [1.5, -0.25], [0x3f, 0xc0, 0, 0, 0xbe, 0x80, 0, 0]],
    [14, [0.1, 1], [0x3f, 0xb9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9a, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0]],
  ])('has elements of type %i, the highest byte first', (type, wanted, data) => {
    const file = idx(type, [2], data);
    const { table } = readIdx(file);
    expect(table).toEqual({ columns: ['class'], rows: 2, width: 1, values: Float64Array.from(wanted) });
    // Wherever it is cut into pieces.
    for (let size = 1; size <= file.length; size++) expect(readIdx(file, size).table).toEqual(table);
  });

  it('is read from the middle of a buffer too', () => {
    const padded = Uint8Array.of(9, 9, 9, ...labels);
    expect(readIdx(padded.subarray(3)).table?.values).toEqual(Uint8Array.of(7, 0, 9));
  });

  it('joins with another of as many rows', () => {
    const tables = [images, labels].map((bytes) => readIdx(bytes).table as Table);
    const { table } = sideBySide(tables);
    expect(table).toMatchObject({ rows: 3, width: 5, columns: ['p1', 'p2', 'p3', 'p4', 'class'] });
    expect(table?.values).toEqual(Uint8Array.of(1, 2, 3, 4, 7, 5, 6, 7, 8, 0, 9, 10, 11, 255, 9));
    const fewer = readIdx(idx(8, [2], [1, 2])).table as Table;
    expect(sideBySide([tables[0], fewer]).faults?.[0].message).toBe(
      'one file has 3 rows, another 2; they must belong together',
    );
  });
});

describe('what is wrong with an IDX file is told', () => {
  it.each([
    [
      images.subarray(0, 20),
      'the file is cut off: 3 × 2 × 2 numbers are announced, but only 20 of 28 bytes are there; fetch it again',
    ],
    [images.subarray(0, 9), 'the file is cut off: it announces 3 dimensions and ends before they are told'],
    [
      images.subarray(0, 2),
      'this is no IDX file: it begins with the bytes 00 00, not with 00 00 08 03 or the like',
    ],
    [
      new Uint8Array(0),
      'this is no IDX file: it begins with the bytes (none), not with 00 00 08 03 or the like',
    ],
    [
      Uint8Array.of(0, 0, 10, 1, 0, 0, 0, 1, 5),
      'this is no IDX file: it begins with the bytes 00 00 0a 01, not with 00 00 08 03 or the like',
    ],
    [Uint8Array.of(...labels, 1, 2), 'the file is 2 bytes longer than the 3 numbers that it announces'],
    [idx(8, [0, 28, 28], []), 'the file holds nothing: it announces 0 × 28 × 28 numbers'],
    [
      idx(8, [0xffffffff, 0xffffffff, 0xffffffff], [1]),
      /^the file is cut off: 4294967295 × 4294967295 × 4294967295/,
    ],
    [
      Uint8Array.of(0, 0, 8, 255, ...new Array(1020).fill(255)),
      'the file announces 255 dimensions; it can have 8 at most',
    ],
    [idx(8, [0xffffffff, 0, 0xffffffff], []), /^the file holds nothing: it announces 4294967295 × 0 ×/],
    [
      idx(8, [1, 250_001], new Array(250_001).fill(1)),
      'each of its 1 rows has 250001 numbers; 250000 is the most that a row can have',
    ],
    [idx(13, [1], [0x7f, 0xc0, 0, 0]), 'number 1 of row 1 is NaN; only finite numbers can be computed with'],
    [
      idx(14, [1, 2], [0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xf0, 0, 0, 0, 0, 0, 0]),
      /^number 2 of row 1 is -Infinity/,
    ],
  ])('%#', (bytes, wanted) => expect(message(bytes)).toMatch(wanted));
});
