import type { Contestant, Data } from './contestant.ts';
import {
  type ConvolutionLayer,
  convolutionLayer,
  convolve,
  convolveBack,
  pool,
  unpool,
} from './convolution-layer.ts';
import {
  addGradients,
  carryBack,
  crossEntropyLoss,
  type DenseLayer,
  deltaOfCrossEntropy,
  denseLayer,
  forward,
  softmax,
  throughActivation,
} from './dense-layer.ts';
import { plainName } from './dense-loop.ts';
import { type ConvolutionalNet, sidesOf } from './net.ts';
import { descend } from './parameter.ts';
import { batchesOf, type SampleBatch, Turns } from './turns.ts';

/** The baseline of a convolutional net, sample by sample, as one would first write it: nested loops, no matrices. */
export class ConvolutionLoop implements Contestant {
  readonly name = plainName;
  private readonly turns: Turns<SampleBatch>;
  private seeing: readonly [ConvolutionLayer, ConvolutionLayer];
  private dense: readonly DenseLayer[];

  constructor(
    private readonly net: ConvolutionalNet,
    private readonly data: Data,
  ) {
    this.turns = new Turns(batchesOf(net, data));
    this.seeing = this.freshConvolutions();
    this.dense = this.freshDense();
  }

  start(): void {
    this.turns.restart();
    this.seeing = this.freshConvolutions();
    this.dense = this.freshDense();
  }

  private freshConvolutions(): [ConvolutionLayer, ConvolutionLayer] {
    const { net, data } = this;
    const [side, , middle] = sidesOf(net);
    return [
      convolutionLayer(1, side, net.kernel, data('K1'), data('b1')),
      convolutionLayer(net.channels[0], middle, net.kernel, data('K2'), data('b2')),
    ];
  }

  private freshDense(): DenseLayer[] {
    const { net, data } = this;
    return net.dense.map((_, l) =>
      denseLayer(l === net.dense.length - 1 ? 'identity' : 'relu', data(`W${l + 3}`), data(`b${l + 3}`)),
    );
  }

  train(frames: number): void {
    for (let frame = 0; frame < frames; frame++) {
      const { xs, ts } = this.turns.take();
      for (let n = 0; n < xs.length; n++) {
        this.forward(xs[n]);
        this.backward(xs[n], ts[n]);
      }
      this.update();
    }
  }

  loss(): number {
    const { xs, ts } = this.turns.next;
    let total = 0;
    for (let n = 0; n < xs.length; n++) total += crossEntropyLoss(this.forward(xs[n]), ts[n]);
    return total / xs.length;
  }

  private forward(x: Float64Array): Float64Array {
    const [first, second] = this.seeing;
    convolve(first, x);
    pool(first);
    convolve(second, first.pooled);
    pool(second);
    let input = second.pooled;
    for (const layer of this.dense) {
      forward(layer, input);
      input = layer.h;
    }
    softmax(input);
    return input;
  }

  private backward(x: Float64Array, t: Float64Array): void {
    const [first, second] = this.seeing;
    const { dense } = this;
    deltaOfCrossEntropy(dense[dense.length - 1], t);
    for (let l = dense.length - 1; l > 0; l--) {
      carryBack(dense[l], dense[l - 1].delta);
      throughActivation(dense[l - 1]);
    }
    carryBack(dense[0], second.pooledDelta);
    unpool(second);
    convolveBack(second, first.pooled, first.pooledDelta);
    unpool(first);
    convolveBack(first, x);
    let input = second.pooled;
    for (const layer of dense) {
      addGradients(layer, input, 1, layer.weights.sums, layer.biases.sums);
      input = layer.h;
    }
  }

  private update(): void {
    const scale = this.net.rate / this.net.batch;
    for (const { kernels, biases } of this.seeing) {
      descend(kernels, scale);
      descend(biases, scale);
    }
    for (const { weights, biases } of this.dense) {
      descend(weights, scale);
      descend(biases, scale);
    }
  }
}
