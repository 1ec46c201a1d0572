import { expect } from 'vitest';
import { statementsOf, type Tried, tried } from './statements.testing.ts';

/* The rows of the page's tables of names, each tried by writing the layer or the optimizer that it is about. */

/** A name in a table, and the size beside it: `3 × 2`, or none. */
interface Named {
  readonly name: string;
  readonly sizes: readonly number[];
}

const named = (cell: string): Named[] =>
  cell
    .split(', ')
    .filter((one) => one !== '')
    .map((one) => ({
      name: /`(.*?)`/.exec(one)?.[1] ?? '',
      sizes: (/` (\d.*)/.exec(one)?.[1] ?? '').split(' × ').filter(Boolean).map(Number),
    }));

const rows = statementsOf('90-the-formula-language.md', 'Shorthand').filter((one) => one.startsWith('|'));
const cellsOf = (row: string): string[] =>
  row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
const bare = (cell: string): string => cell.replaceAll('`', '');

/** A model with this layer alone, below some lines of its own. */
function withLayer(layer: string, of: string, above = '') {
  const [, kind, rest] = /^([a-z]*) ?(.*)$/.exec(layer) ?? [];
  const shape = of.split('x').map(Number);
  const batch = kind === 'batchnorm' ? 'batch n = 4\n' : '';
  const ones = (sizes: readonly number[]): string =>
    sizes.length === 0 ? '1' : `[${Array(sizes[0]).fill(ones(sizes.slice(1)))}]`;
  const x = batch ? `sample x = ${ones([4, ...shape])}` : `given x = ${ones(shape)}`;
  return tried(`${above}${x}\n${batch}use ${kind || 'dense'} h1 from x${rest && `, ${rest}`}`);
}

/** The names of the formulas, and of the data with their roles, in a text without shorthand. */
const formulasIn = (text: string): string[] =>
  [...text.matchAll(/^ {2}([^\s[]+)(?:\[[^\]]*\])? = /gmu)].map(([, name]) => name);
const dataIn = (text: string): [role: string, name: string][] =>
  [...text.matchAll(/^(param|state|random|mode|rate) ([^\s[]+)/gmu)].map(([, role, name]) => [role, name]);

function tryLayer(row: string): void {
  const [layer, of, data, formulas] = cellsOf(row);
  const model = withLayer(bare(layer), bare(of));
  expect(model.messages).toEqual([]);
  expect(formulasIn(model.text)).toEqual(named(formulas).map(({ name }) => name));
  const roles = dataIn(model.text);
  expect(roles.map(([, name]) => name)).toEqual(named(data).map(({ name }) => name));
  for (const [n, { name, sizes }] of named(data).entries()) {
    expect(model.shape(name), name).toEqual(sizes);
    const [role] = roles[n];
    if (role === 'mode') continue;
    const own = (size: readonly number[]) => {
      const numbers = role === 'random' ? 'uniform(1)' : '0.5';
      const written = size.length === 0 ? name : `${name}[${size}]`;
      return withLayer(bare(layer), bare(of), `${role} ${written} = ${numbers}\n`).messages;
    };
    expect(own(sizes), name).toEqual([]);
    const other = sizes.length === 0 ? [2] : [...sizes.slice(0, -1), (sizes.at(-1) ?? 0) + 1];
    expect(own(other).join(), name).toMatch(new RegExp(`^${name} (is|has) `));
  }
}

function tryOptimizer(row: string): void {
  const [optimizer, data] = cellsOf(row);
  const model = tried(
    `given x = [1, 2]\ngiven t = [1]\nlayers: 2 -> 1\nloss: squared error\noptimizer: ${bare(optimizer)} for W1`,
  );
  expect(model.messages).toEqual([]);
  const names = dataIn(model.text).filter(([role]) => role !== 'param');
  expect(names.map(([, name]) => name)).toEqual(named(data).map(({ name }) => name));
  for (const part of data.split(', ')) {
    const name = bare(part.split(' ')[0]);
    expect(model.shape(name), name).toEqual(part.includes('like `W1`') ? [1, 2] : []);
  }
}

const optimizerRow = /^\| `(sgd|momentum|adam)[^|]*\|[^|]*\|$/;

export const nameTries: readonly Tried[] = [
  ...rows.filter((row) => cellsOf(row).length === 4).map((row): Tried => [row, () => tryLayer(row)]),
  ...rows.filter((row) => optimizerRow.test(row)).map((row): Tried => [row, () => tryOptimizer(row)]),
];
