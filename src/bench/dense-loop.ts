import type { Contestant, Data } from './contestant.ts';
import type { Activation, DenseNet } from './net.ts';

const activate: Record<Activation, (z: number) => number> = {
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  tanh: Math.tanh,
  relu: (z) => (z > 0 ? z : 0),
  identity: (z) => z,
};

/** The slope of an activation, from its value. */
const slope: Record<Activation, (h: number) => number> = {
  sigmoid: (h) => h * (1 - h),
  tanh: (h) => 1 - h * h,
  relu: (h) => (h > 0 ? 1 : 0),
  identity: () => 1,
};

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
    let input = x;
    for (const { inputs, units, activation, weights, biases, h } of this.layers) {
      const f = activate[activation];
      for (let j = 0; j < units; j++) {
        let net = biases[j];
        for (let i = 0; i < inputs; i++) net += weights[j * inputs + i] * input[i];
        h[j] = f(net);
      }
      input = h;
    }
    if (this.net.loss === 'cross-entropy') softmax(input);
  }

  private backward(t: Float64Array): void {
    const { layers, net } = this;
    const last = layers[layers.length - 1];
    const outer = net.loss === 'squares' ? slope[last.activation] : slope.identity;
    for (let k = 0; k < last.units; k++) last.delta[k] = (last.h[k] - t[k]) * outer(last.h[k]);
    for (let l = layers.length - 2; l >= 0; l--) {
      const { units, activation, h, delta } = layers[l];
      const next = layers[l + 1];
      const inner = slope[activation];
      delta.fill(0);
      for (let k = 0; k < next.units; k++)
        for (let j = 0; j < units; j++) delta[j] += next.weights[k * units + j] * next.delta[k];
      for (let j = 0; j < units; j++) delta[j] *= inner(h[j]);
    }
  }

  private gradients(x: Float64Array): void {
    const { batch, rate, biased } = this.net;
    let input = x;
    for (const { inputs, units, weights, biases, weightSums, biasSums, h, delta } of this.layers) {
      const [intoWeights, intoBiases, scale] =
        batch === 1 ? [weights, biases, -rate] : [weightSums, biasSums, 1];
      for (let j = 0; j < units; j++) {
        const step = scale * delta[j];
        for (let i = 0; i < inputs; i++) intoWeights[j * inputs + i] += step * input[i];
        if (biased) intoBiases[j] += step;
      }
      input = h;
    }
  }

  private update(): void {
    const scale = this.net.rate / this.net.batch;
    for (const { weights, biases, weightSums, biasSums } of this.layers) {
      for (let n = 0; n < weights.length; n++) weights[n] -= scale * weightSums[n];
      for (let n = 0; n < biases.length; n++) biases[n] -= scale * biasSums[n];
      weightSums.fill(0);
      biasSums.fill(0);
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
