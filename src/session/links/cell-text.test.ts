import { describe, expect, it } from 'vitest';
import { cellAt, cellName } from '../../formula/model.ts';
import { texName } from '../../formula/notation.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { findWrittenCell, inLanguage } from './cell-text.ts';
import { parsePlace, stepOfPlace } from './place.ts';

const { program } = compileProgram(`
given x = [1, 2]
param W1 = [[0.1, 0.8], [0.4, 0.6], [1, 2]]
param b = 0.5
eta = 1
forward
  net1[j] = sum(i: W1[j,i] * x[i]) + b
  h[j] = sigmoid(net1[j])
  ŷ = sum(j: h[j])
  L = (ŷ - 1)^2
backward
  δ1[j] : dL/dnet1[j]
  g[j,i] = δ1[j] * x[i] : dL/dW1[j,i]
update
  W1[j,i] <- W1[j,i] - eta * g[j,i]
  b <- b - eta * dL/db
write L as \\mathcal{L}   h as x^{1}_{#}   δ1 as \\delta_{#}^{(1)}
`);
const { model } = program as Program;

describe('a cell’s name as a page writes it', () => {
  it.each([
    ['W1[3,2]', 'W1[3,2]'],
    [' W1 [3, 2] ', 'W1[3,2]'],
    ['W^{1}_{3,2}', 'W1[3,2]'],
    ['W^1_{32}', 'W1[3,2]'],
    ['W¹₃,₂', 'W1[3,2]'],
    ['W¹₃₂', 'W1[3,2]'],
    ['W¹[3,2]', 'W1[3,2]'],
    ['dL/dW1[3,2]', 'g[3,2]'],
    ['∂L/∂W1[3,2]', 'g[3,2]'],
    ['∂L / ∂W¹₃,₂', 'g[3,2]'],
    ['\\partial L/\\partial W1[3,2]', 'g[3,2]'],
    ['\\frac{\\partial L}{\\partial W^{1}_{3,2}}', 'g[3,2]'],
    ['∂ℒ/∂W¹₃,₂', 'g[3,2]'],
    ['\\partial \\mathcal{L}/\\partial W^{1}_{3,2}', 'g[3,2]'],
    ['∂L/∂b', 'dL/db'],
    ['x^{1}_{2}', 'h[2]'],
    ['x¹₂', 'h[2]'],
    ['x₂', 'x[2]'],
    ['x_2', 'x[2]'],
    ['\\delta^{(1)}_3', 'δ1[3]'],
    ['δ₃^(1)', 'δ1[3]'],
    ['delta1[3]', 'δ1[3]'],
    ['\\mathrm{net}^1_1', 'net1[1]'],
    ['net¹₁', 'net1[1]'],
    ['y\u0302', 'ŷ'],
    ['\\eta', 'eta'],
    ['η', 'eta'],
  ])('%s is %s', (text, name) => {
    const found = findWrittenCell(model, text);
    expect('message' in found ? found.message : cellName(found.name, found.cell)).toBe(name);
  });

  it('is read in the notation of every cell there is', () => {
    for (const { name, shape } of model.quantities.values()) {
      const size = shape.reduce((product, n) => product * n, 1);
      for (let flat = 0; flat < size; flat++) {
        const cell = cellAt(shape, flat);
        expect(findWrittenCell(model, texName(model, name, cell)), texName(model, name, cell)).toEqual({
          name,
          cell,
        });
      }
    }
  });

  it.each([
    ['W^1_{4,2}', 'W1 has the shape 3 × 2; there is no cell W1[4,2]'],
    ['∂L/∂Q', 'this model has no ∂L/∂Q'],
    ['', 'nothing is no cell’s name'],
    ['W^', 'this model has no W^'],
    ['((((', 'this model has no (((('],
  ])('%s is none', (text, message) => expect(findWrittenCell(model, text)).toEqual({ message }));

  it('may stand in the name of a place', () => {
    const at = (text: string) =>
      stepOfPlace(
        program as Program,
        parsePlace(text) as NonNullable<ReturnType<typeof parsePlace>>,
        findWrittenCell,
      );
    for (const text of [
      'm@∂L/∂W1[3,2]',
      'm@\\partial L/\\partial W1[3,2]',
      'm@2.∂L/∂W¹₃,₂',
      'm@backward.∂L/∂W1[3,2].1',
    ])
      expect(at(text), text).toHaveProperty('step');
    expect(at('m@∂L/∂W1[3,2]')).toEqual(at('m@g[3,2]'));
  });
});

describe('a name as it is spoken', () => {
  const { program } = compileProgram(`given x = [0.35, 0.9]
param W = [[0.1, 0.8], [0.4, 0.6]]
forward
  h[i] = sigmoid(sum(j: W[i,j] * x[j]))
  L = sum(i: h[i]^2)
write h as x^{1}
say h as "hidden activation"   W as "weight"   x as "input"
`);
  const { model } = program as Program;

  it('is that cell', () => {
    expect(findWrittenCell(model, 'hidden activation 2')).toEqual({ name: 'h', cell: [2] });
    expect(findWrittenCell(model, ' Hidden Activation 1 ')).toEqual({ name: 'h', cell: [1] });
    expect(findWrittenCell(model, 'hidden activation 3')).toHaveProperty('message');
    expect(findWrittenCell(model, 'hidden')).toHaveProperty('message');
  });

  it('is written in the language, each side of a comparison, and nothing else is', () => {
    expect(inLanguage(model, 'x^1_2')).toBe('h[2]');
    expect(inLanguage(model, 'hidden activation 1 >= x¹₂')).toBe('h[1] >= h[2]');
    for (const text of ['W[1,2]', 'L < 0.5', 'h', '1 +', 'W[1,2] * 2 == 1', ''])
      expect(inLanguage(model, text)).toBe(text);
  });
});
