import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, vi } from 'vitest';
import { idx } from '../../data/idx.testing.ts';
import { npy, zip } from '../../data/npy.testing.ts';
import { DataCells } from '../../formula/compile/data-cells.ts';
import { tablesBeside } from '../lesson-data.ts';
import { deviation, givenBy, made, mean, numbers } from './data-lines.testing.ts';
import { codeOf, type Tried, type TriedModel, tried } from './statements.testing.ts';

const [tables, digitsModel] = codeOf('90-the-formula-language.md', 'Data that are computed or read');

/** The digits as they stand in their file, row by row. */
const digits = gunzipSync(readFileSync('lessons/digits-8x8.csv.gz'))
  .toString()
  .trim()
  .split('\n')
  .filter((line) => /^\d/.test(line))
  .map((line) => line.split(',').map(Number));

/** Models that read files which are written to a folder for them. */
function withFiles(files: Readonly<Record<string, string | Uint8Array>>, line: string): TriedModel {
  const folder = mkdtempSync(join(tmpdir(), 'manual-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return tried(line, tablesBeside(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the page's section on computed data says of tables. */
export const tableTries: readonly Tried[] = [
  [
    'its columns make data',
    () => {
      const model = tried(`${tables}\nforward\n  y = x[1,1] + d[1,1] + t[1]`);
      expect(model.messages).toEqual([]);
      expect(['x', 'd', 't'].map((name) => model.shape(name))).toEqual([[200, 2], [8, 8], [10]]);
    },
  ],
  [
    '200 rows drawn with noise of deviation {number}`0.1` and seed 7',
    () => {
      const rows = (noise: number, seed: number) =>
        givenBy('given x = m[x1..x2]', `table m = moons(200, ${noise}, ${seed})`);
      const moved = rows(0.1, 7).map((one, at) => one - rows(0, 7)[at]);
      expect(moved).toHaveLength(400);
      expect(Math.abs(mean(moved))).toBeLessThan(0.025);
      expect(deviation(moved)).toBeCloseTo(0.1, 1.7);
      expect(rows(0.1, 8)).not.toEqual(rows(0.1, 7));
      expect(rows(0, 8)).toEqual(rows(0, 7));
    },
  ],
  [
    '`moons`, `circles`, `spirals`, `gaussians` and `xor` with the columns `x1`, `x2` and `class`; `sine` with `x` and `y`',
    () => {
      for (const name of ['moons', 'circles', 'spirals', 'gaussians', 'xor'])
        for (const [at, column] of ['x1', 'x2', 'class'].entries())
          expect(givenBy(`given q = m[${column}]`, `table m = ${name}(8, 0.1, 7)`)).toEqual(
            givenBy(`given q = m[${at + 1}]`, `table m = ${name}(8, 0.1, 7)`),
          );
      for (const column of ['x', 'y'])
        expect(givenBy(`given q = m[${column}]`, 'table m = sine(8, 0.1, 7)')).toHaveLength(8);
      expect(made('given q = m[3]', 'table m = sine(8, 0.1, 7)').isRunnable).toBe(false);
    },
  ],
  [
    'The classes, or the four corners of `xor`, take turns, so that any run of rows is balanced',
    () => {
      const inTurn = (kinds: readonly unknown[], count: number) => {
        expect(new Set(kinds.slice(0, count)).size).toBe(count);
        for (const [row, kind] of kinds.entries()) expect(kind).toEqual(kinds[row % count]);
      };
      for (const name of ['moons', 'circles', 'spirals', 'gaussians'])
        inTurn(givenBy('given c = m[class]', `table m = ${name}(11, 0.1, 7)`), 2);
      const corners = givenBy('given x = m[x1..x2]', 'table m = xor(11, 0, 7)');
      inTurn(
        Array.from({ length: 11 }, (_, row) => `${corners[2 * row]} ${corners[2 * row + 1]}`),
        4,
      );
    },
  ],
  [
    'without noise, four rows of `xor` are its truth table',
    () => {
      const rows = givenBy('given x = m[x1..class]', 'table m = xor(4, 0, 7)');
      expect(rows).toEqual([0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
    },
  ],
  [
    'numbers separated by commas, semicolons or tabs, with or without a line of names, packed with gzip or not',
    () => {
      for (const separator of [',', ';', '\t']) {
        for (const names of [['p', 'q'], []]) {
          const text = [names, [1, 2], [3, 4.5]]
            .filter((row) => row.length > 0)
            .map((row) => `${row.join(separator)}\n`)
            .join('');
          for (const content of [text, gzipSync(text)]) {
            const columns = names.length > 0 ? 'p..q' : '1..2';
            const model = withFiles(
              { 'd.csv': content },
              `table d = "d.csv"\ngiven x = d[${columns}]\nforward\n  y = 1`,
            );
            expect(model.values('x', 0)).toEqual([1, 2, 3, 4.5]);
          }
        }
      }
    },
  ],
  [
    'or a file in MNIST’s own format, IDX',
    () => {
      const images = idx(8, [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
      for (const content of [images, gzipSync(images)]) {
        const model = withFiles(
          { d: content },
          'table d = "d"\ngiven x = d[1..4] as 2 x 2\nforward\n  y = 1',
        );
        expect([model.shape('x'), model.values('x', 0)]).toEqual([
          [2, 2, 2],
          [1, 2, 3, 4, 5, 6, 7, 8],
        ]);
      }
    },
  ],
  [
    'an array that NumPy has saved, in a file of its own, `.npy`, or in an `.npz`, where its name may be left out if it is the only one',
    () => {
      const [W1, b1] = [npy('|i1', [2, 2], [1, 2, 3, 255]), npy('|u1', [2], [5, 6])];
      const files = {
        'W1.npy': W1,
        'W1.npy.gz': gzipSync(W1),
        'one.npz': zip({ 'x.npy': W1 }),
        'two.npz': zip({ 'W1.npy': W1, 'b1.npy': b1 }, 8),
      };
      const model = (name: string) =>
        withFiles(files, `table w = "${name}"\ngiven x = w[1..2]\nforward\n  y = 1`);
      for (const name of ['W1.npy', 'W1.npy.gz', 'one.npz', 'one.npz/x', 'two.npz/W1'])
        expect(model(name).values('x', 0), name).toEqual([1, 2, 3, -1]);
      expect(model('two.npz').messages).toEqual([
        expect.stringMatching(/^two\.npz: it holds W1, b1; write the one that is meant/),
      ]);
      expect(model('two.npz/W2').messages).toEqual([
        expect.stringMatching(/^two\.npz\/W2: there is no array W2 in it/),
      ]);
    },
  ],
  [
    'Its first dimension makes the rows, all others together the columns',
    () => {
      const numbers = Array.from({ length: 12 }, (_, n) => n);
      const line = 'table w = "w.npy"\nparam K = w[1..6] as 2 x 3\nforward\n  y = K[2,2,3]';
      const model = withFiles({ 'w.npy': npy('|u1', [2, 2, 3], numbers) }, line);
      expect([model.shape('K'), model.values('K', 0)]).toEqual([[2, 2, 3], numbers]);
    },
  ],
  [
    '`param W1 = w[1..3]` | weights that were trained elsewhere, to be stepped here; of a bias, an array of one dimension, `param b1 = b[1]`',
    () => {
      const model = withFiles(
        {
          'net.npz': zip({
            'W1.npy': npy('|u1', [3, 2], [1, 2, 3, 4, 5, 6], { isColumnMajor: true }),
            'b1.npy': npy('<f4', [3], [0, 0, 192, 63, 0, 0, 0, 0, 0, 0, 0, 63]),
          }),
        },
        `table w = "net.npz/W1"
         table b = "net.npz/b1"
         given x = [10, 1]
         param W1 = w[1..2]
         param b1 = b[1]
         forward
           y[j] = sum(i: W1[j,i] * x[i]) + b1[j]`,
      );
      expect(model.messages).toEqual([]);
      expect([model.shape('W1'), model.shape('b1')]).toEqual([[3, 2], [3]]);
      // By hand: the file has the columns 1 2 3 and 4 5 6.
      expect(model.values('y', 1)).toEqual([15.5, 25, 36.5]);
    },
  ],
  [
    'two files side by side, such as images and their labels',
    () => {
      const model = withFiles(
        {
          'images.gz': gzipSync(idx(8, [3, 1, 2], [1, 2, 3, 4, 5, 6])),
          'labels.gz': gzipSync(idx(8, [3], [7, 8, 9])),
        },
        'table d = "images.gz", "labels.gz"\ngiven x = d[1..3]\nforward\n  y = 1',
      );
      expect(model.values('x', 0)).toEqual([1, 2, 7, 3, 4, 8, 5, 6, 9]);
    },
  ],
  [
    'with so many columns',
    () => {
      const brought = (columns: number) =>
        made('given x = d[1..3]', 'table d = dropped "images", "labels" like 2 + 1', {
          images: `${numbers(columns, (n) => n + 1).join(',')}\n`,
          labels: '9\n',
        });
      expect(brought(2).values('x', 0)).toEqual([1, 2, 9]);
      expect(brought(3).messages.join()).toMatch(/images has 3 columns, but the line says 2/);
    },
  ],
  [
    'Until then a hundred rows of made-up numbers stand in for them, and the model can be stepped',
    () => {
      const model = tried(`
          table d = dropped "images", "labels" like 784 + 1
          sample x = d[1..784] / 255
          sample t = onehot(d[785], 0..9)
          forward
            y[k] = t[k] * x[1]`);
      expect(model.messages).toEqual([]);
      expect(model.program.model.samples?.count).toBe(100);
      expect(new Set(model.values('x')).size).toBeGreaterThan(100);
      expect(model.finished).toHaveLength(10);
    },
  ],
  [
    'only these rows',
    () => {
      const rows = givenBy('given x = d[1..64]', 'table d = "digits-8x8.csv.gz" rows 3..100');
      expect(rows).toEqual(digits.slice(2, 100).flatMap((row) => row.slice(0, 64)));
    },
  ],
  [
    'columns by number, or by name as in `moons[class]`: the first dimension counts the rows. Of a single column there is one number a row',
    () => {
      const table = 'table d = "digits-8x8.csv.gz"';
      const model = made('given x = d[2..4]', table);
      expect(model.shape('x')).toEqual([1797, 3]);
      expect(model.values('x', 0)).toEqual(digits.flatMap((row) => row.slice(1, 4)));
      for (const column of ['65', 'digit']) {
        expect(made(`given c = d[${column}]`, table).shape('c')).toEqual([1797]);
        expect(givenBy(`given c = d[${column}]`, table)).toEqual(digits.map((row) => row[64]));
      }
    },
  ],
  [
    'the same in samples, each in the shape of an image. A formula of the columns is computed for each number',
    () => {
      const line = 'table d = "digits-8x8.csv.gz"\nsample x = d[1..64] / 16 as 8 x 8';
      const model = tried(`${line}\nforward\n  y = x[2,3]`);
      expect(model.shape('x')).toEqual([8, 8]);
      for (const frame of [1, 2, 3]) {
        expect(model.values('x', frame)).toEqual(digits[frame - 1].slice(0, 64).map((one) => one / 16));
        expect(model.value('y', frame)).toBe(digits[frame - 1][10] / 16);
      }
    },
  ],
  [
    'ten numbers, a 1 at the one that the column says',
    () => {
      const ones = givenBy('given t = onehot(d[65], 0..9)', 'table d = "digits-8x8.csv.gz"');
      expect(ones).toEqual(digits.flatMap((row) => numbers(10, (n) => Number(n === row[64]))));
    },
  ],
  [
    'the same for classes that are no run of numbers: a 1 at the place of the one that the column says',
    () => {
      const coins = withFiles(
        { 'coins.csv': 'worth\n5\n10\n1\n5\n' },
        'table d = "coins.csv"\ngiven t = onehot(d[worth], [1, 5, 10])\nforward\n  y = 1',
      );
      const ones = coins.values('t');
      expect(ones).toEqual([...[0, 1, 0], ...[0, 0, 1], ...[1, 0, 0], ...[0, 1, 0]]);
    },
  ],
  [
    'of sample data about a million numbers are computed before the model runs, and beyond them only the rows of an iteration',
    () => {
      const read = vi.spyOn(DataCells.prototype, 'read');
      const rows = () => read.mock.calls.splice(0).map(([row]) => row + 1);
      try {
        const large = (count: number) =>
          tried(
            `table d = dropped "images" like 784 rows 1..${count}\nsample x = d[1..784] / 255\nbatch n = 3\nforward\n  y = x[1]`,
          );
        const model = large(3000);
        expect(model.isRunnable).toBe(true);
        // Claims are checked on a compilation of their own.
        expect(Math.max(...rows())).toBeLessThanOrEqual(2 ** 20 / 784);
        model.value('y[3]', 700);
        expect(Math.max(...rows())).toBe(2100);
        const small = large(500);
        expect(Math.max(...rows())).toBe(500);
        small.value('y[3]', 100);
        expect(rows()).toEqual([]);
      } finally {
        read.mockRestore();
      }
    },
  ],
  [
    'lines that begin with `#`',
    () => {
      const files = { 'd.csv': '# Measured by hand, 1 + 2\n1,2\n# 7,8\n3,4\n' };
      const model = made('given x = d[1..2]', 'table d = "d.csv"', files);
      expect(model.values('x', 0)).toEqual([1, 2, 3, 4]);
    },
  ],
  [
    'Here are 1,797 handwritten digits, and the smallest network that learns to read them, a layer of ten units',
    () => {
      const model = tried(digitsModel);
      expect(model.program.model.samples?.count).toBe(1797);
      expect(model.shape('z')).toEqual([20, 10]);
      const weights = model.values('W', 90);
      const right = digits.filter((row) => {
        const z = numbers(10, (k) =>
          row.slice(0, 64).reduce((sum, x, i) => sum + weights[64 * k + i] * x, 0),
        );
        return z.indexOf(Math.max(...z)) === row[64];
      });
      expect(right.length / digits.length).toBeGreaterThan(0.9);
    },
  ],
  [
    'At first it gives every digit the same probability',
    () => {
      const model = tried(digitsModel);
      expect(new Set(model.values('p'))).toEqual(new Set([0.1]));
      for (const sample of [1, 20]) expect(model.value(`L[${sample}]`)).toBeCloseTo(Math.log(10), 14);
      expect(Math.log(10).toFixed(5)).toBe('2.30259');
    },
  ],
];
