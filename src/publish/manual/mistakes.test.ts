import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readUnpacked } from '../../data/file.ts';
import type { Tables } from '../../formula/compile/tables.ts';
import { LessonModel } from '../../lesson/model/model.ts';
import { tablesBeside } from '../lesson-data.ts';

/** A model that makes the mistake of each row, by what the row's first cell says. */
const examples: Readonly<Record<string, string>> = {
  '`W[j,i] * x[i]` with three columns and two entries': `
    given x = [1, 2]
    given W = [[1, 2, 3]]
    forward
      y[j] = sum(i: W[j,i] * x[i])`,
  '`h[j+1]` past the end, where something else says how far `j` runs': `
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
  '`m[t] = mean(s where s < t: x[s])`': `
    given x = [1, 2, 3]
    index t = 1..3
    forward
      m[t] = mean(s where s < t: x[s])`,
  '`max(j where j != i: A[i,j])`': `
    given A = [[1, 2], [3, 4]]
    forward
      y[i] = max(j where j != i: A[i,j])`,
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
  '`L = (t - y)^2 + w[1]^2` with `batch n = 4, sum`': `
    sample x = [[1, 2], [3, 4], [5, 6], [7, 8]]
    sample t = [1, 2, 3, 4]
    param w = [1, 1]
    batch n = 4, sum
    forward
      y = sum(i: w[i] * x[i])
      L = (t - y)^2 + w[1]^2
    update
      w[i] <- w[i] - 0.1 * dL/dw[i]`,
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
  '`onehot(d[65], [0, 1])` of ten digits': `
    table d = "digits-8x8.csv.gz"
    sample t = onehot(d[65], [0, 1])
    forward
      y = sum(k: t[k])`,
  '`label k as 0..8` of ten outputs `y[k]`': `
    param b[10] = 0
    forward
      y[k] = 2 * b[k]
    label k as 0..8`,
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
  '`g[k] = 0.5 - [k = y] : dL/dx[k]`, right for one label alone': `
    given x = [0, 0]
    given y = 1
    forward
      e[k] = exp(x[k])
      p[k] = e[k] / sum(m: e[m])
      L = -log(sum(k: [k = y] * p[k]))
    backward
      g[k] = 0.5 - [k = y] : dL/dx[k]`,
  '`g[k] = p[k] - t[k] : dL/dz[k]` with soft labels `t = [0.05, 0.95]`': `
    given z = [0.1, 0.9]
    given t = [0.05, 0.95]
    forward
      e[k] = exp(z[k])
      p[k] = e[k] / sum(m: e[m])
      L = -sum(k: t[k] * log(p[k]))
    backward
      g[k] = p[k] - t[k] : dL/dz[k]`,
  '`g = sum(n: (y[n] - t[n])*x[n]) : dL/dw` of a batch of three that takes the mean': `
    sample x = [1, 2, 3]
    sample t = [0, 0, 0]
    param w = 1
    batch n = all, together
    forward
      y = w * x
      L = (y - t)^2 / 2
    backward
      g = sum(n: (y[n] - t[n])*x[n]) : dL/dw`,
  '`g = (a + b) - a - b : dL/da`': `
    param a = 0.1
    param b = 0.2
    forward
      L = a^2 + b
    backward
      g = (a + b) - a - b : dL/da`,
  '`g = 0*w : dL/dw` where `L = [w > 1000]*w^2`': `
    param w = 0.5
    forward
      L = [w > 1000]*w^2
    backward
      g = 0*w : dL/dw`,
  '`W2[k,j] <- …` in backward, above the line of δ1 that reads `W2`': `
    given x = [0.35, 0.9]
    given t = [0.5]
    param W1 = [[0.1, 0.8], [0.4, 0.6]]
    param W2 = [[0.3, 0.9]]
    forward
      net1[j] = sum(i: W1[j,i] * x[i])
      h[j] = sigmoid(net1[j])
      y[k] = sum(j: W2[k,j] * h[j])
      L = sum(k: (t[k] - y[k])^2) / 2
    backward
      δ2[k] = t[k] - y[k] : -dL/dy[k]
      W2[k,j] <- W2[k,j] + δ2[k] * h[j]
      δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
    update
      W1[j,i] <- W1[j,i] + δ1[j] * x[i]`,
  '`w <- w + eta * δ * x`, uphill': `
    given x = 2
    given t = 1
    param w = 3
    eta = 0.1
    forward
      y = w * x
      L = (y - t)^2 / 2
    backward
      δ = y - t : dL/dy
    update
      w <- w + eta * δ * x`,
  '`g = (y - t) * x : not dL/dw` where that is the derivative': `
    given x = 2
    given t = 1
    param w = 3
    forward
      y = w * x
      L = (y - t)^2 / 2
    backward
      g = (y - t) * x : not dL/dw`,
};

/** Of rows that describe what is said instead of quoting it. */
const quoted: Readonly<Record<string, RegExp>> = {
  'a claim with the wrong sign': /sign is turned/,
  '`g[k] = 0.5 - [k = y] : dL/dx[k]`, right for one label alone':
    /^g\[\d\] gives .* at trial numbers near .* but dL\/dx\[\d\] is/,
  '`g[k] = p[k] - t[k] : dL/dz[k]` with soft labels `t = [0.05, 0.95]`':
    /only for data like these.* write : distribution behind the numbers of t/,
  '`W2[k,j] <- …` in backward, above the line of δ1 that reads `W2`':
    /^δ1\[1\] gives .* but -dL\/dnet1\[1\] is/,
  '`w <- w + eta * δ * x`, uphill': /takes for the gradient with respect to w .*sign is turned/,
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
