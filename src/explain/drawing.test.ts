import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import { cellName } from '../formula/model.ts';
import {
  attentionCase,
  classifier,
  convolutionCase,
  gated,
  lecture,
  perceptron,
} from '../machine/testing/models.testing.ts';
import type { UnversionedCell } from './adjoints.ts';
import { type Drawing, readDrawing } from './drawing.ts';

function draw(text: string): Drawing | undefined {
  const { model, diagnostics } = compileModel(text);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return readDrawing(model);
}

const named = ({ name, cell }: UnversionedCell): string => cellName(name, cell);

/** A drawing in words: what a test compares. */
function words(drawing: Drawing | undefined): string[] {
  if (drawing === undefined) return [];
  return drawing.layers.flatMap((layer) => [
    `${layer.column} ${layer.kind} ${layer.size}: ${layer.quantities.join(' | ')}`,
    ...Array.from({ length: layer.size }, (_, n) => n + 1).flatMap((n) => {
      const { sensitivities, biases } = drawing.unit(layer, n);
      const more = [
        ...sensitivities.map((one) => `δ ${named(one)}`),
        ...biases.map((one) => `+ ${named(one)} (${one.gradients.map(named).join()})`),
      ];
      return more.length > 0 ? [`  ${n}: ${more.join(', ')}`] : [];
    }),
  ]);
}

function edges(drawing: Drawing | undefined): string[] {
  return (drawing?.layers ?? []).flatMap((layer) =>
    Array.from({ length: layer.size }, (_, n) => n + 1).flatMap((n) =>
      (drawing as Drawing)
        .edgesInto(layer, n)
        .map(
          ({ from, to, weight }) =>
            `${from} → ${to}${weight ? `: ${named(weight)} (${weight.gradients.map(named).join()})` : ''}`,
        ),
    ),
  );
}

describe('drawing', () => {
  it('reads the lecture: units of net and activation, sensitivities from claims, gradients on edges', () => {
    const drawing = draw(lecture);
    expect(words(drawing)).toEqual([
      '0 input 2: x',
      '1 unit 2: net1 | h',
      '  1: δ δ1[1]',
      '  2: δ δ1[2]',
      '2 unit 1: net2 | y',
      '  1: δ δ2[1]',
      '3 loss 1: L',
      '3 target 1: t',
    ]);
    expect(edges(drawing)).toEqual([
      'x[1] → net1[1]: W1[1,1] (g1[1,1])',
      'x[2] → net1[1]: W1[1,2] (g1[1,2])',
      'x[1] → net1[2]: W1[2,1] (g1[2,1])',
      'x[2] → net1[2]: W1[2,2] (g1[2,2])',
      'net1[1] → net2[1]: W2[1,1] (g2[1,1])',
      'net1[2] → net2[1]: W2[1,2] (g2[1,2])',
      't[1] → L[1]',
      'net2[1] → L[1]',
    ]);
  });

  it('takes derived gradients where nothing is claimed, and says in which unit a cell is', () => {
    const drawing = draw(`
given x = [1, 2, 3]
given t = [0, 1]
param W = [[1, 2], [3, 4], [5, 6]]
param b = [0.1, 0.2]
eta = 1
forward
  h[j] = sigmoid(sum(i: x[i] * W[i,j]) + b[j])
  e[j] = h[j] - t[j]
  L = sum(j: e[j]^2) / 2
update
  W[i,j] <- W[i,j] - eta * dL/dW[i,j]
  b[j] <- b[j] - eta * dL/db[j]`);
    expect(words(drawing)).toEqual([
      '0 input 3: x',
      '1 unit 2: h',
      '  1: δ dL/dh[1], + b[1] (dL/db[1])',
      '  2: δ dL/dh[2], + b[2] (dL/db[2])',
      '2 loss 1: L',
      '2 target 2: t',
    ]);
    expect(edges(drawing).slice(0, 3)).toEqual([
      'x[1] → h[1]: W[1,1] (dL/dW[1,1])',
      'x[2] → h[1]: W[2,1] (dL/dW[2,1])',
      'x[3] → h[1]: W[3,1] (dL/dW[3,1])',
    ]);
    expect(drawing?.placeOf({ name: 'e', cell: [2] })?.layer.id).toBe('L');
    expect(drawing?.placeOf({ name: 'h', cell: [2] })?.n).toBe(2);
    expect(drawing?.placeOf({ name: 'W', cell: [1, 2] })).toBeUndefined();
  });

  it('says which units a cell belongs to', () => {
    const drawing = draw(lecture);
    const places = (name: string, ...cell: number[]) =>
      drawing?.placesOf({ name, cell }).map(({ layer, n }) => `${layer.id}[${n}]`);
    expect(places('h', 2)).toEqual(['net1[2]']);
    expect(places('δ1', 2)).toEqual(['net1[2]']);
    expect(places('W1', 2, 1)).toEqual(['net1[2]', 'x[1]']);
    expect(places('g1', 1, 2)).toEqual(['net1[1]', 'x[2]']);
    expect(places('eta')).toEqual([]);
  });

  it('puts the indices of a claim in the order of its own line', () => {
    const text = lecture
      .replace('g1[j,i]  = -δ1[j] * x[i] ', 'g1[i,j]  = -δ1[j] * x[i] ')
      .replace('eta * g1[j,i]', 'eta * g1[i,j]');
    expect(edges(draw(text))[1]).toBe('x[2] → net1[1]: W1[1,2] (g1[2,1])');
  });

  it('reads perceptrons of any depth and width', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { name, text } = perceptron(seed);
      const widths = name.split(' ')[1].split('-').map(Number);
      const layers = draw(text)?.layers ?? [];
      const sizes = layers.filter(({ kind }) => kind === 'input' || kind === 'unit').map(({ size }) => size);
      expect(sizes, name).toEqual(widths);
      expect(layers.map(({ kind }) => kind).slice(-2), name).toEqual(['loss', 'target']);
    }
  });

  it('reads a line through points written with single numbers, and a logistic unit', () => {
    const head = 'given x = 2\ngiven t = 1\nparam w = 3\nparam b = 1\neta = 1\nforward\n  z = w * x + b\n';
    const tail = 'update\n  w <- w - eta * dL/dw\n  b <- b - eta * dL/db';
    const line = draw(`${head}  L = (t - z)^2 / 2\n${tail}`);
    expect(words(line).filter((one) => !one.startsWith(' '))).toEqual([
      '0 input 1: x',
      '1 unit 1: z',
      '2 loss 1: L',
      '2 target 1: t',
    ]);
    expect(edges(line)[0]).toBe('x[1] → z[1]: w (dL/dw)');
    const logistic = draw(
      `${head}  p = sigmoid(z)\n  L = -(t * log(p) + (1 - t) * log(1 - p))\n${tail}`
        .replace('w * x', 'sum(i: w[i] * x[i])')
        .replace('x = 2', 'x = [2, 3]')
        .replace('w = 3', 'w = [3, 1]')
        .replace('w <- w', 'w[i] <- w[i]')
        .replace('dL/dw', 'dL/dw[i]'),
    );
    expect(words(logistic)[0]).toBe('0 input 2: x');
    expect(words(logistic)[1]).toBe('1 unit 1: z | p');
    expect(edges(logistic)).toContain('x[2] → z[1]: w[2] (dL/dw[2])');
  });

  it('keeps softmax in the units that it normalises', () => {
    expect(draw(classifier(1).text)?.layers.map(({ quantities }) => quantities.join(' | '))).toEqual([
      'x',
      'z | e | p',
      'L',
      't',
    ]);
  });

  it('draws two inputs into one layer, and a value that is passed on beside it', () => {
    const drawing = draw(`
given x = [1, 2]
given s = [3]
param W = [[1, 2], [3, 4]]
param U = [[1], [2]]
forward
  net[j] = sum(i: W[j,i] * x[i]) + sum(k: U[j,k] * s[k])
  h[j] = tanh(net[j]) + x[j]`);
    expect(words(drawing)).toEqual(['0 input 2: x', '0 input 1: s', '1 unit 2: net | h']);
    expect(edges(drawing).slice(0, 4)).toEqual([
      'x[1] → net[1]: W[1,1] ()',
      'x[2] → net[1]: W[1,2] ()',
      's[1] → net[1]: U[1,1] ()',
      'x[1] → net[1]',
    ]);
  });

  it('does not draw what has no rows of units', () => {
    for (const { text } of [convolutionCase(1), gated(1), attentionCase(1)])
      expect(words(draw(text))).toEqual([]);
  });

  it('makes units and edges of a large layer only when they are asked for', () => {
    const row = (n: number) => `[${Array.from({ length: n }, (_, i) => i % 7).join(',')}]`;
    const matrix = `[${Array.from({ length: 50 }, () => row(800)).join(',')}]`;
    const drawing = draw(
      `given x = ${row(800)}\nparam W = ${matrix}\nforward\n  a[j] = sum(i: W[j,i] * x[i])`,
    );
    const layer = drawing?.layers[1];
    expect(layer && drawing?.edgesInto(layer, 50).at(-1)?.id).toBe('x[800] a[50] 799');
  });

  it('draws one sample of a batch, and finds what all samples share', () => {
    const drawing = draw(`
sample x = [[1, 2], [3, 4], [5, 6]]
sample t = [[1], [0], [1]]
param W = [[1, 2]]
param b = [0]
batch n = 3
eta = 1
forward
  h[j] = sigmoid(sum(i: W[j,i] * x[i]) + b[j])
  L = sum(j: (h[j] - t[j])^2)
backward
  g[j,i] = 2*(h[j] - t[j]) * h[j]*(1 - h[j]) * x[i] : dL/dW[j,i]
update
  W[j,i] <- W[j,i] - eta * g[j,i]
  b[j] <- b[j] - eta * dL/db[j]
`) as Drawing;
    expect(drawing.layers.map(({ id, size }) => `${id} ${size}`)).toEqual(['x 2', 'h 1', 'L 1', 't 1']);
    const second = drawing.of(2);
    const [inputs, hidden] = second.layers;
    expect(second.unit(inputs, 2).cells.map(named)).toEqual(['x[2,2]']);
    expect(edges(second).slice(0, 2)).toEqual([
      'x[1] → h[1]: W[1,1] (g[2,1,1])',
      'x[2] → h[1]: W[1,2] (g[2,1,2])',
    ]);
    expect(second.unit(hidden, 1).biases.map(({ gradients }) => gradients.map(named))).toEqual([
      ['dL/db[1]'],
    ]);
    for (const ref of [
      { name: 'g', cell: [2, 1, 2] },
      { name: 'W', cell: [1, 2] },
    ])
      expect(second.placesOf(ref).map(({ layer, n }) => `${layer.id} ${n}`)).toEqual(['h 1', 'x 2']);
  });
});
