import type { Contestant, Data } from './contestant.ts';
import type { Activation, DenseNet } from './net.ts';

// A chain of comparisons stays quick whichever nets the process has trained before; a table of functions does not.
function activate(kind: Activation, z: number): number {
  if (kind === 'sigmoid') return 1 / (1 + Math.exp(-z));
  if (kind === 'tanh') return Math.tanh(z);
  if (kind === 'relu') return z > 0 ? z : 0;
  return z;
}

/** The slope of an activation, from its value. */
function slope(kind: Activation, h: number): number {
  if (kind === 'sigmoid') return h * (1 - h);
  if (kind === 'tanh') return 1 - h * h;
  if (kind === 'relu') return h > 0 ? 1 : 0;
  return 1;
}

interface Layer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: Activation;
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly weightSums: Float64Array;
  readonly biasSums: Float64Array;
  readonly h: Float64Array;
  /** ∂loss/∂net. */
  readonly delta: Float64Array;
}

/**
 * The baseline: a dense net as a good programmer first writes it, with one Float64Array per array, a loop per index and
 * `Math.exp`. Samples go through one by one; a batch's gradients are summed and applied at its end, a single sample's
 * are applied at once. No library, no blocking, no skipping of zeros.
 */
export class DenseLoop implements Contestant {
  readonly name = 'plain loop';
  private layers: readonly Layer[] = [];
  private readonly samples: readonly { x: Float64Array; t: Float64Array }[];

  constructor(
    private readonly net: DenseNet,
    private readonly data: Data,
  ) {
    const { widths, batch } = net;
    const row = (name: string, n: number, width: number) => data(name).subarray(n * width, (n + 1) * width);
    this.samples = Array.from({ length: batch }, (_, n) => ({
      x: row('x', n, widths[0]),
      t: row('t', n, widths[widths.length - 1]),
    }));
    this.start();
  }

  start(): void {
    const { widths, activations, biased } = this.net;
    this.layers = activations.map((activation, l) => ({
      inputs: widths[l],
      units: widths[l + 1],
      activation,
      weights: this.data(`W${l + 1}`).slice(),
      biases: biased ? this.data(`b${l + 1}`).slice() : new Float64Array(widths[l + 1]),
      weightSums: new Float64Array(widths[l] * widths[l + 1]),
      biasSums: new Float64Array(widths[l + 1]),
      h: new Float64Array(widths[l + 1]),
      delta: new Float64Array(widths[l + 1]),
    }));
  }

  train(frames: number): void {
    const { samples, net } = this;
    for (let frame = 0; frame < frames; frame++) {
      for (const { x, t } of samples) {
        this.forward(x);
        this.backward(t);
        this.gradients(x);
      }
      if (net.batch > 1) this.update();
    }
  }

  loss(): number {
    let total = 0;
    for (const { x, t } of this.samples) {
      this.forward(x);
      const { h } = this.layers[this.layers.length - 1];
      for (let k = 0; k < h.length; k++)
        total += this.net.loss === 'squares' ? (t[k] - h[k]) ** 2 / 2 : t[k] > 0 ? -t[k] * Math.log(h[k]) : 0;
    }
    return total / this.samples.length;
  }

  private forward(x: Float64Array): void {
    const { layers } = this;
    let input = x;
    for (let l = 0; l < layers.length; l++) {
      const { inputs, units, activation, weights, biases, h } = layers[l];
      for (let j = 0, w = 0; j < units; j++) {
        let net = biases[j];
        for (let i = 0; i < inputs; i++) net += weights[w++] * input[i];
        h[j] = activate(activation, net);
      }
      input = h;
    }
    if (this.net.loss === 'cross-entropy') softmax(input);
  }

  private backward(t: Float64Array): void {
    const { layers, net } = this;
    const last = layers[layers.length - 1];
    const outer = net.loss === 'squares' ? last.activation : 'identity';
    for (let k = 0; k < last.units; k++) last.delta[k] = (last.h[k] - t[k]) * slope(outer, last.h[k]);
    for (let l = layers.length - 2; l >= 0; l--) {
      const { units, activation, h, delta } = layers[l];
      const { units: nextUnits, weights, delta: nextDelta } = layers[l + 1];
      for (let j = 0; j < units; j++) delta[j] = 0;
      for (let k = 0, w = 0; k < nextUnits; k++)
        for (let j = 0; j < units; j++) delta[j] += weights[w++] * nextDelta[k];
      for (let j = 0; j < units; j++) delta[j] *= slope(activation, h[j]);
    }
  }

  private gradients(x: Float64Array): void {
    const { layers, net } = this;
    const single = net.batch === 1;
    let input = x;
    for (let l = 0; l < layers.length; l++) {
      const layer = layers[l];
      const { inputs, units, h, delta } = layer;
      const intoWeights = single ? layer.weights : layer.weightSums;
      const intoBiases = single ? layer.biases : layer.biasSums;
      for (let j = 0, w = 0; j < units; j++) {
        const step = single ? -net.rate * delta[j] : delta[j];
        for (let i = 0; i < inputs; i++) intoWeights[w++] += step * input[i];
        if (net.biased) intoBiases[j] += step;
      }
      input = h;
    }
  }

  private update(): void {
    const { layers, net } = this;
    const scale = net.rate / net.batch;
    for (let l = 0; l < layers.length; l++) {
      const { weights, biases, weightSums, biasSums } = layers[l];
      for (let n = 0; n < weights.length; n++) {
        weights[n] -= scale * weightSums[n];
        weightSums[n] = 0;
      }
      for (let n = 0; n < biases.length; n++) {
        biases[n] -= scale * biasSums[n];
        biasSums[n] = 0;
      }
    }
  }
}

/** In place; the greatest is taken off first, so that nothing overflows. */
function softmax(z: Float64Array): void {
  let top = z[0];
  for (let k = 1; k < z.length; k++) if (z[k] > top) top = z[k];
  let total = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = Math.exp(z[k] - top);
    total += z[k];
  }
  for (let k = 0; k < z.length; k++) z[k] /= total;
}
