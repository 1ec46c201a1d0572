import { expect, it } from 'vitest';
import { apply, children, reference } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { codeSegments } from './pseudocode.ts';

it('marks one occurrence of a node that a line contains twice, and keeps the rest', () => {
  const { model } = compileProgram('given x = 2\nforward\n  L = x * x').program as Program;
  const x = reference('x', []);
  const formula: Formula = { ...model.formulas[0], expression: apply('mul', apply('add', x, x), x) };
  expect(codeSegments(formula, x)).toEqual([
    { text: 'L = (', now: false },
    { text: 'x', now: true },
    { text: ' + x) * x', now: false },
  ]);
  expect(codeSegments(formula, undefined)).toEqual([{ text: 'L = (x + x) * x', now: false }]);
});

it('keeps the parentheses around a marked node that begins with a sign', () => {
  const { model } = compileProgram('given x = 2\nforward\n  L = x + (-x * x)').program as Program;
  const [formula] = model.formulas;
  const [, product] = children(formula.expression);
  for (const at of [product, ...children(product), undefined])
    expect(
      codeSegments(formula, at)
        .map(({ text }) => text)
        .join(''),
    ).toBe('L = x + (-x * x)');
});
