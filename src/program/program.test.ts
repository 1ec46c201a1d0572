import { describe, expect, it } from 'vitest';
import { codeFormula } from '../formula/print/pseudocode.ts';
import { uniform } from '../number/random.ts';
import { compileProgram, type Program } from './program.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

/** The cells in the order in which they are computed. */
function order(program: Program): string[] {
  const cells: string[] = [];
  for (let step = 1; step <= program.size; step++) {
    const { formula, cell, operation } = program.locate(step);
    if (operation === 1) cells.push(`${formula.target}${cell.join('')}`);
  }
  return cells;
}

/** Steps per cell of `y`, for one formula on its right. */
function sizes(formula: string, head = 'index j = 1..3'): number[] {
  const program = compile(
    `given x = [1, 2, 3]\ngiven W = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]\n${head}\nforward\n  y[j] = ${formula}`,
  );
  const [y] = program.model.formulas;
  return [1, 2, 3].map((j) => {
    const { first, last } = program.stepsOf(y, [j]);
    return last - first + 1;
  });
}

describe('the steps of a cell', () => {
  it.each([
    ['x[j]', [1, 1, 1], 'a copy'],
    ['2', [1, 1, 1], 'a number'],
    ['-x[j]', [1, 1, 1], 'a sign'],
    ['-2 * x[j]', [1, 1, 1], 'a negative number is a number'],
    ['x[j]^4', [3, 3, 3], 'a power by multiplications'],
    ['sum(i: W[j,i])', [2, 2, 2], 'n − 1 additions'],
    ['sum(i: W[j,i] * x[i])', [5, 5, 5], 'a scalar product'],
    ['max(i: W[j,i])', [2, 2, 2], 'n − 1 comparisons'],
    ['argmax(i: W[j,i])', [2, 2, 2], 'n − 1 comparisons'],
    ['sum(i where i < j: W[j,i])', [1, 1, 1], 'no term and one term are copies, two make a sum'],
    ['sum(i where i <= j: W[j,i])', [1, 1, 2], 'a clipped sum'],
    ['sum(i where i <= j: W[j,i]^2)', [1, 3, 5], 'a clipped sum of powers'],
    ['when(j < 3: x[j] + 1)', [1, 1, 1], 'a term that is not there is a copy of 0'],
    ['when(j < 3: x[j] + 1) * 2 + 1', [3, 3, 2], 'and has no operations'],
    ['sigmoid(x[j])', [4, 4, 4], 'a function: −, exp, +, ÷'],
    ['sigmoid(x[j] + 1)', [5, 5, 5], 'its argument once'],
    ['identity(x[j])', [1, 1, 1], 'a function that does nothing is a copy'],
    ['j * 2 + x[j]', [1, 1, 1], 'index arithmetic is not counted'],
    ['x?[j-1] + 1', [1, 1, 1], 'reading outside is reading 0'],
    ['stop(x[j] * 2)', [1, 1, 1], 'stop does nothing forward'],
    ['[x[j] > 1] * 2', [2, 2, 2], 'a comparison'],
  ])('%s', (formula, wanted) => {
    expect(sizes(formula)).toEqual(wanted);
  });
});

describe('the order of cells', () => {
  it('is that of the lines where nothing else is needed, row by row', () => {
    const text = 'index i = 1..2\nindex j = 1..2\nforward\n  a[i,j] = 1\n  b[i] = 2\n  c[j,i] = 3';
    expect(order(compile(text))).toEqual([
      'a11',
      'a12',
      'a21',
      'a22',
      'b1',
      'b2',
      'c11',
      'c12',
      'c21',
      'c22',
    ]);
  });

  it('puts first what is read', () => {
    expect(order(compile('forward\n  a = c + 1\n  b = 2\n  c = d\n  d = 1'))).toEqual(['d', 'c', 'a', 'b']);
  });

  it('runs formulas that need each other through time', () => {
    const text = `given x = [1, 2, 3]
index t = 1..3
forward
  y[t] = c[t] * 2
  h[t] = c[t] + x[t]
  c[t] = h?[t-1] * 2`;
    expect(order(compile(text))).toEqual(['c1', 'h1', 'c2', 'h2', 'c3', 'h3', 'y1', 'y2', 'y3']);
  });

  it('runs backwards where the need points forwards', () => {
    expect(order(compile('given x = [1, 2, 3]\nforward\n  h[t] = x[t] + h?[t+1]'))).toEqual([
      'h3',
      'h2',
      'h1',
    ]);
  });

  it('runs in two dimensions', () => {
    const text = 'given x = [[1, 2], [3, 4]]\nforward\n  h[t,u] = x[t,u] + h?[t-1,u] + h?[t,u-1]';
    expect(order(compile(text))).toEqual(['h11', 'h12', 'h21', 'h22']);
  });

  it('reads steps back through a sum', () => {
    const text = 'given x = [1, 2, 3]\nforward\n  h[t] = x[t] + sum(s=1..2: h?[t-s])';
    expect(order(compile(text))).toEqual(['h1', 'h2', 'h3']);
  });

  it('takes formulas that need each other under different letters for what they are', () => {
    const text = `given x = [1, 2, 3]
index t = 1..3
index k = 1..2
forward
  h[s,k] = c[s,k] + x[s] + k
  c[t,j] = h?[t-1,j] * sum(s=1..2: h?[t-1,s])
  y[a] = sum(k: h[a,k] * c[a,k])`;
    const program = compile(text);
    expect(program.model.formulas.map((formula) => codeFormula(formula))).toEqual([
      'h[s,k] = c[s,k] + x[s] + k',
      'c[s,j] = h?[s-1,j] * sum(s2=1..2: h?[s-1,s2])',
      'y[a] = sum(k: h[a,k] * c[a,k])',
    ]);
    expect(order(program)).toEqual(
      [1, 2, 3].flatMap((s) => [`c${s}1`, `c${s}2`, `h${s}1`, `h${s}2`]).concat(['y1', 'y2', 'y3']),
    );
  });

  it('gives way where two letters change places', () => {
    const text = `given x = [1, 2, 3]
forward
  a[t,s] = x[t] + x[s] + b?[t-1,s]
  b[s,t] = a[s,t] * x[t]`;
    const program = compile(text);
    expect(program.model.formulas.map((formula) => codeFormula(formula))).toEqual([
      'a[t,s] = x[t] + x[s] + b?[t-1,s]',
      'b[t,t2] = a[t,t2] * x[t2]',
    ]);
    expect(order(program)).toHaveLength(18);
  });

  it.each([
    ['a[i] = a[i] + x[i]', 3, 'a needs itself'],
    ['a[i] = sum(s=0..2: a?[i-s]) + x[i]', 3, 'a needs itself'],
    ['a[i] = a?[i-1] + a?[i+1] + x[i]', 3, 'a needs itself'],
    ['a[i] = x[i] + b[i]\n  b[i] = a[i]', 3, 'a and b need each other'],
    ['a[i] = x[i] + a?[4-i]', 3, 'a needs itself'],
    ['a[i] = x[i] + b[4-i]\n  b[j] = a[j]', 3, 'the index along which they run has the same letter'],
  ])('is not to be found in %s', (formulas, line, message) => {
    const { program, diagnostics } = compileProgram(`given x = [1, 2, 3]\nforward\n  ${formulas}`);
    expect(program).toBeUndefined();
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ rule: 'cycle', span: { line, column: 3 } });
    expect(diagnostics[0].message).toContain(message);
  });
});

describe('a large net', () => {
  const zeros = (...shape: number[]): string =>
    `0 like ${shape.length === 1 ? `v${shape[0]}` : `m${shape.join('x')}`}`;
  const shapes = [[784], [256], [128], [10]].map(([n]) => `given v${n} = [${Array(n).fill(0).join(',')}]`);
  const text = [
    ...shapes,
    `given x = ${zeros(784)}`,
    'index a = 1..784',
    'index b = 1..256',
    'index c = 1..128',
    'index d = 1..10',
    'forward',
    '  W1[b,a] = 0.01',
    '  W2[c,b] = 0.01',
    '  W3[d,c] = 0.01',
    '  h1[b] = sigmoid(sum(a: W1[b,a] * x[a]))',
    '  h2[c] = sigmoid(sum(b: W2[c,b] * h1[b]))',
    '  y[d] = sum(c: W3[d,c] * h2[c])',
    '  L = sum(d: y[d]^2)',
    'backward',
    '  δ[a] : dL/dx[a]',
  ].join('\n');

  it('is counted without listing its steps', () => {
    const program = compile(text);
    expect(program.size).toBeGreaterThan(1_000_000);
    const start = process.cpuUsage();
    for (let n = 0; n < 10_000; n++) {
      const step = 1 + Math.floor(uniform(1, 1, n) * program.size);
      const { formula, cell, operation, first } = program.locate(step);
      expect(program.stepsOf(formula, cell).first).toBe(first);
      expect(first + operation - 1).toBe(step);
    }
    // Some microseconds each; listing the steps would take a thousand times as long.
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 10_000).toBeLessThan(5000);
  });
});
