import { describe, expect, it } from 'vitest';
import type { Table } from '../../data/table.ts';
import { rowAt } from '../rows.ts';
import { compileModel } from './compile.ts';
import { expectOnly } from './findings.testing.ts';

const lines = [
  'sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]',
  'sample t = [0, 1, 1, 0]',
  'param w = [1, 2]',
  'examine y against t, last 1',
  'forward',
  '  y = sum(i: w[i] * x[i])',
  '  L = (t - y)^2',
];
const text = lines.join('\n');
/** The text with another line of the examination. */
const examining = (line: string): string => text.replace(lines[3], line);

describe('samples that are held back', () => {
  it('are the last ones, which no iteration takes', () => {
    const { model, diagnostics } = compileModel(text);
    expect(diagnostics).toEqual([]);
    expect(model?.samples).toEqual({ count: 3, held: 1, size: 1, order: { kind: 'in turn' } });
    expect(model?.examination).toEqual({ answer: 'y', target: 't' });
    expect(model?.quantities.get('x')?.rows?.count).toBe(4);
  });

  it('are none without a line', () => {
    const { model } = compileModel(examining(''));
    expect(model?.samples?.held).toBe(0);
    expect(model).not.toHaveProperty('examination');
  });

  it('do not count for a batch', () => {
    const { model } = compileModel(
      `${examining('batch n = all')}`.replace('forward', `${lines[3]}\nforward`),
    );
    expect(model?.samples).toMatchObject({ count: 3, held: 1, size: 3 });
    expectOnly(
      text.replace('forward', 'batch n = 4\nforward'),
      '5:11 batch a batch of 4 is larger than the data, 3 samples',
    );
  });

  it.each([
    ['examine y', '4:10 syntax expected against after y'],
    ['examine y against t', '4:20 syntax expected , and the samples, as in examine y against t, last 20'],
    ['examine y against t, some', '4:22 syntax expected last and how many, or on and a table'],
    ['examine y against t, last 0', '4:22 examine hold at least one sample back'],
    [
      'examine y against t, last 4',
      '4:22 examine the data have 4 samples; to hold back 4 leaves none to train with',
    ],
    ['examine y against t, on', '4:24 syntax expected a name of a table'],
    ['examine y against t, on m', '4:25 name there is no table m'],
    ['examine yy against t, last 1', '4:9 name there is no yy to examine; do you mean y?'],
    ['examine x against t, last 1', '4:9 examine x is computed by no line of forward'],
    [
      'examine y against x, last 1',
      '4:1 examine y has 1 entry for a sample, and x 2; they cannot be compared',
    ],
  ])('%s', (line, wanted) => expectOnly(examining(line), wanted));

  it('are told of once', () =>
    expectOnly(examining(`${lines[3]}\n${lines[3]}`), '5:1 twice there is one examine line already'));

  it('have to be there', () =>
    expectOnly(
      'given x = 1\nexamine y against x, last 1\nforward\n  y = x',
      '2:1 examine there are no samples to hold back; declare data in samples',
    ));
});

describe('samples of another table', () => {
  const table = (rows: readonly (readonly number[])[], isBytes = false): { readonly table: Table } => ({
    table: {
      columns: ['a', 'b', 'c'].slice(0, rows[0].length),
      rows: rows.length,
      width: rows[0].length,
      values: isBytes ? Uint8Array.from(rows.flat()) : Float64Array.from(rows.flat()),
    },
  });
  const model = (own: readonly string[] = []) =>
    [
      'table d = "d"',
      'table fresh = "f"',
      ...(own.length > 0 ? own : ['sample x = d[1] / 2', 'sample t = d[2]']),
      'param w = 1',
      'examine y against t, on fresh',
      'forward',
      '  y = w * x',
      '  L = (t - y)^2',
    ].join('\n');
  const d = table([
    [1, 10],
    [2, 20],
  ]);
  const compiled = (source: string, fresh = table([[3, 30]])) =>
    compileModel(source, { tables: (name) => (name === 'd' ? d : fresh) });

  it.each([true, false])('are computed as those that are trained with are (bytes: %s)', (isBytes) => {
    const found = compiled(model(), table([[3, 30]], isBytes)).model;
    expect(found?.samples).toMatchObject({ count: 2, held: 1 });
    const rows = found?.quantities.get('x')?.rows;
    expect(rows && [0, 1, 2].map((n) => rowAt(rows, n)[0])).toEqual([0.5, 1, 1.5]);
  });

  it('do not count for what is read as a whole', () => {
    const found = compiled(model(['sample x = d[1]', 'sample t = d[2]', 'given X = d[1]'])).model;
    expect(found?.quantities.get('X')?.shape).toEqual([2]);
  });

  it.each([
    [
      model(['sample x = fresh[1]', 'sample t = d[2]']),
      '3:12 examine fresh is held back for the examination',
    ],
    [
      model(['sample x = [1, 2]', 'sample t = d[2]']),
      '3:12 examine x reads no table, so fresh has no samples of it',
    ],
  ])('are of what samples are read from', (source, wanted) => {
    const { span, rule, message } = compiled(source).diagnostics[0];
    expect(`${span.line}:${span.column} ${rule} ${message}`).toContain(wanted);
  });

  it('have the same columns', () => {
    const [{ message }] = compiled(model(), table([[3]])).diagnostics;
    expect(message).toBe('a row of fresh has 1 entry, but one of d, which samples are read from, 2');
  });

  it('stand in for files that are awaited, as many as there is room for', () => {
    const source = model()
      .replace('"d"', 'dropped "d" like 2')
      .replace('on fresh', 'last 5000')
      .replace(/.*"f".*\n/, '');
    expect(compileModel(source).model?.samples).toMatchObject({ count: 50, held: 50 });
  });
});
