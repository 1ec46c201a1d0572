import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { index } from '../affine.ts';
import { compileModel } from '../compile/compile.ts';
import { Diagnostics } from '../diagnostic.ts';
import { apply, type Expression, number, reference } from '../expression.ts';
import type { Model } from '../model.ts';
import { type OperationName, operations } from '../operation.ts';
import { Parser } from '../parse/parser.ts';
import { tokenize } from '../parse/token.ts';
import { asTree, print } from './printer.ts';
import { codeFormula, codeMedium } from './pseudocode.ts';
import { texFormula } from './tex.ts';

const seed = 318;

function parse(text: string): Expression {
  const diagnostics = new Diagnostics();
  const parser = new Parser(
    tokenize(text, { line: 1, column: 1 }, diagnostics),
    new Set(['i', 'j']),
    new Set(),
    diagnostics,
  );
  const tree = parser.expression();
  parser.finish();
  expect(diagnostics.all).toEqual([]);
  return tree;
}

/** Without the places in the text, which printing cannot keep. */
const bare = (e: Expression): unknown =>
  JSON.parse(JSON.stringify(e, (key, value) => (key === 'span' ? undefined : value)));

const names = Object.keys(operations) as OperationName[];
const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -9, max: 9 }).map((n) => number(n / 4)),
    fc.constantFrom<Expression>(
      reference('a', []),
      reference('x', [index('i')]),
      reference('W', [index('j'), index('i')]),
    ),
    fc.constant<Expression>({ kind: 'index', index: index('i') }),
  ),
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    tie('leaf'),
    fc
      .tuple(fc.constantFrom(...names), tie('tree'), tie('tree'))
      .map(([name, a, b]) => apply(name, ...(operations[name].arity === 1 ? [a] : [a, b]))),
    fc
      .tuple(tie('tree'), fc.integer({ min: 2, max: 4 }))
      .map(([base, exponent]): Expression => ({ kind: 'power', base, exponent })),
    tie('tree').map(
      (body): Expression => ({
        kind: 'reduction',
        reducer: 'sum',
        indices: [{ name: 'k' }],
        where: [],
        body,
      }),
    ),
    tie('tree').map((operand): Expression => ({ kind: 'call', name: 'sigmoid', operands: [operand] })),
    tie('tree').map((body): Expression => ({ kind: 'stop', body })),
  ),
})).tree;

/** Index arithmetic is done while reading, so a tree that does arithmetic on bare indices is not what a reader makes. */
const isRead = (e: Expression): boolean =>
  !(e.kind === 'operation' && e.operands.some(({ kind }) => kind === 'index')) &&
  (e.kind === 'operation' || e.kind === 'call'
    ? e.operands.every(isRead)
    : 'body' in e
      ? isRead(e.body)
      : 'base' in e
        ? isRead(e.base)
        : true);

describe('the code printer', () => {
  it('prints every tree so that it reads back as the same tree', () => {
    fc.assert(
      fc.property(anyExpression.filter(isRead), (e) => {
        const text = print(asTree(e), codeMedium).text;
        // A sum inside a sum would need another letter; the generator has only one.
        fc.pre((text.match(/sum\(k/g) ?? []).length < 2);
        expect(bare(parse(text)), text).toEqual(bare(e));
      }),
      { seed, numRuns: 3000 },
    );
  });

  it.each([
    ['a - (x[i] - a)'],
    ['a - x[i] - a'],
    ['-(a + x[i])'],
    ['-a * x[i]'],
    ['-(a * x[i])'],
    ['(-a)^2'],
    ['-a^2'],
    ['a/(x[i]*a)', 'a/(x[i] * a)'],
    ['a/x[i]/a'],
    ['1/(1 + exp(-a))'],
    ['[a > 0] - [a < 0]'],
    ['x[2*i+j-1]'],
    ['sum(k=2..3: x[k])'],
    ['sum(k where 1 <= i-k <= 3: x[i])', 'sum(k where k+1 <= i, i <= k+3: x[i])'],
    ['when(i < 3: x[i])', 'when(i <= 2: x[i])'],
  ])('prints %s', (text, printed = text) => {
    expect(print(asTree(parse(text)), codeMedium).text).toBe(printed);
  });
});

describe('names', () => {
  it('set a number at the end above where it counts layers, below where it belongs to a single number', () => {
    const { model } = compileModel('given W1 = [1, 2]\nrate beta2 = 0.9\nforward\n  y2 = beta2^2 * W1[1]');
    expect(texFormula(model as Model, (model as Model).formulas[0])).toBe(
      'y_{2} = (\\beta_{2})^{2} \\cdot W^{1}_{1}',
    );
  });
});

describe('the TeX printer', () => {
  const model = compileModel(`
given x = [1, 2]
given t = [1, 2]
param W1 = [[1, 2], [3, 4]]
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  L = sum(j: (t[j] - h[j])^2) / 2
  q[j] = h[j]^2 - (h[j] - t[j]) / (1 + exp(-h[j]))
write net1 as \\mathit{net}^{1}   h as x^{1}
`).model as Model;

  it.each([
    [0, '\\mathit{net}^{1}_{j} = \\sum_{i=1}^{2} W^{1}_{j,i} \\cdot x_{i}'],
    [1, 'x^{1}_{j} = \\sigma(\\mathit{net}^{1}_{j})'],
    [2, 'L = \\frac{\\sum_{j=1}^{2} (t_{j} - x^{1}_{j})^{2}}{2}'],
    [3, 'q_{j} = (x^{1}_{j})^{2} - \\frac{x^{1}_{j} - t_{j}}{1 + e^{-x^{1}_{j}}}'],
  ])('sets formula %i as a lecture does', (at, text) => {
    expect(texFormula(model, model.formulas[at])).toBe(text);
  });

  it('prints formulas that the language reads', () => {
    for (const formula of model.formulas)
      expect(
        compileModel(
          model.text.replace(/\n {2}q.*/, `\n  ${codeFormula(formula).replace(formula.target, 'other')}`),
        ).diagnostics,
      ).toEqual([]);
  });
});
