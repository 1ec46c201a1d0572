import { describe, expect, it } from 'vitest';
import { compileModel } from './compile.ts';

const head = `given x = [1, 2, 3]
given W = [[1, 2, 3], [4, 5, 6]]
given image = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]
`;

/** The shape of y, from what its formula reads. */
function shapeOf(formulas: string, declarations = ''): readonly number[] | undefined {
  const { model, diagnostics } = compileModel(`${head}${declarations}\nforward\n  ${formulas}`);
  expect(diagnostics, formulas).toEqual([]);
  return model?.quantities.get('y')?.shape;
}

describe('the shape of a formula', () => {
  it.each([
    ['y = 1', []],
    ['y[i] = x[i]', [3]],
    ['y[j] = sum(i: W[j,i] * x[i])', [2]],
    ['y[i,j] = W[j,i]', [3, 2]],
    ['y[a,b] = x[a] * x[b]', [3, 3]],
    ['y[i] = x[i] - x[4-i]', [3]],
    ['y[p] = sum(u=0..1: x[p+u])', [2]],
    ['y[p,q] = max(u=0..1, v=0..1: image[p+u,q+v])', [2, 3]],
    ['y[p] = image[1,2*p]', [2]],
    ['y[i] = a[i] * 2\n  a[i] = x[i]', [3]],
    ['y[t] = x[t] + y?[t-1]', [3]],
    ['y[t] = sum(s where s <= t: x[s]) + x[t]', [3]],
  ])('%s', (formulas, wanted) => expect(shapeOf(formulas)).toEqual(wanted));

  it('is what an index is declared to be where nothing tells', () => {
    expect(shapeOf('y[p] = x?[p-1]', 'index p = 1..5')).toEqual([5]);
    expect(shapeOf('y[p] = sum(i: x[i] * p)', 'index p = 1..4')).toEqual([4]);
  });

  it('leaves loops no wider than what is read', () => {
    const { model } = compileModel(`${head}forward\n  y[p] = sum(u=0..1: x[p+u])\nupdate\n  z[p] = y[p]`);
    expect(model?.formulas.map(({ indices }) => indices)).toEqual([
      [{ name: 'p', range: { low: 1, high: 2 } }],
      [{ name: 'p', range: { low: 1, high: 2 } }],
    ]);
  });
});

describe('a read out of range', () => {
  it('is found where two bounds depend on each other', () => {
    const errors = (formula: string) =>
      compileModel(`${head}forward\n  ${formula}`).diagnostics.map(({ rule }) => rule);
    expect(errors('y[t] = x[t] + sum(s=1..t-1: x[t-s])')).toEqual([]);
    expect(errors('y[t] = x[t] + sum(s=1..t: x[t-s])')).toEqual(['range']);
    expect(errors('y[t] = x[t] + when(t > 1: x[t-1])')).toEqual([]);
    expect(errors('y[t] = x[t] + when(t > 0: x[t-1])')).toEqual(['range']);
  });

  it('is not suspected where many other loops run around', () => {
    const { diagnostics } = compileModel(`index c = 1..64
index p = 1..28
index q = 1..28
forward
  z[c,p,q] = 0
  y[c,p,q] = sum(d=1..8, u=1..5, v=1..5 where 1 <= p+u-3 <= 28, 1 <= q+v-3 <= 28: z[d,p+u-3,q+v-3])`);
    expect(diagnostics).toEqual([]);
  });
});
