import { describe, expect, it } from 'vitest';
import { readUnpacked } from '../../data/file.ts';
import { gaussian, streamOf, uniform } from '../../number/random.ts';
import type { Model, Quantity } from '../model.ts';
import { rowAt, type SampleRows } from '../rows.ts';
import { type Compilation, compileModel } from './compile.ts';
import { tablesIn } from './tables.ts';

const files: Record<string, string> = {
  'iris.csv': 'length,width,kind\n5.1,3.5,1\n4.9,3,1\n6.2,2.9,2\n',
  'plain.csv': '1,2,3,4,0\n5,6,7,8,9\n',
  'gap.csv': 'a,b\n1,2\n3,\n',
  'two.csv': '1\n2\n',
};
const tables = (name: string) =>
  name in files ? readUnpacked(name, new TextEncoder().encode(files[name])) : undefined;

const compile = (text: string): Compilation => compileModel(`${text}\nforward\n  y = 1 + 1`, { tables });

function model(text: string): Model {
  const { model, diagnostics } = compile(text);
  expect(diagnostics).toEqual([]);
  return model as Model;
}

const quantity = (text: string, name: string): Quantity => model(text).quantities.get(name) as Quantity;
const numbers = (text: string, name = 'x'): number[] => [...(quantity(text, name).numbers ?? [])];
const shape = (text: string, name = 'x') => quantity(text, name).shape;

const findings = (text: string): string[] =>
  compile(text).diagnostics.map(
    ({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`,
  );

describe('data that are computed', () => {
  it.each([
    ['given x = 1/3', [], [1 / 3]],
    ['given x[3] = 2 + 1', [3], [3, 3, 3]],
    ['given x[2,2] = sqrt(2)', [2, 2], [Math.SQRT2, Math.SQRT2, Math.SQRT2, Math.SQRT2]],
    ['given x[i=1..2,j=1..3] = 10*i + j', [2, 3], [11, 12, 13, 21, 22, 23]],
    ['given x[i=1..2,j=1..2] = [i = j]', [2, 2], [1, 0, 0, 1]],
    ['given x[2,j=1..2] = j^3', [2, 2], [1, 8, 1, 8]],
    ['given x[t=1..3] = sum(s=1..t: s)', [3], [1, 3, 6]],
    ['given x[t=1..3] = when(t > 1: t)', [3], [0, 2, 3]],
    ['given x[t=1..3] = argmax(s=1..3: [s = t])', [3], [1, 2, 3]],
    ['given x[t=1..3] = max(s=1..3: s*t) - stop(1)', [3], [2, 5, 8]],
    ['function f(z) = z + z\ngiven x[t=1..2] = f(f(t) * f(1))', [2], [8, 16]],
    ['given x[2] = -0.5', [2], [-0.5, -0.5]],
    ['given x = [1, 2, 3, 4] as 2 x 2', [2, 2], [1, 2, 3, 4]],
    ['given x = [[1, 2, 3, 4]] as 2x2x1', [1, 2, 2, 1], [1, 2, 3, 4]],
    ['param W = [[1, 2]]\ngiven x = 2 * 3 like W', [1, 2], [6, 6]],
    ['given x[3] = identity(2) : positive', [3], [2, 2, 2]],
  ])('%s', (text, wantedShape, wanted) => {
    expect(shape(text)).toEqual(wantedShape);
    expect(numbers(text)).toEqual(wanted);
  });

  it('draws for every cell, by seed and name alone', () => {
    const stream = streamOf('W');
    const cells = [0, 1, 2, 3, 4, 5];
    expect(numbers('param W[2,3] = normal(7)', 'W')).toEqual(cells.map((n) => gaussian(7, stream, n)));
    expect(numbers('param W[6] = 2*uniform(7) - 1', 'W')).toEqual(
      cells.map((n) => 2 * uniform(7, stream, n) - 1),
    );
    expect(numbers('param V[2,3] = normal(7)', 'V')).not.toEqual(numbers('param W[2,3] = normal(7)', 'W'));
    expect(numbers('param b = 1\nparam W[2,3] = normal(7)', 'W')).toEqual(
      numbers('param W[2,3] = normal(7)', 'W'),
    );
  });

  it('has the spread of the usual ways to begin', () => {
    const deviation = (text: string): number => {
      const found = numbers(`param x[100,100] = ${text}`);
      const mean = found.reduce((sum, one) => sum + one, 0) / found.length;
      expect(Math.abs(mean)).toBeLessThan(0.01);
      return Math.sqrt(found.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / found.length);
    };
    expect(deviation('gaussian(3, 0.5)')).toBeCloseTo(0.5, 2);
    expect(deviation('he(3, 50)')).toBeCloseTo(0.2, 2);
    expect(deviation('xavier(3, 60, 140)')).toBeCloseTo(0.1, 2);
    const limit = Math.sqrt(6 / 200);
    expect(numbers('param x[1000] = xavier(3, 60, 140)').every((one) => Math.abs(one) <= limit)).toBe(true);
  });

  it('may stand in any role but sample, and be read by formulas', () => {
    const text = 'param W[2,3] = he(1, 3)\nstate m = normal(2) like W\nrate eta = 1/8';
    const { quantities } = model(text);
    expect(['W', 'm', 'eta'].map((name) => quantities.get(name)?.role)).toEqual(['param', 'state', 'rate']);
    const read = compileModel(`${text}\nforward\n  s[j] = sum(i: W[j,i] * m[j,i])`);
    expect(read.model?.quantities.get('s')?.shape).toEqual([2]);
  });
});

describe('a table', () => {
  const iris = 'table iris = "iris.csv"\n';

  it.each([
    ['given x = iris[1..2]', [3, 2], [5.1, 3.5, 4.9, 3, 6.2, 2.9]],
    ['given x = iris[length..width] * 10', [3, 2], [51, 35, 49, 30, 62, 29]],
    ['given x = iris["kind"]', [3], [1, 1, 2]],
    ['given x = iris[3] : index', [3], [1, 1, 2]],
    ['given x = iris[1..2] - iris[2]', [3, 2], [1.6, 0, 1.9, 0, 3.3, 0].map((n) => expect.closeTo(n, 12))],
    ['given x = onehot(iris[kind], 1..2)', [3, 2], [1, 0, 1, 0, 0, 1]],
    ['given x = onehot(iris[kind], [2, 7, 1])', [3, 3], [0, 0, 1, 0, 0, 1, 1, 0, 0]],
    ['given x = onehot(iris[2], [3.5, 3, 2.9])', [3, 3], [1, 0, 0, 0, 1, 0, 0, 0, 1]],
    ['given x = 2 * onehot(-iris[kind] + 1, [0, -1])', [3, 2], [2, 0, 2, 0, 0, 2]],
    ['given x = 0.8 * onehot(iris[kind] - 1, 0..1) + 0.1', [3, 2], [0.9, 0.1, 0.9, 0.1, 0.1, 0.9]],
    ['table few = "iris.csv" rows 2..3\ngiven x = few[1]', [2], [4.9, 6.2]],
    ['table p = "plain.csv"\ngiven x = p[1..4] as 2 x 2', [2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]],
    ['table b = "two.csv", "plain.csv"\ngiven x = b[1..3]', [2, 3], [1, 1, 2, 2, 5, 6]],
    ['table g = xor(4, 0, 1)\ngiven x = g[x1..x2]', [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]],
  ])('%s', (line, wantedShape, wanted) => {
    expect(shape(iris + line)).toEqual(wantedShape);
    expect(numbers(iris + line)).toEqual(wanted);
  });

  it('gives a line that is all onehot its domain', () => {
    expect(quantity(`${iris}given x = onehot(iris[3], 1..2)`, 'x').domain).toBe('onehot');
    expect(quantity(`${iris}given x = onehot(iris[3], [1, 2])`, 'x').domain).toBe('onehot');
    expect(quantity(`${iris}given x = 2 * onehot(iris[3], 1..2)`, 'x').domain).toBeUndefined();
  });

  it('that the reader brings has made-up rows until it is there', () => {
    const text =
      'table m = dropped "images", "labels" like 4 + 1 rows 1..20\ngiven x = m[1..4] / 255\ngiven t = onehot(m[5], 0..9)';
    expect(shape(text)).toEqual([20, 4]);
    expect(shape(text, 't')).toEqual([20, 10]);
    expect(model(text).awaited).toEqual(['images', 'labels']);
    const there = 'table m = dropped "plain.csv" like 5\ngiven x = m[1..4]';
    expect(model(there).awaited).toEqual([]);
    expect(numbers(there)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('of samples is read row by row, and if it is large only then', () => {
    const sample = quantity(`${iris}sample x = iris[1..2] * 10`, 'x');
    expect([sample.shape, sample.rows?.count]).toEqual([[2], 3]);
    expect(rowAt(sample.rows as SampleRows, 1)).toEqual(Float64Array.of(49, 30));
    const large = 'table m = dropped "a" like 1000 rows 1..2000\nsample x = m[1..1000] / 255 as 50 x 20';
    const { rows, shape } = quantity(large, 'x');
    expect([shape, rows?.count, rows?.source instanceof Float64Array]).toEqual([[50, 20], 2000, false]);
    // A model goes to another thread, and must give the same numbers there.
    const { rows: there } = structuredClone(model(large)).quantities.get('x') as Quantity;
    const row = rowAt(rows as SampleRows, 1999);
    expect(rowAt(there as SampleRows, 1999)).toEqual(row);
    expect(
      row.every((one) => one >= 0 && one <= 1 && Number.isInteger(Math.round(one * 255 * 1e9) / 1e9)),
    ).toBe(true);
    expect(new Set(row).size).toBeGreaterThan(50);
  });

  it('tells which files it needs, before anything is compiled', () => {
    const text =
      'table a = "a.csv", "b.gz"\n table d = dropped "c" like 3\ntable e = "a.csv" rows 1..2\ntable m = moons(9, 0, 1)\n';
    expect(tablesIn(text)).toEqual([
      { name: 'a.csv', awaited: false },
      { name: 'b.gz', awaited: false },
      { name: 'c', awaited: true, width: 3 },
    ]);
    expect(tablesIn('given x = 1\nforward\n y = x')).toEqual([]);
  });
});

describe('what is wrong with data is told at its place', () => {
  it.each([
    ['param W[1000000,1000000] = 0', '1:8 size W would have 1000000 × 1000000 entries; 16777216 fit'],
    ['param W[9999999] = 0', '1:9 size an index runs to 1000000 at most'],
    ['param W[0] = 0', '1:9 shape a dimension has at least one entry'],
    ['param W[-3] = 0', '1:9 shape a dimension has at least one entry'],
    ['param W[2.5] = 0', '1:9 syntax expected a whole number'],
    ['param W[1,1,1,1,1,1,1,1,1] = 0', '1:25 shape an array has at most 8 dimensions'],
    ['param W[i=0..3] = i', '1:9 index indices of data count from 1'],
    ['param W[i=1..3,i=1..2] = i', '1:16 index the index i stands twice'],
    ['param W[2] = [1, 2]', '1:14 shape a list says its shape itself; write param W = [1, 2]'],
    ['param W[2] = [-1]', '1:14 shape a list says its shape itself'],
    ['param W[1,2] = [[1, 2]]', '1:16 shape a list says its shape itself'],
    ['param W[2] = [1 > 2', '1:20 syntax expected ]'],
    ['param W[2] = 1/0', '1:14 finite W[1] comes out as Infinity'],
    ['param W[2,2] = log(0 - 1)', '1:16 finite W[1,1] comes out as NaN'],
    ['param W[i=1..5] = 1 / (i - 3)', '1:19 finite W[3] comes out as Infinity'],
    [
      'param W[2] = x',
      '1:14 name W is computed before the model runs, from numbers, functions and columns of tables; x',
    ],
    ['given x = 1\nparam W[2] = 2 * x', '2:18 name W is computed before'],
    ['param W[2] = gauss(1, 2)', '1:14 name there is no function gauss'],
    ['param W[2] = he(1)', '1:14 arity he takes 2 operands, not 1'],
    ['param W[2] = normal(1, 2)', '1:14 arity normal takes 1 operand, the seed'],
    ['param W[2] = normal(0.5)', '1:14 range the seed 0.5 is no whole number'],
    ['param W[2] = sum(i: i)', '1:14 shape cannot tell how far the index i runs'],
    ['param W[i=1..3] = sum(i=1..2: i)', '1:23 index the index i is in use here already'],
    ['param W[1000,1000] = sum(i=1..1000: i)', '1:8 size W would take more than 200000000 operations'],
    ['param W[2,3] = 1 as 2 x 2', '1:21 shape 2 × 2 makes 4 entries, but a row of W has 3'],
    ['param W = 1 as 1', '1:16 shape 1 makes 1 entry, but a row of W has 1'],
    ['param W[2] = 1 : warm', '1:18 domain warm is no domain'],
    ['param W[2] = 0 - 1 : positive', '1:14 domain W is no positive'],
    ['state m = normal(1) like Q', '1:26 name Q must be declared before it can lend its shape'],
    ['function f(z) = f(z)\nparam W[2] = f(1)', '1:10 cycle f calls itself'],
    ['function f(z) = z * normal(1)   slope 1', '1:10 draw f draws random numbers, so it has no slope'],
    ['function f(z) = z   slope normal(1)', '1:10 draw f draws random numbers, so it has no slope'],
    ['function normal(z) = z', '1:10 twice normal belongs to the language'],
    ['table m = moons(0, 0, 1)', '1:17 range how many rows there are is a whole number from 1 to 1000000'],
    ['table m = moons(5, -1, 1)', '1:20 range the noise is a standard deviation, 0 or more'],
    ['table m = moons(5, 0, 0.5)', '1:23 range the seed is a whole number'],
    ['table m = moons(5, 0)', '1:21 syntax expected , before the seed'],
    ['table m = moon(5, 0, 1)', '1:11 name there is no data set moon; do you mean moons?'],
    ['table m = 3', '1:11 syntax expected a data set'],
    ['table m = "../secret.csv"', '1:11 file a file stands beside the lesson'],
    ['table m = "none.csv"', '1:11 file there is no file none.csv beside the lesson; put it there'],
    ['table m = "gap.csv"', '1:11 file gap.csv: line 3, column 3: a number is missing here'],
    ['table m = "iris.csv", "two.csv"', '1:11 file one file has 3 rows, another 2'],
    ['table m = "iris.csv" rows 2..4', '1:27 range m has 3 rows; there is no row 4'],
    ['table m = "iris.csv" rows 0..2', '1:27 index rows count from 1'],
    ['table m = dropped "iris.csv" like 2', '1:19 file iris.csv has 3 columns, but the line says 2'],
    [
      'table m = dropped "a" like 1000000 rows 1..1000',
      '1:19 size 1000 rows of 1000000 columns are too many',
    ],
    [
      'table m = dropped "a", "b" like 3',
      '1:33 shape 2 files need their numbers of columns, as in like 784 + 1',
    ],
    ['table m = dropped "a"', '1:22 syntax expected like and how many columns'],
    ['table m = xor(4, 0, 1)\ntable m = xor(4, 0, 2)', '2:7 twice m is already defined'],
  ])('%s', (text, wanted) => {
    const found = findings(text);
    expect(found, text).toHaveLength(1);
    expect(found[0].startsWith(wanted), `${found[0]}\ninstead of\n${wanted}`).toBe(true);
  });

  it.each([
    ['given x = iris[4]', '2:11 range iris has no column 4; it has 3 columns: length, width, kind'],
    ['given x = iris[0..2]', '2:11 range iris has no column 0'],
    ['given x = iris[widh]', '2:11 range iris has no column widh; do you mean width?'],
    ['given x = iris[2..1]', '2:11 range no column of iris lies in 2..1'],
    ['given x = iris[1..2] + iris[1..3]', '2:24 shape here are 3 columns, elsewhere in the line 2'],
    ['given x = irs[1]', '2:11 name there is no table irs; do you mean iris?'],
    ['given x[3] = iris[1]', '2:8 shape the shape of x follows from the table; write x = …'],
    ['given x = onehot(iris[3], 0..1)', '2:11 range row 3 has 2 here, which is none of 0..1'],
    ['given x = onehot(iris[1], 0..9)', '2:11 range row 1 has 5.1 here'],
    ['given x = onehot(2, 0..9)', '2:11 shape onehot is for columns of a table'],
    ['given x = onehot(iris[3])', '2:25 syntax expected , between the number and the classes'],
    ['given x = onehot(iris[3], [3, 1, -8])', '2:11 range row 3 has 2 here, which is none of 3, 1, -8'],
    ['given x = onehot(iris[3], [1, 2, 1])', '2:34 syntax the class 1 stands here twice'],
    ['given x = onehot(iris[3], [a, 2])', '2:28 syntax expected a number, as in [3, 8]'],
    ['given x = onehot(iris[3], [])', '2:28 syntax expected a number, a name or a parenthesis'],
    [
      `given x = onehot(iris[3], [${Array.from({ length: 101 }, (_, n) => n)}])`,
      '2:318 size a list of classes has at most 100 numbers',
    ],
    ['given x = onehot(iris[3], 9..0)', '2:27 index nothing lies in 9..0'],
    ['given x = onehot(iris[3], 0..999999)', '2:27 size a range has at most 100000 numbers here'],
    ['given x = log(iris[3] - 1)', '2:11 finite x[1] comes out as -Infinity'],
    ['given x = iris', '2:11 name x is computed before the model runs'],
    ['table two = "two.csv"\ngiven x = iris[1] + two[1]', '3:21 shape two has 2 rows, iris 3'],
  ])('%s', (line, wanted) => {
    const found = findings(`table iris = "iris.csv"\n${line}`);
    expect(found, line).toHaveLength(1);
    expect(found[0].startsWith(wanted), `${found[0]}\ninstead of\n${wanted}`).toBe(true);
  });

  it('blames a formula that draws or reads a table', () => {
    const first = (text: string) => {
      const [{ span, message }] = compileModel(text).diagnostics;
      return `${span.line}:${span.column} ${message}`;
    };
    expect(first('forward\n  y = 2 * normal(1)')).toMatch(
      /^2:11 normal is drawn at random, which only data can be/,
    );
    expect(first('forward\n  y = he(1, 2)')).toMatch(/^2:7 he is drawn at random, .* W\[3,2\] = he\(…\)/);
    expect(first('function f(z) = z + uniform(1)\nforward\n  y = f(2)')).toMatch(/^3:7 f is drawn at random/);
    expect(first('table m = moons(9, 0, 1)\nforward\n  y = m[1]')).toMatch(
      /^3:7 there is no m here|^3:7 m is a table/,
    );
  });

  it('keeps the blame from those who read what is wrong', () => {
    const text =
      'table m = "none.csv"\ngiven x = m[1..2]\nstate s = 0 like x\ngiven q = 1 +\nforward\n  y[i] = x[i,1] + q + s[i,1]';
    const found = compileModel(text).diagnostics.map(({ span }) => span.line);
    expect(found).toEqual([4, 1]);
  });

  it('of a list that is long costs no more than its numbers', () => {
    const long = `given x = [${'0.5,'.repeat(100_000)}1]`;
    expect(shape(long)).toEqual([100_001]);
    expect(findings(`given x[2] = ${'1+'.repeat(40_000)}1`)).toEqual([
      '1:14 size this line is too long for a formula',
    ]);
  });
});

describe('a list of numbers that is read as a whole', () => {
  /** What a line comes to, its numbers or its findings, and how it is the other way: with a comment in it. */
  const read = (line: string) => {
    const { model, diagnostics } = compileModel(`${line}\ngiven other = 1\nforward\n  y = other`);
    const numbers = model?.quantities.get('x');
    const told = [...(numbers?.numbers ?? [])].map((one) => (Object.is(one, -0) ? '-0' : String(one)));
    return [numbers && [numbers.shape, told], diagnostics];
  };
  const lists = [
    '[1, 2.5, -0, 1e-3]',
    '[[1, 2], [3, 4]]',
    '[[1, 2], [3]]',
    '[]',
    '[[], []]',
    '[1,\n2,\n3]',
    '[1, 2',
    '[1, 2]]',
    '[1, 2,]',
    '[.5, 1.]',
    '[+1]',
    '[01, 2]',
    '[1e999]',
    '[1 2]',
    '[1, -]',
    '[1.2.3]',
    '[[[[[[[[[1]]]]]]]]]',
    '[1, 2] [3]',
    '[1, 2] as 2 x 1',
    '[0.1, 0.7] : positive',
    '[1, 2] + 1',
  ];
  it.each(lists)('comes to the same as sign by sign: %j', (list) => {
    // White space that JSON does not know takes the other way.
    const slowly = list.replace('[', '[\u00a0');
    const [found, wanted] = [read(`given x = ${list}`), read(`given x = ${slowly}`)];
    const here = JSON.stringify(found).replaceAll(/"column":\d+/g, '');
    expect(here).toEqual(JSON.stringify(wanted).replaceAll(/"column":\d+/g, ''));
  });

  it.each([
    ['[1, 2] + 1', '1:18'],
    ['[1,\n2] + 1', '2:4'],
    ['[1,\n 2,\n 3] as 2 x', '3:11'],
  ])('leaves what follows at its place: %j', (list, place) => {
    const { diagnostics } = compileModel(`given x = ${list}\nforward\n  y = x[1]`);
    expect(diagnostics.map(({ span }) => `${span.line}:${span.column}`)).toContain(place);
  });
});
