import { describe, expect, it } from 'vitest';
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

  it('is typeset as a fraction', () => {
    const { model } = compileModel(`given x = [3, 5]\nforward\n  y = mean(i: x[i])`);
    if (model === undefined) throw new TypeError('no model');
    expect(texFormula(model, model.formulas[0])).toBe('y = \\frac{\\sum_{i=1}^{2} x_{i}}{2}');
  });
});
