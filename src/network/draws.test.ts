import { describe, expect, it } from 'vitest';
import { Machine } from '../machine/machine.ts';
import { expandShorthand } from './expansion.ts';
import { scheduledProgram } from './moment-comparison.testing.ts';

const program = (text: string) => scheduledProgram({ name: text, text: expandShorthand(text).text });

function spread(values: readonly number[]): { mean: number; deviation: number; most: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(square), most: Math.max(...values.map(Math.abs)) };
}

describe('an initialiser', () => {
  const weights = (line: string, layers = '60 -> 40 tanh') => {
    const { model } =
      program(`${line}\nlayers: ${layers}\nloss: squared error of y, t\ngiven t = [${Array(40).fill(0)}]
given x = [${Array(60).fill(1)}]`);
    return [...(model.quantities.get('W1')?.numbers ?? [])];
  };

  it.each([
    ['gaussian', 'initializer: gaussian 3 0.2', 0.2],
    ['He', 'initializer: he 3', Math.sqrt(2 / 60)],
    ['Xavier', 'initializer: xavier 3', Math.sqrt(2 / 100)],
    ['Xavier, said by nobody,', '', Math.sqrt(2 / 100)],
  ])('%s has its deviation', (_, line, wanted) => {
    const { mean, deviation, most } = spread(weights(line));
    expect(Math.abs(mean)).toBeLessThan((4 * wanted) / Math.sqrt(2400));
    expect(Math.abs(deviation / wanted - 1)).toBeLessThan(0.06);
    if (line === '' || line.includes('xavier')) expect(most).toBeLessThanOrEqual(Math.sqrt(6 / 100));
  });

  it('draws the same from the same seed, and else something different', () => {
    expect(weights('initializer: he 3')).toEqual(weights('initializer: he 3'));
    expect(weights('initializer: he 3')).not.toEqual(weights('initializer: he 4'));
  });
});

describe('dropout', () => {
  const text = `sample x = [[1, 2], [-1, 0.5], [0.3, -2], [2, 2]]
sample t = [[1], [0], [1], [0]]
batch n = 4
layers: 2 -> 50 tanh -> dropout 0.3 seed 5 -> 1
loss: squared error
optimizer: sgd 0.01
`;
  const units = (machine: Machine, frame: number, name: string) =>
    [1, 2, 3, 4].flatMap((n) =>
      Array.from({ length: 50 }, (_, j) => machine.value(frame, name, 'old', [n, j + 1])),
    );

  it('leaves out its part of the units, others in every frame and for every sample, and makes up for them', () => {
    const machine = new Machine(program(text), 'full');
    const kept = [1, 2, 3, 4, 5].map((frame) => units(machine, frame, 'keep2'));
    for (const mask of kept) for (const one of mask) expect([0, 1 / (1 - 0.3)]).toContain(one);
    const part = kept.flat().filter((one) => one > 0).length / 1000;
    expect(Math.abs(part - 0.7)).toBeLessThan(0.06);
    expect(kept[0]).not.toEqual(kept[1]);
    expect(kept[0].slice(0, 50)).not.toEqual(kept[0].slice(50, 100));
    expect(units(new Machine(program(text), 'full'), 4, 'keep2')).toEqual(kept[3]);
  });

  it('keeps all of them while evaluating', () => {
    const machine = new Machine(program(text), 'full', [], 'evaluate');
    expect(units(machine, 3, 'h2')).toEqual(units(machine, 3, 'h1'));
  });
});

describe('batch normalisation', () => {
  const text = `sample x = [[1, 2], [-1, 0.5], [0.3, -2], [2, 2]]
sample t = [[1], [0], [1], [0]]
batch n = 4
layers: 2 -> 3 -> batchnorm momentum 0.5 -> relu -> 1
loss: squared error
optimizer: sgd 0
`;

  it('evaluates with the means that training has left', () => {
    const [trained, evaluated] = (['train', 'evaluate'] as const).map(
      (mode) => new Machine(program(text), 'full', [], mode),
    );
    expect(evaluated.value(9, 'center2', 'old', [2])).toBe(trained.value(8, 'mean2', 'new', [2]));
    // The weights stay, so the running means have all but reached those of the batch.
    expect(evaluated.value(40, 'h2', 'old', [3, 2])).toBeCloseTo(trained.value(40, 'h2', 'old', [3, 2]), 9);
  });
});
