import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUnpacked } from './file.ts';
import { bytePieces, readFrom } from './file-reading.ts';
import { npy } from './npy.testing.ts';
import { readNpy } from './npy.ts';

const read = (file: Uint8Array, size?: number) => readFrom(readNpy(), () => bytePieces(file, size));
const values = (file: Uint8Array) => [...(read(file).table?.values ?? [])];

describe('an .npy file', () => {
  it('has its first dimension as rows, and the others as columns', () => {
    const file = npy('|u1', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 255]);
    const table = { columns: ['p1', 'p2', 'p3', 'p4'], rows: 2, width: 4 };
    expect(read(file).table).toEqual({ ...table, values: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 255) });
    for (let size = 1; size <= file.length; size++) expect(read(file, size)).toEqual(read(file));
    for (const version of [2, 3])
      expect(read(npy('|u1', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 255], { version }))).toEqual(read(file));
    expect(readUnpacked('a.csv', file)).toEqual(read(file));
  });

  it('has one column where it has one dimension, one number where it has none', () => {
    expect(read(npy('|u1', [3], [7, 0, 9])).table).toMatchObject({ columns: ['class'], rows: 3, width: 1 });
    expect(read(npy('<f4', [1], [0, 0, 192, 63])).table).toMatchObject({ columns: ['p1'], rows: 1 });
    expect(values(npy('<f4', [], [0, 0, 192, 63]))).toEqual([1.5]);
  });

  it.each([
    ['|b1', [1, 0], [1, 0]],
    ['|i1', [-1, 127], [0xff, 0x7f]],
    ['<u2', [258, 1], [2, 1, 1, 0]],
    ['>u2', [513, 256], [2, 1, 1, 0]],
    ['>i2', [-2, 258], [0xff, 0xfe, 1, 2]],
    ['<i4', [-2], [0xfe, 0xff, 0xff, 0xff]],
    ['>u4', [4294967294], [0xff, 0xff, 0xff, 0xfe]],
    ['<i8', [-2], [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['<u8', [2 ** 53 - 1], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0]],
    ['<f2', [1.5, -(2 ** -24), 65504], [0, 0x3e, 1, 0x80, 0xff, 0x7b]],
    ['>f4', [1.5, -0.25], [0x3f, 0xc0, 0, 0, 0xbe, 0x80, 0, 0]],
    ['<f8', [0.1], [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f]],
  ])('has elements of type %s', (type, wanted, data) => {
    expect(values(npy(type, [wanted.length], data))).toEqual(wanted);
  });

  it('is turned round where its first index changes fastest', () => {
    const file = npy('|u1', [2, 3], [1, 4, 2, 5, 3, 6], { isColumnMajor: true });
    expect(values(file)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads what NumPy writes, in every type, order and byte order', ({ skip }) => {
    if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) skip('needs python3 with NumPy');
    const folder = mkdtempSync(join(tmpdir(), 'npy-'));
    try {
      const told = execFileSync('python3', ['-c', program], { cwd: folder, encoding: 'utf8' });
      const files = JSON.parse(told) as { name: string; rows: number; numbers: number[] }[];
      expect(files.length).toBeGreaterThan(100);
      for (const { name, rows, numbers } of files) {
        const { table, faults } = read(readFileSync(join(folder, name)));
        expect(faults, name).toBeUndefined();
        expect([table?.rows, [...(table?.values ?? [])]], name).toEqual([rows, numbers]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const program = `
import json, numpy
from numpy.lib import format
draw = numpy.random.default_rng(5)
told = []
for kind in "b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8".split():
    for order in "<>":
        for major in "CF":
            for shape in [(), (3,), (2, 3), (2, 3, 4)]:
                array = numpy.asarray(draw.integers(0, 2 if kind == "b1" else 100, shape) - (50 if kind[0] in "if" else 0))
                if kind[0] == "f": array = array / 7
                array = numpy.asarray(array.astype(order + kind), order=major)
                name = f"{len(told)}-{kind}.npy"
                with open(name, "wb") as file:
                    format.write_array(file, array, version=[(1, 0), (2, 0), (3, 0)][len(told) % 3])
                told.append({"name": name, "rows": shape[0] if shape else 1, "numbers": array.astype("f8").ravel(order="C").tolist()})
print(json.dumps(told))
`;

describe('what is wrong with an .npy file is told', () => {
  const plain = npy('|u1', [2, 2], [1, 2, 3, 4]);
  const headed = (text: string) => npy('', [], [1], { text });
  it.each([
    [plain.subarray(0, 8), 'this is no .npy file: it does not begin as numpy.save writes it'],
    [plain.subarray(0, 30), 'the file is cut off: it ends before it has told its shape'],
    [npy('|u1', [1], [1], { version: 2 }).subarray(0, 11), /ends before it has told its shape/],
    [plain.subarray(0, -1), /^the file is cut off: 2 × 2 numbers are announced, but only \d+ of \d+ bytes/],
    [Uint8Array.of(...plain, 9), 'the file is 1 bytes longer than the 2 × 2 numbers that it announces'],
    [npy('|u1', [1], [1], { version: 9 }), 'the file is of version 9 of .npy; versions 1 to 3 are read'],
    [npy('|O', [1], [1]), /^it holds Python objects, .*pickle/],
    [npy('<c16', [1], [1]), /^it holds complex numbers; there are b1, /],
    [npy('<U5', [1], [1]), /^it holds entries of type <U5/],
    [npy('|toString1', [1], [1]), /^it holds entries of type \|toString1/],
    [npy('|u1', [0, 3], []), 'the file holds nothing: it announces 0 × 3 numbers'],
    [npy('|u1', [1e15, 1e15], [1]), /^the file is cut off: 1000000000000000 × /],
    [npy('|u1', new Array(9).fill(1), [1]), 'the file announces 9 dimensions; it can have 8 at most'],
    [headed(`{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}`), /^its entries are records/],
    [headed(`{'descr': '|u1', 'shape': (1,)}`), /^its header cannot be read/],
    [headed('import os'), /^its header cannot be read/],
    [
      headed(`{'descr': '|u1', 'fortran_order': False, 'shape': (${'9'.repeat(400)}, 0)}`),
      /^the file announces a size that no file has/,
    ],
    [Uint8Array.of(...plain.subarray(0, 6), 2, 0, 255, 255, 255, 255), /header of 4294967307 bytes/],
    [npy('<f4', [1], [0, 0, 192, 127]), 'number 1 of row 1 is NaN; only finite numbers can be computed with'],
    [npy('<f2', [1, 2], [0, 0, 0, 0xfc]), /^number 2 of row 1 is -Infinity/],
    [
      npy('<i8', [2, 1], [...[0, 0, 0, 0, 0, 0, 0, 0], ...[1, 0, 0, 0, 0, 0, 0x20, 0]]),
      /^number 1 of row 2 lies beyond 2\^53 − 1/,
    ],
    [
      npy('<f4', [2, 2], [...new Array(8).fill(0), 0, 0, 192, 127, 0, 0, 0, 0], { isColumnMajor: true }),
      /^number 2 of row 1 is NaN/,
    ],
  ])('%#', (bytes, wanted) => expect(read(bytes).faults?.[0].message).toMatch(wanted));
});
