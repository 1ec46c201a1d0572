import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readUnpacked } from '../data/file.ts';
import { compileProgram } from '../program/program.ts';

/*
 * Every kind of fault of a text or a file is reported at its place, with all else still read. Faults special to one part of the
 * language are tested beside that part; here stands one of each kind, as an author meets it.
 */

const idx = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8);
const text = (content: string) => new TextEncoder().encode(content);
const files: Record<string, Uint8Array> = {
  'good.csv': text('a,b\n1,2\n3,4\n'),
  'gap.csv': text('a,b\n1,2\n3,\n'),
  'nan.csv': text('a,b\n1,2\nNaN,4\n'),
  'ragged.csv': text('a,b\n1,2\n3\n'),
  'words.csv': text('a,b\n1,two\n'),
  'images-idx3-ubyte': idx,
  'short-idx3-ubyte': idx.subarray(0, -3),
  'packed.gz': gzipSync('1,2\n'),
};
const tables = (name: string) => (name in files ? readUnpacked(name, files[name]) : undefined);

/** Of a text whose lines are joined by `/`: each finding as `line:column rule message`. */
const findings = (lines: string): string[] =>
  compileProgram(lines.split(' / ').join('\n'), { tables }).diagnostics.map(
    ({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`,
  );

describe('one mistake gets one finding, at its place', () => {
  it.each([
    [
      'ragged rows',
      'given x = [[1, 2], [3]] / forward / y = x[1,1] + 1',
      /^1:11 ragged the rows of x differ/,
    ],
    ['an unknown name', 'given x = 1 / forward / y = x + z', /^3:9 name there is no z here/],
    [
      'an unknown function',
      'forward / y = sofplus(1)',
      /^2:5 name there is no function sofplus; do you mean soft/,
    ],
    [
      'a shape conflict',
      'given x = [1, 2] / given W = [[1, 2, 3]] / forward / y[j] = sum(i: W[j,i]*x[i])',
      /^4:22 shape i runs over 3 in W\[j,i\], but x has 2 entries$/,
    ],
    [
      'indices that are missing',
      'given W = [[1, 2]] / forward / y = W[1] + 1',
      /^3:5 shape W takes 2 indices, not 1$/,
    ],
    [
      'an index out of range',
      'given x = [1, 2] / forward / y = x[3] + 1',
      /^3:5 range this reads x at 3, but it runs from 1 to 2;/,
    ],
    ['formulas in a circle', 'forward / a = b + 1 / b = a + 1', /^2:1 cycle a and b need each other/],
    ['a formula of itself', 'forward / a = a + 1', /^2:1 cycle a needs itself/],
    [
      'functions in a circle',
      'function f(z) = g(z) + 1 / function g(z) = f(z) / forward / y = 1 + 1',
      /^1:10 cycle f calls itself by way of g; a function/,
    ],
    [
      'an array of a million by a million',
      'param W[1000000,1000000] = 0 / forward / y = W[1,1] + 1',
      /^1:8 size W would have 1000000 × 1000000 entries/,
    ],
    [
      'a result of a million by a million',
      'index i = 1..1000000 / index j = 1..1000000 / forward / y[i,j] = 1 + 1',
      /^4:1 size y has the shape 1000000 × 1000000/,
    ],
    [
      'arrays that are too large together',
      'index i = 1..20000000 / forward / y = 1',
      /^1:14 size an index runs to 1000000 at most/,
    ],
    [
      'a sum without an end in sight',
      'forward / y = sum(i=1..1000000, j=1..1000000: 1)',
      /^2:1 size this formula has more than a hundred million terms/,
    ],
    [
      'a function without an end in sight',
      'function f(z) = sum(i=1..1000000, j=1..1000: z) / forward / y = f(1) + 1',
      /^1:10 size f takes more than a million operations/,
    ],
    [
      'a number that is none',
      'given x = 1e999 / forward / y = x + 1',
      /^1:11 syntax this number is too large/,
    ],
    [
      'NaN in computed data',
      'given x[2] = log(0 - 1) / forward / y = x[1] + 1',
      /^1:14 finite x\[1\] comes out as NaN/,
    ],
    [
      'a file that is not there',
      'table d = "none.csv" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file there is no file none\.csv/,
    ],
    [
      'a CSV with a missing field',
      'table d = "gap.csv" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file gap\.csv: line 3, column 3: a number is missing/,
    ],
    [
      'NaN in a CSV',
      'table d = "nan.csv" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file nan\.csv: line 3, column 1: NaN is no number/,
    ],
    [
      'a CSV with a short line',
      'table d = "ragged.csv" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file ragged\.csv: line 3, column 2: this line has 1 field/,
    ],
    [
      'a CSV of words',
      'table d = "words.csv" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file words\.csv: line 2, column 3: "two" is not a number/,
    ],
    [
      'a truncated IDX file',
      'table d = "short-idx3-ubyte" / given x = d[1] / forward / y = x[1] + 1',
      /^1:11 file short-idx3-ubyte: the file is cut off: 2 × 2 × 2 numbers are announced/,
    ],
    [
      'files that do not belong together',
      'table d = "good.csv", "images-idx3-ubyte" rows 1..3 / given x = d[1] / forward / y = x[1] + 1',
      /^1:48 range d has 2 rows; there is no row 3$/,
    ],
    [
      'a column that is not there',
      'table d = "good.csv" / given x = d[3] / forward / y = x[1] + 1',
      /^2:11 range d has no column 3; it has 2 columns: a, b$/,
    ],
  ])('%s', (_, lines, wanted) => {
    const found = findings(lines);
    expect(found, lines).toHaveLength(1);
    expect(found[0]).toMatch(wanted);
  });

  it('and all mistakes of a text are told at once', () => {
    const lines =
      'given x = [[1, 2], [3]] / table d = "gap.csv" / param W[0] = 1 / given q = 1 + / forward / y = zz + 1 / z = (2 / u = x[1,1] + W[1] + q';
    expect(findings(lines).map((one) => one.split(' ')[0])).toEqual([
      ...['3:9', '4:14', '7:7', '2:11', '1:11', '6:5'],
    ]);
  });
});

describe('a text that is far too long is refused', () => {
  const lines = (count: number, line: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => line(n)).join('\n');

  it('in formulas', () => {
    const chain = lines(5000, (n) => (n === 0 ? 'y0 = 1 + 1' : `y${n} = y${n - 1} + 1`));
    expect(findings(`forward\n${chain}`)).toEqual(['1002:1 size a model has at most 1000 formulas']);
  });

  it('in functions, also where few of them do very much', () => {
    const chain = (count: number) =>
      lines(count, (n) =>
        n === 0 ? 'function f0(z) = z + 1' : `function f${n}(z) = f${n - 1}(z) + f${n - 1}(z)`,
      );
    expect(findings(`${chain(5000)}\nforward\ny = 1 + 1`)).toEqual([
      '201:10 size a model has at most 200 functions',
    ]);
    expect(findings(`${chain(60)}\nforward\ny = f59(1)`)).toEqual([
      expect.stringMatching(/^\d+:10 size f\d+ takes more than a million operations/),
    ]);
  });

  it('in unknown names, one finding for each', () => {
    expect(findings(`forward\n${lines(900, (n) => `y${n} = q${n} + 1`)}`)).toHaveLength(900);
  });

  it('in arrays that fit alone but not together', () => {
    const data = lines(6, (n) => `param W${n}[4000,4000] = 0`);
    expect(findings(`${data}\nforward\ny = W1[1,1] + 1`)).toEqual([
      expect.stringMatching(
        /^1:7 size an iteration would hold 96000000 numbers.* W0 has the shape 4000 × 4000$/,
      ),
    ]);
  });

  it('in anything else', () => {
    const long = 200_000;
    for (const piece of [
      '(',
      '[',
      ')',
      '-',
      '1+',
      'a',
      ' ',
      '\n',
      '"',
      '#',
      'x[',
      'sum(i:',
      '=',
      '\u0000',
      '🙂',
      'sin(',
      'table ',
      'as ',
    ]) {
      const found = compileProgram(`forward\ny = ${piece.repeat(long / piece.length)}`).diagnostics;
      expect(
        found.some(({ severity }) => severity === 'error'),
        piece,
      ).toBe(true);
    }
  });
});
