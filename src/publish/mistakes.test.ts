import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readUnpacked } from '../data/file.ts';
import type { Tables } from '../formula/tables.ts';
import { LessonModel } from '../lesson/model.ts';
import { tablesBeside } from './lesson-data.ts';

/** A model that makes the mistake of each row, by what the row's first cell says. */
const examples: Readonly<Record<string, string>> = {
  '`W[j,i] * x[i]` with three columns and two entries': `
    given x = [1, 2]
    given W = [[1, 2, 3]]
    forward
      y[j] = sum(i: W[j,i] * x[i])`,
  '`h[j+1]` past the end': `
    given h = [1, 2]
    forward
      y[j] = h[j] * h[j+1]`,
  '`c[i] = when(i = 1: 1) + x?[i-1]`': `
    given x = [1, 2, 3]
    forward
      c[i] = when(i = 1: 1) + x?[i-1]`,
  '`sigmod(z)`': `
    given z = 1
    forward
      y = sigmod(z)`,
  '`a = b` and `b = a`': `
    forward
      a = b
      b = a`,
  '`batch n = 5` of four samples': `
    sample x = [1, 2, 3, 4]
    param w = 1
    batch n = 5
    forward
      y = w * x`,
  '`r <- 0.9*r + 0.1*y` in forward, with a batch': `
    sample x = [1, 2, 3, 4]
    state r = 0
    batch n = 4
    forward
      y = 2 * x
      r <- 0.9*r + 0.1*y`,
  '`w[i] <- w[i] + (t - y) * x[i]` with a batch': `
    sample x = [[1, 2], [3, 4]]
    sample t = [1, 2]
    param w = [1, 1]
    batch n = 2
    forward
      y = sum(i: w[i] * x[i])
    update
      w[i] <- w[i] + (t - y) * x[i]`,
  '`sum(n: y[n])` without a batch': `
    sample x = [1, 2, 3, 4]
    forward
      y = 2 * x
      s = sum(n: y[n])`,
  '`param W[2,3] = x`': `
    given x = 1
    param W[2,3] = x
    forward
      y = sum(j, i: W[j,i])`,
  '`y = he(1, 2)` in a pass': `
    forward
      y = he(1, 2)`,
  'a file with an empty field': `
    table d = "digits.csv"
    given x = d[1..5]
    forward
      y[r] = sum(i: x[r,i])`,
  '`onehot(d[65], 0..8)` of ten digits': `
    table d = "digits-8x8.csv.gz"
    sample t = onehot(d[65], 0..8)
    forward
      y = sum(k: t[k])`,
  '`store w: 2dp` and, three lines on, `store w: 3dp`': `
    param w = 0.3333
    forward
      L = w^2
    update
      w <- w - 0.1 * dL/dw
    store w: 2dp
    show L: 4dp
    say w as "weight"
    store w: 3dp`,
  '`layers: 2 -> 5 sigmoid -> 2 sigmoid` with a `W1` of 2 × 2': `
    given x = [1, 2]
    param W1 = [[1, 2], [3, 4]]
    layers: 2 -> 5 sigmoid -> 2 sigmoid`,
  '`param w1 = …` beside `layers:`': `
    given x = [1, 2]
    param w1 = [[1, 2], [3, 4]]
    layers: 2 -> 2 sigmoid`,
  '`param Q1 = …` beside a layer of attention': `
    given x = [[1, 2], [3, 4]]
    param Q1 = [[1, 2], [3, 4]]
    layers: 2x2 -> attention 2`,
  '`layers: 2 -> sigmoid 3`': `
    given x = [1, 2]
    layers: 2 -> sigmoid 3`,
  'a claim with the wrong sign': `
    given x = 2
    param w = 3
    forward
      L = (w * x)^2
    backward
      g = -2 * w * x^2 : dL/dw
    update
      w <- w - 0.1 * g`,
};

/** Of rows that describe what is said instead of quoting it. */
const quoted: Readonly<Record<string, RegExp>> = {
  'a claim with the wrong sign': /sign is turned/,
};

/** The rows of the language page's table of mistakes. */
const rows = readFileSync('lessons/90-the-formula-language.md', 'utf8')
  .split('| you wrote | Backstep says |\n|---|---|\n')[1]
  .split('\n\n')[0]
  .trim()
  .split('\n')
  .map((row) => row.slice(2, -2).split(' | '));

/** The lesson's own files, and one in which a field is empty. */
const beside = tablesBeside('lessons');
const broken = '1,2,3,4,5,6\n1,2,3,4,5,6\n1,2,,4,5,6\n';
const tables: Tables = (file) =>
  file === 'digits.csv' ? readUnpacked(file, new TextEncoder().encode(broken)) : beside(file);

function told(example: string): string[] {
  const text = example.replace(/^\n/, '').replace(/^ {4}/gm, '');
  return new LessonModel('m', text, { line: 1, column: 1 }, tables).diagnostics.map(({ message }) => message);
}

describe('the table of mistakes on the language page', () => {
  it('has an example here for each of its rows', () => {
    expect(rows.map(([mistake]) => mistake)).toEqual(Object.keys(examples));
  });

  it.each(rows)('%s', (mistake, said) => {
    const messages = told(examples[mistake] ?? '');
    // Of a claim the page says what the message is made of; all other rows quote it.
    if (said.startsWith('`')) expect(messages.map((message) => `\`${message}\``)).toContain(said);
    else expect(messages.join()).toMatch(quoted[mistake]);
  });
});
