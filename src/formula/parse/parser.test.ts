import { describe, expect, it } from 'vitest';
import { Diagnostics } from '../diagnostic.ts';
import type { Expression } from '../expression.ts';
import { Parser } from './parser.ts';
import { readModel } from './reader.ts';
import { tokenize } from './token.ts';

/** The tree as text, every operation in parentheses. */
function shown(e: Expression): string {
  const affine = (a: { constant: number; terms: readonly (readonly [string, number])[] }) =>
    [...a.terms.map(([name, factor]) => `${factor}${name}`), a.constant].join('+');
  switch (e.kind) {
    case 'number':
      return String(e.value);
    case 'index':
      return `<${affine(e.index)}>`;
    case 'parameter':
      return `$${e.name}`;
    case 'reference':
      return (
        e.name + (e.guarded ? '?' : '') + (e.indices.length > 0 ? `[${e.indices.map(affine).join()}]` : '')
      );
    case 'operation':
      return `(${[e.operation, ...e.operands.map(shown)].join(' ')})`;
    case 'power':
      return `(power ${shown(e.base)} ${e.exponent})`;
    case 'call':
      return `(${[`@${e.name}`, ...e.operands.map(shown)].join(' ')})`;
    case 'stop':
      return `(stop ${shown(e.body)})`;
    case 'when':
      return `(when ${e.where.map(affine).join(' & ')}: ${shown(e.body)})`;
    case 'reduction': {
      const bound = e.indices.map(({ name, range }) => name + (range ? `=${range.low}..${range.high}` : ''));
      const where = e.where.map((condition) => ` ${affine(condition)}`).join(' &');
      return `(${e.reducer} ${bound.join()}${where}: ${shown(e.body)})`;
    }
  }
}

function parse(text: string): string {
  const diagnostics = new Diagnostics();
  const tokens = tokenize(text, { line: 1, column: 1 }, diagnostics);
  const parser = new Parser(tokens, new Set(['i', 't', 'p']), new Set(['z']), diagnostics);
  const tree = parser.expression();
  parser.finish();
  expect(diagnostics.all).toEqual([]);
  return shown(tree);
}

describe('an expression', () => {
  it.each([
    ['a + b + c', '(add (add a b) c)'],
    ['a - b - c', '(sub (sub a b) c)'],
    ['a - (b - c)', '(sub a (sub b c))'],
    ['a / b * c', '(mul (div a b) c)'],
    ['a + b * c^2', '(add a (mul b (power c 2)))'],
    ['-a^2', '(neg (power a 2))'],
    ['(-a)^2', '(power (neg a) 2)'],
    ['-2^2', '(neg (power 2 2))'],
    ['-2 * a', '(mul -2 a)'],
    ['2 - -3', '(sub 2 -3)'],
    ['-a * b', '(mul (neg a) b)'],
    ['a * -b', '(mul a (neg b))'],
    ['a^1', 'a'],
    ['.5 + 1e-3', '(add 0.5 0.001)'],
    ['x[i]', 'x[1i+0]'],
    ['x?[2*p+i-1]', 'x?[2p+1i+-1]'],
    ['x[2*(p-1)+i+1]', 'x[2p+1i+-1]'],
    ['x[i-i+1]', 'x[1]'],
    ['i + 1', '<1i+1>'],
    ['i * 0.5', '(mul <1i+0> 0.5)'],
    ['i * i', '(mul <1i+0> <1i+0>)'],
    ['[a >= 0]', '(ge a 0)'],
    ['[w[t] = i] * 2', '(mul (eq w[1t+0] <1i+0>) 2)'],
    ['max(a, b)', '(max a b)'],
    ['max(j: a[j])', '(max j: a[1j+0])'],
    ['max(max(j: a[j]), b)', '(max (max j: a[1j+0]) b)'],
    ['sum(j: a[j] * z)', '(sum j: (mul a[1j+0] $z))'],
    ['sum(j, k=0..2: a[j+k])', '(sum j,k=0..2: a[1j+1k+0])'],
    ['sum(s where s <= t: a[s])', '(sum s 1t+-1s+0: a[1s+0])'],
    ['sum(s=1..t: a[s])', '(sum s 1s+-1 & 1t+-1s+0: a[1s+0])'],
    ['sum(s where 1 < s < t: a[s])', '(sum s 1s+-2 & 1t+-1s+-1: a[1s+0])'],
    ['argmax(j: a[j])', '(argmax j: a[1j+0])'],
    ['when(t > 2: a)', '(when 1t+-3: a)'],
    ['when(t = 2: a)', '(when -1t+2 & 1t+-2: a)'],
    ['stop(a + b)', '(stop (add a b))'],
    ['sigmoid(a + 1)', '(@sigmoid (add a 1))'],
    ['dL/dW1[i,t] * 2', '(mul dL/dW1[1i+0,1t+0] 2)'],
    ['dL / dW', '(div dL dW)'],
    ['δ1[i] * Wß', '(mul δ1[1i+0] Wß)'],
  ])('%s', (text, wanted) => expect(parse(text)).toBe(wanted));

  it.each([
    '2.',
    '1..3',
    'a[',
    'max(',
    'sum(i: a)',
    '[a]',
    'x[a]',
    'x[0.5]',
    'a b',
    '(a',
    'a)',
    '^2',
    'a^i',
    'when(a: b)',
  ])('is not %s', (text) => {
    const diagnostics = new Diagnostics();
    const statements = readModel(`forward\n  y[i] = ${text === '2.' ? '2..' : text}`, diagnostics);
    expect(diagnostics.all.length).toBeGreaterThan(0);
    expect(diagnostics.all[0].span.line).toBe(2);
    expect(statements.length).toBeLessThanOrEqual(1);
  });
});

describe('a line', () => {
  it('has fractions, and numbers evenly spread, whose ends are exact', () => {
    const numbersOf = (line: string) => {
      const diagnostics = new Diagnostics();
      const [statement] = readModel(line, diagnostics);
      return diagnostics.all.length > 0
        ? diagnostics.all[0].message
        : (statement as { numbers?: unknown }).numbers;
    };
    expect(numbersOf('given x = [1/3, -2/3, 4]')).toEqual([1 / 3, -2 / 3, 4]);
    expect(numbersOf('given x = linspace(-1, 1, 5)')).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(numbersOf('given x = linspace(0.1, 1/3, 4)')).toEqual([
      0.1,
      0.1 + (1 / 3 - 0.1) * (1 / 3),
      1 / 3 - (1 / 3 - 0.1) * (1 - 2 / 3),
      1 / 3,
    ]);
    const symmetric = numbersOf('given x = linspace(-0.7, 0.7, 30)') as number[];
    for (const [n, one] of symmetric.entries()) expect(one).toBeCloseTo(-symmetric[29 - n], 15);
    // A name of its own it may still be.
    expect(numbersOf('given linspace = 3')).toBe(3);
    expect(numbersOf('given x = [1/0]')).toBe('nothing can be divided by 0');
    expect(numbersOf('given x = [1/]')).toContain('expected a number');
    expect(numbersOf('given x = [1e300/1e-300]')).toBe('this number is too large to be stored');
    expect(numbersOf('given x = linspace(0, 1, 1)')).toBe('linspace has at least two numbers, its ends');
    expect(numbersOf('given x = linspace(0, 1)')).toContain('before how many there are');
    expect(numbersOf('given x = linspace(0, 1, 2.5)')).toContain('expected a whole number');
  });

  it('declares data, rates, indices and functions, and says how things are written', () => {
    const diagnostics = new Diagnostics();
    const statements = readModel(
      [
        'given x = [[1, -2.5], [3e2, 4]] : positive',
        'state m = 0 like x',
        'eta = 0.1  # a rate',
        'index p = -1..3',
        'function f(a, b) = a*b slope b, a',
        'store h[1]: 2dp   h, y: 3sf  z: exact',
        'write h as x^{1}   W1 as W_{#}',
        'say h as "hidden unit"',
        'label k as 0..9   i as the, "cat as in", sat',
      ].join('\n'),
      diagnostics,
    );
    expect(diagnostics.all).toEqual([]);
    expect(statements).toMatchObject([
      {
        kind: 'data',
        role: 'given',
        name: 'x',
        numbers: [
          [1, -2.5],
          [300, 4],
        ],
        domain: { name: 'positive' },
      },
      { kind: 'data', role: 'state', name: 'm', numbers: 0, like: { name: 'x' } },
      { kind: 'data', role: 'rate', name: 'eta', numbers: 0.1 },
      { kind: 'index', name: 'p', low: -1, high: 3 },
      { kind: 'function', name: 'f', parameters: ['a', 'b'], slopes: [{ name: 'b' }, { name: 'a' }] },
      { kind: 'store', selectors: [{ name: 'h', cell: [1] }], precision: { kind: 'decimals', digits: 2 } },
      {
        kind: 'store',
        selectors: [{ name: 'h' }, { name: 'y' }],
        precision: { kind: 'significant', digits: 3 },
      },
      { kind: 'store', selectors: [{ name: 'z' }], precision: { kind: 'exact' } },
      { kind: 'write', name: 'h', text: 'x^{1}' },
      { kind: 'write', name: 'W1', text: 'W_{#}' },
      { kind: 'say', name: 'h', text: 'hidden unit' },
      { kind: 'label', name: 'k', labels: { low: 0, high: 9 }, text: '0..9' },
      { kind: 'label', name: 'i', labels: ['the', 'cat as in', 'sat'], span: { column: 19 } },
    ]);
  });

  it('computes in the pass it stands in, and may claim', () => {
    const diagnostics = new Diagnostics();
    const lines = readModel(
      'forward\n y = 1\nbackward\n g[i] : -dL/dx[i]\nupdate\n w[i] <- w[i] - g[i]',
      diagnostics,
    );
    expect(diagnostics.all).toEqual([]);
    expect(lines).toMatchObject([
      { phase: 'forward', target: 'y', assignment: '=', lineSpan: { line: 2, column: 2, length: 5 } },
      { phase: 'backward', target: 'g', indices: ['i'], claim: { sign: -1, of: 'L', by: 'x' } },
      { phase: 'update', target: 'w', assignment: '<-' },
    ]);
    expect(lines[1]).not.toHaveProperty('expression');
  });
});
