import { describe, expect, it } from 'vitest';
import { compileModel } from './compile/compile.ts';
import { findings } from './compile/findings.testing.ts';
import {
  deepestNesting,
  deepestNotation,
  longestName,
  longestNotation,
  longestText,
  mostCells,
  mostDeclarations,
  mostLines,
  mostTables,
} from './limits.ts';
import type { Model } from './model.ts';
import { texFormula } from './print/tex.ts';

const nested = (open: string, close: string, depth: number, inner = 'a') =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;
const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');
const model = (formula: string, rest = '') => `param a = 0.5\nforward\n  L = ${formula}\n${rest}`;
const derivative = 'backward\n  g : dL/da\n';

describe('a formula as deep as it may be is read, derived, ordered and printed; a deeper one is told', () => {
  it.each([
    ['parentheses', (n: number) => nested('(', ')', n - 1)],
    ['parentheses that matter', (n: number) => nested('(1 + 2*', ')', n - 1)],
    ['signs', (n: number) => `${'-'.repeat(n - 1)}a`],
    ['calls', (n: number) => nested('sin(', ')', n - 1)],
    ['roots', (n: number) => nested('sqrt(', ')', n - 1)],
    ['fractions', (n: number) => nested('1/(1 + ', ')', n - 1)],
    ['functions with slopes', (n: number) => nested('sigmoid(', ')', n - 1)],
    ['stops', (n: number) => nested('stop(', ')', n - 1)],
  ])('%s', (_, formula) => {
    for (const more of ['', 'backward\n  g : dL/da\n']) {
      const isStopped = formula(3).includes('stop');
      const { model: found, diagnostics } = compileModel(
        model(formula(deepestNesting), isStopped ? '' : more),
      );
      const [problem] = diagnostics;
      // A derived formula may be longer than the written one, and is then reported.
      if (problem !== undefined)
        expect(problem.message).toMatch(
          /too many to be read|more than \d+ letters of TeX|all formulas together|too long to be derived/,
        );
      else for (const one of found?.formulas ?? []) texFormula(found as Model, one);
    }
    expect(findings(model(formula(deepestNesting + 1)))).toEqual([
      expect.stringMatching(/^3:\d+ size here are more than 50 levels in each other/),
    ]);
    expect(findings(model(formula(20_000)))).toHaveLength(1);
  });

  it.each([
    ['quotients', ' / '],
    ['products', ' * '],
    ['differences', ' - '],
  ])('a chain of %s', (_, sign) => {
    const chain = (count: number) => Array.from({ length: count }, () => 'a').join(sign);
    const [few, many] = [findings(model(chain(9), derivative)), findings(model(chain(mostCells + 1)))];
    expect(few).toEqual([]);
    expect(many).toEqual([expect.stringMatching(/^3:3 size .*more than 300 cells/)]);
    for (const count of [80, mostCells])
      for (const one of findings(model(chain(count)))) expect(one).toContain('size');
  });
});

describe('a notation', () => {
  const written = (tex: string) => findings(`${model('a + 1')}write a as ${tex}\n`);
  it.each([
    [
      'is bounded in depth',
      nested('x^{', '}', deepestNotation),
      nested('x^{', '}', 150),
      /size a notation has at most (12 braces|200 letters)/,
    ],
    ['has its braces', '\\{ \\left( x \\right) \\}', '{'.repeat(150), /syntax each \{ needs its \}/],
    [
      'is bounded in length',
      'x'.repeat(longestNotation),
      'x'.repeat(200_000),
      /size a notation has at most 200 letters/,
    ],
    [
      'defines nothing',
      '\\operatorname{def}',
      '\\def\\a{\\a\\a}\\a',
      /syntax a notation is one formula; \\def is not for it/,
    ],
    [
      'links to nothing',
      '\\mathrm{href}',
      '\\href{javascript:alert(1)}{x}',
      /syntax a notation is one formula; \\href/,
    ],
    ['marks nothing', '\\hat x', '\\htmlData{now=1}{x}', /syntax a notation is one formula; \\htmlData/],
    ['hides nothing', '\\%', 'x%', /syntax a notation is one formula; %/],
  ])('%s', (_, right, wrong, message) => {
    expect(written(right)).toEqual([]);
    expect(written(wrong)).toEqual([expect.stringMatching(message)]);
    expect(written(wrong)[0]).toMatch(/^4:7 /);
  });

  it('that would make its formulas too deep is told at the formula', () => {
    const deep = `param a = 0.5\nforward\n  L = ${nested('1/(1 + ', ')', 45)}\n  M = exp(exp(L))\nwrite a as ${nested('x^{', '}', 12)}`;
    for (const one of findings(deep.replace('(1 + ', '(1 + exp(a) + '))) expect(one).toMatch(/^\d+:\d+ size/);
    const wide = model(Array.from({ length: 40 }, () => 'a').join(' + '), `write a as ${'x'.repeat(190)}`);
    expect(findings(wide)).toEqual([expect.stringMatching(/^3:3 size .* letters of TeX/)]);
  });
});

describe('what is too large is told once', () => {
  it.each([
    ['a text', `${' '.repeat(longestText)}x`, /^1:1 size this text has more than 4000000 letters/],
    ['lines', '\n'.repeat(mostLines), /^20001:1 size a model has at most 20000 lines/],
    ['a name', model(`${'b'.repeat(longestName + 1)} + 1`), /^3:7 size a name has at most 60 letters/],
    [
      'tables',
      `${lines(mostTables + 1, (n) => `table t${n} = "f${n}.csv"`)}\nforward\n  L = 1 + 1`,
      /^33:7 size a model has at most 32 tables/,
    ],
    [
      'data',
      `${lines(mostDeclarations + 1, (n) => `param p${n} = 1`)}\nforward\n  L = 1 + 1`,
      /^2001:7 size a model has at most 2000 lines of data/,
    ],
    ['a range', model('sum(i=1..1000000000: a)'), /size/],
    ['an array', `param W[1e9,1e9] = 0\n${model('1 + 1')}`, /^1:9 size an index runs to 1000000 at most/],
    [
      'sums in each other',
      model(nested('sum(i1=1..9: sum(i2=1..9: sum(i3=1..9: a*', ')))', 1, 'sum(i4=1..9: a)')),
      /^3:3 size/,
    ],
  ])('%s', (_, text, message) => {
    const found = findings(text);
    expect(found[0]).toMatch(message);
    expect(found.length).toBeLessThan(10);
    expect(compileModel(text).model).toBeUndefined();
  });

  it.each([
    [
      'drawn data',
      lines(9, (n) => `table t${n} = moons(100, 0.1, 7)`),
      /size t\d would take more than 50000 operations to draw/,
    ],
    [
      'data in many lines',
      lines(9, (n) => `param W${n}[10,20] = 0${' + 1'.repeat(30)}`),
      /size W\d would take more than 50000/,
    ],
  ])('%s, all together', (_, text, message) => {
    const { diagnostics } = compileModel(`${text}\nforward\n  L = 1 + 1`, { mostComputed: 50_000 });
    expect(diagnostics.map((one) => `${one.rule} ${one.message}`)[0]).toMatch(message);
  });

  it('and functions that open into each other without end cannot be differentiated', () => {
    const doubling = lines(17, (n) => `function f${n + 1}(z) = ${n === 0 ? 'z + 1' : `f${n}(f${n}(z))`}`);
    expect(findings(`${doubling}\n${model('f17(a)', derivative)}`)).toEqual([
      expect.stringMatching(/^20:3 size L calls functions without a slope more than 200 deep/),
    ]);
  });
});

describe('a derivative of one line that is too long', () => {
  const deep = (inner: string) => `${'tanh('.repeat(44)}${inner}${' * x)'.repeat(44)}`;
  it.each([
    [
      'in all its slopes',
      `param w = 1\ngiven x = 2\nforward\n  L = ${Array(5).fill(deep('w')).join(' + ')}\n`,
    ],
    ['as it comes out', `param w = 1\ngiven x = 2\nforward\n  L = ${Array(2).fill(deep('w')).join(' + ')}\n`],
  ])('is told where it is asked for: %s', (_what, text) => {
    const { diagnostics } = compileModel(`${text}update\n  w <- w - dL/dw`);
    expect(diagnostics.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      expect.stringMatching(/^size .*; (ask for|give inner parts|compute parts)/),
    ]);
  });
});
