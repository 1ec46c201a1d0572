import { describe, expect, it } from 'vitest';
import { codeFormula } from '../print/pseudocode.ts';
import { compileModel } from './compile.ts';
import { expectOnly } from './findings.testing.ts';

const formulas = (text: string): string[] => {
  const { model, diagnostics } = compileModel(text);
  expect(diagnostics).toEqual([]);
  return model?.formulas.map((one) => codeFormula(one)) ?? [];
};

describe('an entry that a quantity picks', () => {
  it('is a sum over all of them, with a letter that stands nowhere else', () => {
    expect(formulas('given p = [1, 2, 3]\ngiven y = 2\ngiven c = 4\nforward\n  L = p[y] + c')).toEqual([
      'L = sum(d: [d = y] * p[d]) + c',
    ]);
  });

  it('may be one of several indices, or several', () => {
    const data = 'given A = [[1, 2], [3, 4]]\ngiven a = 1\ngiven b = 2\nforward\n';
    expect(formulas(`${data}  h[i] = A[i,b]`)).toEqual(['h[i] = sum(c: [c = b] * A[i,c])']);
    expect(formulas(`${data}  L = A[a,b]`)).toEqual(['L = sum(c: [c = a] * sum(d: [d = b] * A[c,d]))']);
  });

  it('is another for every sample of a batch, and may be computed', () => {
    const text = `sample x = [[1, 2], [3, 4]]
batch n = 2
forward
  best = argmax(k: x[k])
  L = x[best]`;
    expect(formulas(text)[1]).toBe('L[n] = sum(c: [c = best[n]] * x[n,c])');
  });

  it('may be picked by an entry of a list', () => {
    expect(formulas('given p = [1, 2, 3]\ngiven y = [3, 1]\nforward\n  L[i] = p[y[i]]')).toEqual([
      'L[i] = sum(c: [c = y[i]] * p[c])',
    ]);
  });

  it.each([
    ['given y = 4', '2:7', 'y is 4 and picks none of the entries, which are 1 to 3'],
    ['given y = 1.5', '2:7', 'y is 1.5 and picks none of the entries, which are 1 to 3'],
    ['sample y = [1, 2, 0]', '2:7', 'row 3 of y is 0 and picks none of the entries, which are 1 to 3'],
  ])('is there: %s', (line, _, message) =>
    expectOnly(`given p = [1, 2, 3]\n${line}\nforward\n  L = p[y]`, `4:9 range ${message}`),
  );

  it('does not hide an index that nothing binds, or one on the left', () => {
    expectOnly('given p = [1, 2, 3]\nforward\n  L = p[q]', '3:9 index q is not an index here');
    expect(compileModel('given p = [1, 2]\ngiven y = 1\nforward\n  h[y] = p[1]').model).toBeUndefined();
  });
});
