import { crossEntropy, descent, lines, samples } from './dense-text.ts';
import { type ConvolutionalNet, sidesOf } from './net.ts';
import { nested } from './numbers.ts';

/** The numbers in a convolutional net's text, row by row. */
export interface ConvolutionNumbers {
  /** Pictures [sample, row, column] and targets [sample, class]. */
  readonly x: ArrayLike<number>;
  readonly t: ArrayLike<number>;
  /** `count` weights of an array with `inputs` weights per unit or channel; `layer` counts from 1. */
  readonly weights: (count: number, inputs: number, layer: number) => ArrayLike<number>;
  /** Not 0: in black areas a ReLU would lie on its kink, where libraries differ. */
  readonly biases: (count: number, layer: number) => ArrayLike<number>;
}

/**
 * A convolutional net in the formula language, written for one sample, with these numbers; without a final newline. The functions
 * are called once for each array.
 */
export function convolutionText(
  net: ConvolutionalNet,
  { x, t, weights, biases }: ConvolutionNumbers,
): string {
  const { side, kernel, channels, dense, rate } = net;
  const [, , , , last] = sidesOf(net);
  const array = (name: string, layer: number, shape: readonly number[]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return [
      `param ${name}${layer} = ${nested(weights(size, size / shape[0], layer), shape)}`,
      `param b${layer} = ${nested(biases(shape[0], layer), [shape[0]])}`,
    ];
  };
  const denseLayers = dense.map((units, l) => ({ units, number: l + 3, below: dense[l - 1] }));
  const end = crossEntropy(dense.length + 2);
  return [
    ...samples(net, {
      x: nested(x, [net.samples, side, side]),
      t: nested(t, [net.samples, dense[dense.length - 1]]),
    }),
    ...array('K', 1, [channels[0], kernel, kernel]),
    ...array('K', 2, [channels[1], channels[0], kernel, kernel]),
    ...denseLayers.flatMap(({ units, number, below }) =>
      array('W', number, below === undefined ? [units, channels[1], last, last] : [units, below]),
    ),
    `eta = ${rate}`,
    ...lines('forward', [
      'net1[c,p,q] = sum(u, v: K1[c,u,v] * x[p+u-1,q+v-1]) + b1[c]',
      'a1[c,p,q] = relu(net1[c,p,q])',
      'm1[c,r,s] = max(u=0..1, v=0..1: a1[c,2*r+u-1,2*s+v-1])',
      'net2[c,p,q] = sum(d, u, v: K2[c,d,u,v] * m1[d,p+u-1,q+v-1]) + b2[c]',
      'a2[c,p,q] = relu(net2[c,p,q])',
      'm2[c,r,s] = max(u=0..1, v=0..1: a2[c,2*r+u-1,2*s+v-1])',
      ...denseLayers.flatMap(({ number, below }, l) => [
        below === undefined
          ? `net${number}[j] = sum(c, r, s: W${number}[j,c,r,s] * m2[c,r,s]) + b${number}[j]`
          : `net${number}[j] = sum(i: W${number}[j,i] * h${number - 1}[i]) + b${number}[j]`,
        ...(l === dense.length - 1 ? [] : [`h${number}[j] = relu(net${number}[j])`]),
      ]),
      ...end.forward,
    ]),
    ...lines('backward', end.backward),
    ...lines(
      'update',
      descent([
        ...['K1[c,u,v]', 'b1[c]', 'K2[c,d,u,v]', 'b2[c]', 'W3[j,c,r,s]', 'b3[j]'],
        ...denseLayers.slice(1).flatMap(({ number }) => [`W${number}[j,i]`, `b${number}[j]`]),
      ]),
    ),
  ].join('\n');
}
