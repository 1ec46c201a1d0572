import { expect } from 'vitest';
import { type Tried, tried } from './statements.testing.ts';

const needsIndexLine = /cannot tell .*how far the index i runs; declare it, as in index i = 1\.\./;

/** A line in a forward pass, below some data and perhaps an index line. */
const line = (text: string, above = '') =>
  tried(`
    given a = [1, 2]
    given b = [3, 4]
    given c = [1, 2, 3, 4, 5]
    given x = [10, 20, 30]
    ${above}
    forward
      ${text}`);

/** What is wrong with such a line; that nothing reads some of the data is not. */
const wrong = (text: string, above?: string) =>
  line(text, above).messages.filter((message) => !message.startsWith('nothing reads'));

/** What the page's section on formulas says of indices and how far they run. */
export const indexTries: readonly Tried[] = [
  [
    'On the left stand plain indices',
    () => {
      for (const left of ['y[i+1]', 'y[2]', 'y[2*i]'])
        expect(tried(`given x = [1, 2]\nforward\n  ${left} = x[i]`).isRunnable).toBe(false);
      expect(line('y[i,j] = a[i] * x[j]').shape('y')).toEqual([2, 3]);
    },
  ],
  [
    'Indices count from 1',
    () => {
      expect(line('y[i] = i * x[i]').values('y')).toEqual([10, 40, 90]);
      expect(wrong('y = x[0]').join()).toMatch(/reads x at 0, but it runs from 1 to 3/);
    },
  ],
  [
    '`i` runs over the columns of `W`, and `x` must have as many entries',
    () => {
      const product = (x: string) =>
        tried(`given x = ${x}\ngiven W = [[1, 2, 3], [4, 5, 6]]\nforward\n  y[j] = sum(i: W[j,i] * x[i])`);
      expect(product('[1, 10, 100]').values('y')).toEqual([321, 654]);
      for (const x of ['[1, 10]', '[1, 10, 100, 1000]'])
        expect(product(x).messages.join()).toMatch(/i runs over 3 in W\[j,i\], but x has \d entries/);
    },
  ],
  [
    'the index runs as far as it can without leaving the array, unless `index p = 1..3` says otherwise',
    () => {
      const pairs = (count: number, above = '') =>
        tried(`
            given x = [${Array.from({ length: count }, (_, n) => n + 1)}]
            ${above}
            forward
              y[p] = sum(u = 1..2: x[2*p+u-1])`);
      expect(pairs(9).values('y')).toEqual([2 + 3, 4 + 5, 6 + 7, 8 + 9]);
      expect(pairs(8).values('y')).toEqual([2 + 3, 4 + 5, 6 + 7]);
      expect(pairs(9, 'index p = 1..3').values('y')).toEqual([2 + 3, 4 + 5, 6 + 7]);
      expect(pairs(5, 'index p = 1..3').messages.join()).toMatch(/reads x at \d/);
    },
  ],
  [
    'A line that says nothing of the range, as `c[i] = x?[i-1]`, needs such an index line',
    () => {
      expect(wrong('y[i] = x?[i-1]').join()).toMatch(needsIndexLine);
      expect(line('y[i] = x?[i-1]', 'index i = 1..5').values('y')).toEqual([0, 10, 20, 30, 0]);
    },
  ],
  [
    'An index that is read under conditions on it alone runs over all that they admit',
    () => {
      const both = line('y[i] = when(i <= 2: a[i]) + when(i >= 3: b[i-2])');
      expect(both.values('y')).toEqual([1, 2, 3, 4]);
    },
  ],
  [
    'Where they end with an array that is read at the index itself, as in `c[i] = when(i >= 2: a[i])`, it runs from 1 to that end',
    () => {
      expect(line('y[i] = when(i >= 2: a[i])').values('y')).toEqual([0, 2]);
      expect(line('y[i] = when(i <= 1: a[i]) + when(i >= 4: c[i])').values('y')).toEqual([1, 0, 0, 4, 5]);
    },
  ],
  [
    'An index line is needed where that is otherwise no run of numbers from 1 on',
    () => {
      for (const text of [
        'when(i <= 1: a[i]) + when(i >= 3: b[i-2])',
        'when(i >= 3: b[i-2])',
        'when(2 <= i <= 3: x[i-1])',
      ]) {
        expect(wrong(`y[i] = ${text}`).join()).toMatch(needsIndexLine);
        expect(wrong(`y[i] = ${text}`, 'index i = 1..3')).toEqual([]);
      }
    },
  ],
  [
    'where an array goes on beyond its condition, as an `a` with five entries would',
    () => {
      const text = 'y[i] = when(i <= 2: c[i]) + when(i >= 3: b[i-2])';
      expect(wrong(text).join()).toMatch(needsIndexLine);
      expect(line(text, 'index i = 1..4').values('y')).toEqual([1, 2, 3, 4]);
    },
  ],
  [
    'where a part of the line leaves the end open, as `x?[i-1]` or `[i = 2]` outside any `when`, or `when(i >= 3: 1)`',
    () => {
      for (const open of ['x?[i-1]', '[i = 2]', 'when(i >= 3: 1)']) {
        expect(wrong(`y[i] = when(i <= 2: a[i]) + ${open}`).join()).toMatch(needsIndexLine);
        expect(wrong(`y[i] = when(i <= 2: a[i]) + ${open}`, 'index i = 1..4')).toEqual([]);
      }
      expect(wrong('y[i] = when(i <= 2: a[i] + [i = 2])')).toEqual([]);
    },
  ],
];
