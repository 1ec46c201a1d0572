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

describe('conditions on an index', () => {
  const given = `given a = [5, 6]
given b = [7, 8]
given c = [1, 2, 3, 4, 5]
given M = [[1, 2], [3, 4], [5, 6]]
given w = 2
param v = 3
`;
  const compiled = (formulas: string, before = '') =>
    compileModel(`${given}${before}\nforward\n  ${formulas}`, {});
  const told = (formulas: string, before?: string) =>
    compiled(formulas, before)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);

  it.each([
    ['y[i] = when(i <= 2: a[i]) + when(i >= 3: b[i-2])', [4]],
    ['y[i] = when(i >= 3: b[i-2]) + when(i <= 2: a[i])', [4]],
    ['y[i] = when(i <= 2: a[i]) + when(3 <= i: when(i <= 4: b[i-2])) + when(i = 5: w)', [5]],
    ['y[k] = when(k = 1: w*v) + when(k = 2: w+v)', [2]],
    ['y[k] = v + when(k <= 2: 1)', [2]],
    ['y[i] = c[i] + when(i <= 2: a[i])', [5]],
    ['y[i] = when(i <= 2: a[i]) + c[i]', [5]],
    ['y[i] = when(i > 1: c[i])', [5]],
    ['y[i,j] = when(j = 1: a[i]) + when(j = 2: b[i])', [2, 2]],
    ['y[i,j] = when(i = j: a[i])', [2, 2]],
    ['y[i,j] = when(i <= j: a[i] * c[j])', [2, 5]],
    ['y[r,i] = when(r <= 3: M[r,i]) + when(r = 4: a[i])', [4, 2]],
    ['y[r,t] = when(t <= r: sum(j: M[r,j] * M[t,j]) / 4)', [3, 3]],
    ['y[r,t] = when(t <= r: sum(j where j < 2: M[r,j] * M[t,j]) / 4)', [3, 3]],
    ['y[t] = sum(s where s < t: c[s] * c[t])', [5]],
    ['y[p] = sum(u where 2*p-1 <= u <= 2*p: c[u])', [3]],
    ['y[p] = sum(u where 2*p-1 <= u, u <= 2*p, u <= 4: c[u])', [2]],
    ['y = sum(i: when(i <= 2: a[i]) + when(i >= 3: b[i-2]))', []],
    ['y[i] = d[i]\n  d[i] = when(i <= 2: a[i]) + when(i >= 3: b[i-2])', [4]],
    ['y[t] = when(t = 1: w) + when(2 <= t <= 4: y[t-1])', [4]],
  ])('%s', (formulas, wanted) => {
    expect(told(formulas)).toEqual([]);
    expect(compiled(formulas).model?.quantities.get('y')?.shape).toEqual(wanted);
  });

  it.each([
    // A reference without a condition gives no range.
    ['y[i] = when(i = 1: 1) + a?[i-1]', 'i = 1..3'],
    ['y[i] = [i = 2] + when(i <= 2: a[i])', 'i = 1..2'],
    ['y[i] = when(i <= 2: a[i]) + when(i >= 3: w)', 'i = 1..2'],
    ['y[t] = when(t = 1: w) + when(t > 1: y[t-1])', 't = 1..1'],
    // The union has gaps, or the arrays are longer than the conditions allow.
    ['y[i] = when(i <= 1: a[i]) + when(i >= 3: b[i-2])', 'i = 1..4'],
    ['y[i] = when(i >= 3: b[i-2])', 'i = 1..4'],
    ['y[i] = when(i <= 2: c[i]) + when(i >= 3: b[i-2])', 'i = 1..5'],
  ])('of %s do not say how far it runs', (formulas, hint) => {
    const [name] = hint;
    expect(told(formulas)).toEqual([
      `cannot tell from what is said under conditions how far the index ${name} runs; declare it, as in index ${hint}`,
    ]);
    expect(told(formulas, `index ${name} = 1..5`).join()).not.toMatch('how far');
  });

  it('of a padded convolution leave cells before the first, so a line is asked for', () => {
    expect(told('y[p] = sum(u where 1 <= p+u-2 <= 5: M[u,1] * c[p+u-2])')).toEqual([
      'the index p of y must start at 1, not at 0; declare it, as in index p = 1..6',
    ]);
  });

  it('are checked against what is read', () => {
    expect(told('y[i] = when(i <= 3: a[i]) + when(i >= 3: b[i-2])')).toEqual([
      'this reads a at 3, but it runs from 1 to 2; write a?[…] to read 0 outside',
    ]);
    expect(told('y[i] = a[i] + when(i >= 2: c[i])')).toEqual(['i runs over 2 in a[i], but c has 5 entries']);
  });
});
