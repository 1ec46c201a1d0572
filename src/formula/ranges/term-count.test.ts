import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateAffine } from '../affine.ts';
import { compileModel } from '../compile/compile.ts';
import { codeFormula } from '../print/pseudocode.ts';
import { texFormula } from '../print/tex.ts';

const data =
  'given x = [3, 5, 4, 9]\ngiven A = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]]';

/** The first formula of a model as code, or what is wrong, with its column. */
function meant(line: string, above = ''): string {
  const { model, diagnostics } = compileModel(
    `${data}\n${above}\nforward\n  ${line}\n  read[i] = x[i] + A[i,i]`,
  );
  const [error] = diagnostics.filter(({ severity }) => severity === 'error');
  if (error !== undefined) return `${error.span.column} ${error.rule}: ${error.message}`;
  return codeFormula((model as NonNullable<typeof model>).formulas[0]);
}

describe('a mean', () => {
  it('is its sum, divided by the number of terms', () => {
    expect(meant('y = mean(i: x[i])')).toBe('y = sum(i: x[i])/4');
    expect(meant('y = mean(i = 2..3: x[i])')).toBe('y = sum(i=2..3: x[i])/2');
    expect(meant('y[i] = 1 + 2*mean(j: A[i,j])')).toBe('y[i] = 1 + 2 * (sum(j: A[i,j])/4)');
    expect(meant('y = mean(i, j: A[i,j])')).toBe('y = sum(i, j: A[i,j])/16');
    expect(meant('y = mean(i: mean(j: A[i,j]))')).toBe('y = sum(i: sum(j: A[i,j])/4)/4');
    expect(meant('y = f(x[1])', 'function f(z) = mean(m = 1..3: z^2*m)')).toBe('y = f(x[1])');
  });

  it('divides by index arithmetic where the outer indices say how many terms there are', () => {
    expect(meant('y[t] = x[t] - mean(s where s <= t: x[s])')).toMatch(/\/t$/);
    expect(meant('y[t] = x[t] - mean(s where t <= s: x[s])')).toMatch(/\/\(?5-t\)?$/);
    expect(meant('y[t,u] = A[t,u] * mean(i, j where i <= u, j = t: A[i,j])')).toMatch(/\/u\)$/);
    expect(meant('y[t] = x[t] + when(t > 1: mean(s where s < t: x[s]))')).toMatch(/\/\(?t-1\)?\)$/);
    expect(meant('y = mean(i, j where j <= i: A[i,j])')).toMatch(/\/10$/);
  });

  it('is refused without terms, and where their number is no index arithmetic', () => {
    expect(meant('y[t] = x[t] + mean(s where s < t: x[s])')).toBe(
      '17 mean: this mean has no terms at t = 1, and without terms there is none; leave such cells out, as in when(t > 1: mean(…))',
    );
    expect(meant('y = mean(i where i > 4: x[i])')).toMatch(/^7 mean: this mean has no terms, and/);
    expect(meant('y[t] = x[t] + mean(s where s <= t, s <= 2: x[s])')).toBe(
      '17 mean: this mean has 1 term at t = 1, but 2 terms at t = 3, which no sum of multiples of indices gives; write sum(…) / sum(…: 1)',
    );
    expect(meant('y = mean(s: 4)')).toMatch(/cannot tell how far the index s runs/);
  });

  it('that leaves a value out is the sum of its parts, divided by the number of all terms', () => {
    expect(meant('y[i] = x[i] * mean(j where j != i: x[j])')).toMatch(
      /^y\[i\] = x\[i\] \* \(\(sum\(j where j\+1 <= i: x\[j\]\) \+ sum\(j where .*\)\)\/3\)$/,
    );
    expect(meant('y = mean(i where i != 1: x[i]) + mean(i where i != 9: x[i])')).toMatch(/\)\/3 \+ .*\)\/4$/);
    expect(meant('y = f(x[1])', 'function f(z) = mean(m = 1..3 where m != 2: z^2*m)')).toBe('y = f(x[1])');
    expect(meant('y[i] = x[i] + mean(j where j <= i, j != i: x[j])')).toMatch(
      /this mean has no terms at i = 1/,
    );
    expect(meant('y[i] = x[i] + mean(j where j != i, j != 2: x[j])')).toMatch(
      /this mean has 2 terms at i = 1, but 3 terms at i = 2, which no sum/,
    );
  });

  it('is typeset as a fraction', () => {
    const { model } = compileModel(`given x = [3, 5]\nforward\n  y = mean(i: x[i])`);
    if (model === undefined) throw new TypeError('no model');
    expect(texFormula(model, model.formulas[0])).toBe('y = \\frac{\\sum_{i=1}^{2} x_{i}}{2}');
  });

  it('counts as trying every value does', () => {
    const relation = fc.constantFrom('<', '<=', '>', '>=', '=', '!=');
    type Side = readonly [
      text: string,
      value: (at: Readonly<Record<'s' | 'v' | 't' | 'u', number>>) => number,
    ];
    const inner: readonly Side[] = [
      ['s', ({ s }) => s],
      ['v', ({ v }) => v],
      ['s + v', ({ s, v }) => s + v],
      ['s - v', ({ s, v }) => s - v],
      ['2*s', ({ s }) => 2 * s],
    ];
    const bounds: readonly Side[] = [
      ['t', ({ t }) => t],
      ['u', ({ u }) => u],
      ['t + u', ({ t, u }) => t + u],
      ['t - 1', ({ t }) => t - 1],
      ['2*u', ({ u }) => 2 * u],
      ['3', () => 3],
      ['5', () => 5],
    ];
    const condition = fc.tuple(fc.constantFrom(...inner), relation, fc.constantFrom(...bounds));
    const meets = (left: number, sign: string, right: number) =>
      ({
        '<': left < right,
        '<=': left <= right,
        '>': left > right,
        '>=': left >= right,
        '=': left === right,
        '!=': left !== right,
      })[sign];
    let refused = 0;
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 3 }), (conditions) => {
        const where = conditions.map(([[left], sign, [right]]) => `${left} ${sign} ${right}`).join(', ');
        const { model, diagnostics } = compileModel(
          `index t = 1..3\nindex u = 1..4\nindex s = 1..4\nindex v = 1..3\nforward\n  y[t,u] = mean(s, v${where && ` where ${where}`}: 2)`,
        );
        const counts = [1, 2, 3].flatMap((t) =>
          [1, 2, 3, 4].map((u) => {
            const terms = [1, 2, 3, 4].flatMap((s) =>
              [1, 2, 3].filter((v) =>
                conditions.every(([[, left], sign, [, right]]) => {
                  const at = { s, v, t, u };
                  return meets(left(at), sign, right(at));
                }),
              ),
            );
            return { t, u, count: terms.length };
          }),
        );
        const isEmpty = counts.some(({ count }) => count === 0);
        const messages = diagnostics.map(({ message }) => message).join();
        if (isEmpty) expect(messages).toMatch(/this mean has no terms/);
        else if (model === undefined) expect(messages).toMatch(/which no sum of multiples of indices gives/);
        if (model === undefined) {
          refused += 1;
          return;
        }
        expect(isEmpty).toBe(false);
        const { expression } = model.formulas[0];
        const by = expression.kind === 'operation' ? expression.operands[1] : expression;
        for (const { t, u, count } of counts) {
          const at = new Map(Object.entries({ t, u }));
          const found =
            by.kind === 'number' ? by.value : by.kind === 'index' ? evaluateAffine(by.index, at) : 0;
          expect(found).toBe(count);
        }
      }),
      { seed: 90, numRuns: 400 },
    );
    expect(refused).toBeLessThan(390);
  });
});
