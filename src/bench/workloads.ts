import type { DenseNumbers } from './dense-text.ts';
import { denseText } from './dense-text.ts';
import type { DenseNet, Net } from './net.ts';
import { inputs, labels, pictures, targets, weights } from './numbers.ts';

/** A net to train, and the model text that is the one definition of its numbers. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly net: Net;
  readonly text: string;
  /** Frames after which all contestants must have come to the same loss. */
  readonly trial: number;
}

/** Reading the text of a large net takes a moment, so it is made when it is wanted. */
export type WorkloadMaker = Readonly<Record<'name' | 'title', string>> & { readonly make: () => Workload };

function dense(
  name: string,
  title: string,
  net: DenseNet,
  trial: number,
  numbers: () => DenseNumbers,
): WorkloadMaker {
  return { name, title, make: () => ({ name, title, net, trial, text: denseText(net, numbers()) }) };
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
    batch: 10,
    rate: 0.03,
  },
  20,
  () => ({ x: inputs(20), t: targets(10), weights: [8, 8, 2].map((count, l) => weights(count, 0.6, l)) }),
);

function classifier(batch: number): WorkloadMaker {
  const widths = [784, 256, 128, 10];
  const net: DenseNet = {
    kind: 'dense',
    widths,
    activations: ['relu', 'relu', 'identity'],
    loss: 'cross-entropy',
    biased: true,
    batch,
    rate: 0.01,
  };
  return dense(`784-256-128-10 b${batch}`, `784-256-128-10 ReLU, batch ${batch}`, net, 3, () => ({
    x: pictures(batch),
    t: labels(batch, 10),
    weights: [0, 1, 2].map((l) => weights(widths[l] * widths[l + 1], Math.sqrt(2 / widths[l]), l)),
  }));
}

export const workloads: readonly WorkloadMaker[] = [lecture, small, classifier(32), classifier(1)];
