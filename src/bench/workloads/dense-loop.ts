import type { Contestant, Data } from './contestant.ts';
import {
  addGradients,
  carryBack,
  crossEntropyLoss,
  type DenseLayer,
  deltaOfCrossEntropy,
  deltaOfSquares,
  denseLayer,
  forward,
  softmax,
  squaresLoss,
  throughActivation,
} from './dense-layer.ts';
import type { DenseNet } from './net.ts';
import { descend } from './parameter.ts';
import { batchesOf, type SampleBatch, Turns } from './turns.ts';

/** The name of the baseline. */
export const plainName = 'plain loop';

/**
 * The baseline: a dense net as a good programmer first writes it. Samples are processed one by one; a batch's gradients are
 * summed and applied at its end, a single sample's at once. No library, no blocking, no skipping of zeros.
 */
export class DenseLoop implements Contestant {
  readonly name = plainName;
  private layers: readonly DenseLayer[] = [];
  private readonly turns: Turns<SampleBatch>;

  constructor(
    private readonly net: DenseNet,
    private readonly data: Data,
  ) {
    this.turns = new Turns(batchesOf(net, data));
    this.start();
  }

  start(): void {
    this.turns.restart();
    const { widths, activations, biased } = this.net;
    this.layers = activations.map((activation, l) =>
      denseLayer(
        activation,
        this.data(`W${l + 1}`),
        biased ? this.data(`b${l + 1}`) : new Float64Array(widths[l + 1]),
      ),
    );
  }

  train(frames: number): void {
    const { net, turns } = this;
    for (let frame = 0; frame < frames; frame++) {
      const { xs, ts } = turns.take();
      for (let n = 0; n < xs.length; n++) {
        this.forward(xs[n]);
        this.backward(ts[n]);
        this.gradients(xs[n]);
      }
      if (net.batch > 1) this.update();
    }
  }

  loss(): number {
    const { net, turns } = this;
    const { xs, ts } = turns.next;
    const lossOf = net.loss === 'squares' ? squaresLoss : crossEntropyLoss;
    let total = 0;
    for (let n = 0; n < xs.length; n++) total += lossOf(this.forward(xs[n]), ts[n]);
    return total / xs.length;
  }

  private forward(x: Float64Array): Float64Array {
    const { layers } = this;
    let input = x;
    for (let l = 0; l < layers.length; l++) {
      forward(layers[l], input);
      input = layers[l].h;
    }
    if (this.net.loss === 'cross-entropy') softmax(input);
    return input;
  }

  private backward(t: Float64Array): void {
    const { layers } = this;
    const last = layers.length - 1;
    if (this.net.loss === 'squares') deltaOfSquares(layers[last], t);
    else deltaOfCrossEntropy(layers[last], t);
    for (let l = last - 1; l >= 0; l--) {
      carryBack(layers[l + 1], layers[l].delta);
      throughActivation(layers[l]);
    }
  }

  private gradients(x: Float64Array): void {
    const { layers, net } = this;
    const single = net.batch === 1;
    const scale = single ? -net.rate : 1;
    let input = x;
    for (let l = 0; l < layers.length; l++) {
      const { weights, biases, h } = layers[l];
      const intoBiases = single ? biases.values : biases.sums;
      addGradients(
        layers[l],
        input,
        scale,
        single ? weights.values : weights.sums,
        net.biased ? intoBiases : undefined,
      );
      input = h;
    }
  }

  private update(): void {
    const { layers, net } = this;
    const scale = net.rate / net.batch;
    for (let l = 0; l < layers.length; l++) {
      descend(layers[l].weights, scale);
      if (net.biased) descend(layers[l].biases, scale);
    }
  }
}
