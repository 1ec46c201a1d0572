import { describe, expect, it } from 'vitest';
import { dataOf, EngineEvaluation, EngineTraining, workloadProgram } from '../engine.ts';
import { convolutionText } from './convolution-text.ts';
import { denseText } from './dense-text.ts';
import type { ConvolutionalNet, DenseNet, Net, RecurrentNet } from './net.ts';
import { inputs, onehotLabels, targets, weights } from './numbers.ts';
import { plainLoop } from './plain.ts';
import { recurrentText } from './recurrent-text.ts';
import { workloads } from './workloads.ts';

function dense(net: Omit<DenseNet, 'kind' | 'samples'>): [DenseNet, string] {
  const full: DenseNet = { kind: 'dense', samples: 2 * net.batch, ...net };
  const { widths, samples, loss } = full;
  const outputs = widths[widths.length - 1];
  const text = denseText(full, {
    x: inputs(samples * widths[0]),
    t: loss === 'squares' ? targets(samples * outputs) : onehotLabels(samples, outputs),
    weights: widths.slice(1).map((units, l) => weights(units * widths[l], 0.7, l)),
  });
  return [full, text];
}

function convolutional(batch: number): [ConvolutionalNet, string] {
  const net: ConvolutionalNet = {
    kind: 'convolutional',
    side: 14,
    kernel: 3,
    channels: [2, 3],
    dense: [5, 4],
    samples: 3 * batch,
    batch,
    rate: 0.1,
  };
  const text = convolutionText(net, {
    x: inputs(3 * batch * 14 * 14),
    t: onehotLabels(3 * batch, 4),
    weights: (count, _, layer) => weights(count, 0.4, layer),
    biases: (count, layer) => weights(count, 0.1, 10 + layer),
  });
  return [net, text];
}

function recurrent(): [RecurrentNet, string] {
  const net: RecurrentNet = {
    kind: 'recurrent',
    samples: 2,
    steps: 4,
    inputs: 3,
    units: 5,
    outputs: 2,
    rate: 0.1,
  };
  const text = recurrentText(net, {
    x: inputs(24),
    t: targets(4),
    U: weights(15, 0.5, 1),
    W: weights(25, 0.4, 2),
    V: weights(10, 0.5, 3),
  });
  return [net, text];
}

const squares = { loss: 'squares', rate: 0.2 } as const;
const entropy = { loss: 'cross-entropy', rate: 0.1, biased: true } as const;
const cases: readonly (readonly [string, readonly [Net, string]])[] = [
  [
    'a dense net without biases, one sample',
    dense({ widths: [2, 3, 2], activations: ['sigmoid', 'sigmoid'], biased: false, batch: 1, ...squares }),
  ],
  [
    'a tanh net in a batch',
    dense({
      widths: [2, 4, 2, 1],
      activations: ['tanh', 'tanh', 'tanh'],
      biased: true,
      batch: 5,
      ...squares,
    }),
  ],
  [
    'a classifier, one sample',
    dense({ widths: [6, 5, 3], activations: ['relu', 'identity'], batch: 1, ...entropy }),
  ],
  [
    'a classifier in a batch',
    dense({ widths: [6, 5, 4, 3], activations: ['relu', 'relu', 'identity'], batch: 4, ...entropy }),
  ],
  ['a convolutional net in a batch', convolutional(2)],
  ['a recurrent net', recurrent()],
];

describe('the plain loops', () => {
  it.each(cases)('train as the engine does: %s', (_, [net, text]) => {
    const program = workloadProgram(text);
    const plain = plainLoop(net, dataOf(program));
    const others = [new EngineTraining(program), new EngineEvaluation(program)];
    const losses = [1, 2, 5].map((frames) => {
      plain.start();
      plain.train(frames);
      const expected = plain.loss() as number;
      for (const engine of others) {
        engine.start();
        engine.train(frames);
        expect(Math.abs((engine.loss() as number) / expected - 1)).toBeLessThan(1e-9);
      }
      return expected;
    });
    // A loop that does not learn would agree with itself.
    expect(new Set(losses).size).toBe(3);
  });

  it('are made for every workload, from the numbers of its text', () => {
    for (const { make } of workloads.filter(({ name }) => !name.startsWith('784'))) {
      const { net, text } = make();
      expect(plainLoop(net, dataOf(workloadProgram(text))).loss()).toBeGreaterThan(0);
    }
  });
});
