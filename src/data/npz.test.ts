import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uniform } from '../number/random.ts';
import { readFile, readUnpacked } from './file.ts';
import { bytePieces, readFrom } from './file-reading.ts';
import { npy, zip } from './npy.testing.ts';
import { readNpz } from './npz.ts';

const arrays = {
  'W1.npy': npy('|u1', [2, 3], [1, 2, 3, 4, 5, 6]),
  'layer.b.npy': npy('<f4', [1], [0, 0, 192, 63]),
  'notes.txt': Uint8Array.of(1),
};
const read = (name: string, file: Uint8Array) => readUnpacked(name, file);
const message = (name: string, file: Uint8Array) => read(name, file).faults?.[0].message;

describe('an .npz file', () => {
  it.each([0, 8])('has arrays by their names, packed by method %i', (method) => {
    const file = zip(arrays, method);
    expect(read('w.npz/W1', file).table).toMatchObject({
      rows: 2,
      width: 3,
      values: Uint8Array.of(1, 2, 3, 4, 5, 6),
    });
    expect(read('w.npz/layer.b', file).table?.values).toEqual(Float64Array.of(1.5));
    for (let size = 1; size <= file.length; size += 7)
      expect(readFrom(readNpz('W1'), () => bytePieces(file, size))).toEqual(read('w.npz/W1', file));
  });

  it('needs no name for its only array, and is read in the page as on the command line', async () => {
    const file = zip({ 'x.npy': arrays['W1.npy'] }, 8);
    expect(read('w.npz', file).table?.rows).toBe(2);
    const shares: number[] = [];
    expect(await readFile('w.npz/x', file, { progress: (share) => shares.push(share) })).toEqual(
      read('w.npz', file),
    );
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('reads what NumPy writes, stored or packed', ({ skip }) => {
    if (spawnSync('python3', ['-c', 'import numpy']).status !== 0) skip('needs python3 with NumPy');
    const folder = mkdtempSync(join(tmpdir(), 'npz-'));
    try {
      const program = `
import numpy
arrays = {"W1": numpy.arange(300000.0).reshape(600, 500) / 7, "b1": numpy.arange(600)}
numpy.savez("stored.npz", **arrays)
numpy.savez_compressed("packed.npz", **arrays)`;
      execFileSync('python3', ['-c', program], { cwd: folder });
      for (const name of ['stored.npz', 'packed.npz']) {
        const file = readFileSync(join(folder, name));
        const { table } = read(`${name}/W1`, file);
        expect([table?.rows, table?.width]).toEqual([600, 500]);
        expect(table?.values.every((value, n) => value === n / 7)).toBe(true);
        expect(read(`${name}/b1`, file).table?.values[599]).toBe(599);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('what is wrong with an .npz file is told', () => {
  const file = zip(arrays, 8);
  const text = new TextEncoder();
  it.each([
    ['w.npz', file, 'it holds W1, layer.b; write the one that is meant, as in "weights.npz/W1"'],
    ['w.npz/W2', file, /^there is no array W2 in it; it holds W1, layer\.b; /],
    ['w.npz/__proto__', file, /^there is no array __proto__ in it/],
    ['w.npz', zip({ 'a.txt': Uint8Array.of(1) }), 'it holds no array: no file in it is called .npy'],
    ['w.npz', zip({}), /^it holds no array/],
    ['w.npz/W1', file.subarray(0, -1), /^this is no whole zip file/],
    ['w.npz', text.encode('<html>not found</html>'), /^this is no whole zip file/],
    ['w.npz/W1', zip(arrays, 0, 1), 'what is in it is encrypted'],
    ['w.npz/W1', zip(arrays, 12), /^what is in it is packed in a way that is not read \(12\)/],
    ['w.npz', zip({ 'x.npy': text.encode('no array at all') }), /^this is no \.npy file/],
    ['w.npz', zip({ 'x.npy': npy('|O', [1], [1]) }), /^it holds Python objects/],
  ])('%s %#', (name, bytes, wanted) => expect(message(name, bytes)).toMatch(wanted));

  it('wherever a byte is wrong or missing: the numbers are right, or there is a fault', () => {
    const right = read('w.npz/W1', file).table?.values;
    for (let seed = 1; seed <= 600; seed++) {
      const draw = (n: number, below: number) => Math.floor(uniform(seed, n, 0) * below);
      const bytes = file.slice(0, seed % 3 === 0 ? draw(3, file.length) : file.length);
      if (seed % 3 !== 0) bytes[draw(1, bytes.length)] ^= 1 << draw(2, 8);
      const { table, faults } = read('w.npz/W1', bytes);
      if (table === undefined) expect(faults?.[0].message, `seed ${seed}`).toMatch(/^\S[^\0]{5,399}$/u);
      // What the checksum covers cannot be wrong; the damage then lies elsewhere.
      else expect(table.values, `seed ${seed}`).toEqual(right);
    }
  });

  it('that it unpacks to more than can be read, and that its sizes are lies', () => {
    const large = new Uint8Array(5e6);
    large.set(npy('|u1', [5e6 - 80], []));
    const bomb = zip({ 'x.npy': large }, 8);
    expect(bomb.length).toBeLessThan(1e4);
    // The unpacked size in the directory, at 24 of its only entry.
    const claimed = (size: number) => {
      const entry = bomb.length - 22 - 46 - 'x.npy'.length;
      new DataView(bomb.buffer).setUint32(entry + 24, size, true);
      return message('w.npz', bomb);
    };
    expect(claimed(513 * 2 ** 20)).toBe('the file has more than 512 MB, unpacked; leave rows or columns out');
    expect(claimed(100)).toBe('the file cannot be read; it may be cut off or damaged');
    expect(claimed(5e6 + 1)).toBe('the file cannot be read; it may be cut off or damaged');
  });
});
