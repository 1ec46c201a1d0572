import { expect } from 'vitest';
import { type Tried, type TriedModel, tried } from './statements.testing.ts';

/** A model that computes the formulas, one a line, from `a = 7`, `b = 2` and `x = [3, 5, 4]`. */
export const computed = (formulas: string): TriedModel =>
  tried(
    `given a = 7\ngiven b = 2\ngiven x = [3, 5, 4]\nindex t = 1..3\nforward\n  ${formulas.replaceAll('\n', '\n  ')}\n  read[i] = a + b + x[i]`,
  );

/** The value of such a formula, and its operations. */
export function resultOf(right: string): { value: number; operations: string[] } {
  const model = computed(`y = ${right}`);
  expect(model.messages).toEqual([]);
  return { value: model.value('y'), operations: model.operations('y') };
}

/** What the page's section on expressions says of conditions with `!=`. */
export const excludedTermTries: readonly Tried[] = [
  [
    'without the term at `i`: two sums, `sum(j where j < i: …) + sum(j where j > i: …)`, and printed as such',
    () => {
      const values = (right: string) => {
        const model = computed(`y[i] = x[i] + ${right}`);
        expect(model.messages).toEqual([]);
        return [1, 2, 3].map((i) => model.value(`y[${i}]`));
      };
      expect(values('10*sum(j where j != i: x[j])')).toEqual([93, 75, 84]);
      expect(values('10*(sum(j where j < i: x[j]) + sum(j where j > i: x[j]))')).toEqual([93, 75, 84]);
      const formula = 'y[i] = sum(j where j != i: x[j]) + x[i]';
      expect(computed(formula).formulas[0]).toMatch(/sum\(j where .*\) \+ sum\(j where .*\)/);
      const slopes = tried(
        'param w = [3, 5, 4]\nforward\n  v[i] = w[i] * sum(j where j != i: w[j]^2)\n  L = sum(i: v[i])\nupdate\n  w[i] <- w[i] - dL/dw[i]',
      );
      // Of 3·(25 + 16) + 5·(9 + 16) + 4·(9 + 25) by the second.
      expect(slopes.value('dL/dw[2]')).toBe(3 * 10 + 25 + 4 * 10);
    },
  ],
  [
    '`when(i != 1: …)` and `mean(j where j != i: …)` are split likewise',
    () => {
      const model = computed('y[t] = when(t != 2: x[t])\nm[i] = x[i] - mean(j where j != i: x[j])');
      expect([1, 2, 3].map((t) => model.value(`y[${t}]`))).toEqual([3, 0, 4]);
      expect([1, 2, 3].map((i) => model.value(`m[${i}]`))).toEqual([3 - 4.5, 5 - 3.5, 0]);
      const outside = computed('y[i] = x[i] - mean(j where j != i + 2: x[j])');
      expect(outside.messages.join()).toMatch(/this mean has 2 terms at i = 1, but 3 terms at i = [23]/);
    },
  ],
  [
    'two `!=` make four parts, and more than 16 parts are an error',
    () => {
      const four = computed('y[i,k] = x[i]*x[k] + sum(j where j != i, j != k: x[j])');
      expect(four.value('y[1,3]')).toBe(3 * 4 + 5);
      expect(four.value('y[2,2]')).toBe(5 * 5 + 7);
      expect(four.formulas[0].match(/sum/g)).toHaveLength(4);
      const left = (count: number) =>
        computed(
          `y = sum(j where ${Array.from({ length: count }, (_, n) => `j != ${n + 3}`).join(', ')}: x[j])`,
        );
      expect(left(4).value('y')).toBe(8);
      expect(left(5).messages.join()).toMatch(/more than 16/);
    },
  ],
  [
    '`max` and `argmax` take no `!=`',
    () => {
      for (const name of ['max', 'argmax']) {
        expect(computed(`y = ${name}(j where j != 2: x[j])`).isRunnable).toBe(false);
        const lowered = `${name}(j: x[j] - 1000*[j = 2])`;
        expect(resultOf(lowered).value).toBe(name === 'max' ? 4 : 3);
      }
    },
  ],
  [
    'those of the parts, and one addition that joins two',
    () => expect(resultOf('sum(j where j != 2: x[j])').operations).toEqual(['add']),
  ],
];
