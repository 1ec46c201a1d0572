import { expect, it } from 'vitest';
import { compileModel } from './compile/compile.ts';
import type { Model } from './model.ts';
import { texName } from './notation.ts';

it.each([
  ['w_{#,0}', 'w_{k,0}', 'w_{0}'],
  ['w_{0,#}', 'w_{0,k}', 'w_{0}'],
  ['w_{#}', 'w_{k}', 'w'],
  ['D(x_{#})', 'D(x_{k})', 'D(x)'],
  ['w^{1}', 'w^{1}_{k}', 'w^{1}'],
])('a name written as %s has its indices there, and leaves no comma without them', (written, cell, whole) => {
  const { model } = compileModel(`given w = [1, 2]\nforward\n  y = sum(k: w[k])\nwrite w as ${written}`);
  expect(texName(model as Model, 'w', ['k'])).toBe(cell);
  expect(texName(model as Model, 'w', [])).toBe(whole);
});
