import { describe, expect, it } from 'vitest';
import { Machine } from '../machine/machine.ts';
import { expandShorthand } from './expansion.ts';
import { scheduledProgram } from './moment-comparison.testing.ts';
import { zooModels } from './zoo.testing.ts';

/* What the decks print for their examples. */

const machineOf = (text: string) =>
  new Machine(scheduledProgram({ name: text, text: expandShorthand(text).text }), 'full');
const zoo = (name: string) => machineOf(zooModels.find((one) => one.name === name)?.text ?? '');

describe('NTNU’s AND, 0.5(x₁ + x₂) − 1', () => {
  const and = (unit: string) =>
    machineOf(`given x = [[0, 0], [0, 1], [1, 0], [1, 1]]
forward
  z[n] = 0.5 * (x[n,1] + x[n,2]) - 1
  y[n] = ${unit}`);
  const outputs = (machine: Machine) => [1, 2, 3, 4].map((n) => machine.value(1, 'y', 'old', [n]));

  it('is AND where the unit fires at 0', () => expect(outputs(and('step(z[n])'))).toEqual([0, 0, 0, 1]));
  it('never fires where it must exceed 0, as printed', () =>
    expect(outputs(and('[z[n] > 0]'))).toEqual([0, 0, 0, 0]));
  it('is learnt, sample by sample', () => {
    const machine = zoo('perceptron, sample by sample');
    expect([81, 82, 83, 84].map((frame) => machine.value(frame, 'y', 'old', []))).toEqual([0, 0, 0, 1]);
  });
});

it.each([
  ['L3 forward 1, -1', [0.62, 0.83]],
  ['L3 forward 0, 0', [0.51, 0.85]],
])('%s gives what the slide prints', (name, wanted) => {
  const machine = zoo(name);
  expect([1, 2].map((k) => Math.round(machine.value(1, 'y', 'old', [k]) * 100) / 100)).toEqual(wanted);
});

it.each([
  ['TZ max pooling', [9, 7, 8, 6]],
  ['TZ average pooling', [4.25, 4.25, 4.25, 3.5]],
])('%s gives the numbers of the deck', (name, wanted) => {
  const machine = zoo(name);
  const found = [1, 2].flatMap((p) => [1, 2].map((q) => machine.value(1, 'y', 'old', [p, q])));
  expect(found).toEqual(wanted);
});

it('KU’s s′(x) is 2e^{2(x+2)} − e^{x+2}', () => {
  const derived = zoo('KU chain rule').value(1, 'slope', 'old', []);
  expect(derived / (2 * Math.exp(2 * 2.3) - Math.exp(2.3))).toBeCloseTo(1, 13);
});

it('KU’s network for MNIST, 784-256-128-10, has 235,146 parameters', () => {
  const { text } = expandShorthand('layers: 784 -> 256 relu -> 128 relu -> 10 softmax');
  const sizes = [...text.matchAll(/^param \S+?\[([\d,]+)\]/gm)].map(([, shape]) =>
    shape.split(',').reduce((product, size) => product * Number(size), 1),
  );
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(235_146);
});
