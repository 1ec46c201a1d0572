import { convolutionText } from './convolution-text.ts';
import { type DenseNumbers, denseText } from './dense-text.ts';
import type { ConvolutionalNet, DenseNet, Net, RecurrentNet } from './net.ts';
import { inputs, onehotLabels, pictures, targets, weights } from './numbers.ts';
import { recurrentText } from './recurrent-text.ts';

/** A net to train, and the model text that defines its numbers for all contestants. */
export interface Workload {
  readonly net: Net;
  readonly text: string;
  /** Frames after which all contestants must have the same loss. */
  readonly trial: number;
}

/** A workload by name and title, created only when needed, since the text of a large net takes a moment. */
export type WorkloadMaker = Readonly<Record<'name' | 'title', string>> & { readonly make: () => Workload };

function dense(
  name: string,
  title: string,
  net: DenseNet,
  trial: number,
  numbers: () => DenseNumbers,
): WorkloadMaker {
  return { name, title, make: () => ({ net, trial, text: denseText(net, numbers()) }) };
}

/** The lecture's own example; it has no biases. */
const lecture = dense(
  '2-2-1',
  '2-2-1 sigmoid, one sample (the lecture’s)',
  {
    kind: 'dense',
    widths: [2, 2, 1],
    activations: ['sigmoid', 'sigmoid'],
    loss: 'squares',
    biased: false,
    samples: 1,
    batch: 1,
    rate: 1,
  },
  20,
  () => ({
    x: [0.35, 0.9],
    t: [0.5],
    weights: [
      [0.1, 0.8, 0.4, 0.6],
      [0.3, 0.9],
    ],
  }),
);

const small = dense(
  '2-4-2-1',
  '2-4-2-1 tanh, batch 10',
  {
    kind: 'dense',
    widths: [2, 4, 2, 1],
    activations: ['tanh', 'tanh', 'tanh'],
    loss: 'squares',
    biased: true,
    samples: 40,
    batch: 10,
    rate: 0.03,
  },
  20,
  () => ({ x: inputs(80), t: targets(40), weights: [8, 8, 2].map((count, l) => weights(count, 0.6, l)) }),
);

/** Samples in several batches, so that consecutive frames differ. */
const classified = 128;

function classifier(batch: number): WorkloadMaker {
  const widths = [784, 256, 128, 10];
  const net: DenseNet = {
    kind: 'dense',
    widths,
    activations: ['relu', 'relu', 'identity'],
    loss: 'cross-entropy',
    biased: true,
    samples: classified,
    batch,
    rate: 0.01,
  };
  return dense(`784-256-128-10 b${batch}`, `784-256-128-10 ReLU, batch ${batch}`, net, 3, () => ({
    x: pictures(classified),
    t: onehotLabels(classified, 10),
    weights: [0, 1, 2].map((l) => weights(widths[l] * widths[l + 1], Math.sqrt(2 / widths[l]), l)),
  }));
}

const convolutional: WorkloadMaker = {
  name: 'LeNet',
  title: 'LeNet-like: 28×28, conv 5×5 6, pool, conv 5×5 16, pool, 120-84-10, ReLU, batch 8',
  make: () => {
    const net: ConvolutionalNet = {
      kind: 'convolutional',
      side: 28,
      kernel: 5,
      channels: [6, 16],
      dense: [120, 84, 10],
      samples: 32,
      batch: 8,
      rate: 0.01,
    };
    const text = convolutionText(net, {
      x: pictures(net.samples),
      t: onehotLabels(net.samples, 10),
      weights: (count, inputs, layer) => weights(count, Math.sqrt(2 / inputs), layer),
      biases: (count, layer) => weights(count, 0.05, 10 + layer),
    });
    return { net, text, trial: 3 };
  },
};

const recurrent: WorkloadMaker = {
  name: 'RNN',
  title: 'RNN: 8 inputs, 32 tanh units over 20 steps, 4 outputs at the end',
  make: () => {
    const net: RecurrentNet = {
      kind: 'recurrent',
      samples: 8,
      steps: 20,
      inputs: 8,
      units: 32,
      outputs: 4,
      rate: 0.01,
    };
    const text = recurrentText(net, {
      x: inputs(8 * 160),
      t: targets(8 * 4),
      U: weights(256, 0.35, 1),
      W: weights(1024, 0.17, 2),
      V: weights(128, 0.17, 3),
    });
    return { net, text, trial: 5 };
  },
};

/** All workloads, in the order in which they run. */
export const workloads: readonly WorkloadMaker[] = [
  lecture,
  small,
  classifier(32),
  classifier(1),
  convolutional,
  recurrent,
];
