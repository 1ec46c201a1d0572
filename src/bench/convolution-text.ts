import { crossEntropy, lines } from './dense-text.ts';
import { type ConvolutionalNet, sidesOf } from './net.ts';
import { nested } from './numbers.ts';

/** The numbers of a convolutional net's text; biases start at 0. */
export interface ConvolutionNumbers {
  readonly x: ArrayLike<number>;
  readonly t: ArrayLike<number>;
  /** Of a weight array of `inputs` per unit; `layer` counts from 1. */
  readonly weights: (count: number, inputs: number, layer: number) => ArrayLike<number>;
}

/** A convolutional net in the language, its batch an index n on the left. */
export function convolutionText(net: ConvolutionalNet, { x, t, weights }: ConvolutionNumbers): string {
  const { side, kernel, channels, dense, batch, rate } = net;
  const [, , , , last] = sidesOf(net);
  const array = (name: string, layer: number, shape: readonly number[]) => {
    const size = shape.reduce((product, n) => product * n, 1);
    return [
      `param ${name}${layer} = ${nested(weights(size, size / shape[0], layer), shape)}`,
      `param b${layer} = ${nested(new Float64Array(shape[0]), [shape[0]])}`,
    ];
  };
  const descend = (cell: string) => `${cell} <- ${cell} - eta * dL/d${cell}`;
  const denseLayers = dense.map((units, l) => ({ units, number: l + 3, below: dense[l - 1] }));
  const end = crossEntropy(batch, dense.length + 2);
  return [
    `given x = ${nested(x, [batch, side, side])}`,
    `given t = ${nested(t, [batch, dense[dense.length - 1]])}`,
    ...array('K', 1, [channels[0], kernel, kernel]),
    ...array('K', 2, [channels[1], channels[0], kernel, kernel]),
    ...denseLayers.flatMap(({ units, number, below }) =>
      array('W', number, below === undefined ? [units, channels[1], last, last] : [units, below]),
    ),
    `eta = ${rate}`,
    ...lines('forward', [
      'a1[n,c,p,q] = relu(sum(u, v: K1[c,u,v] * x[n,p+u-1,q+v-1]) + b1[c])',
      'm1[n,c,r,s] = max(u=0..1, v=0..1: a1[n,c,2*r+u-1,2*s+v-1])',
      'a2[n,c,p,q] = relu(sum(d, u, v: K2[c,d,u,v] * m1[n,d,p+u-1,q+v-1]) + b2[c])',
      'm2[n,c,r,s] = max(u=0..1, v=0..1: a2[n,c,2*r+u-1,2*s+v-1])',
      ...denseLayers.flatMap(({ number, below }, l) => [
        below === undefined
          ? `net${number}[n,j] = sum(c, r, s: W${number}[j,c,r,s] * m2[n,c,r,s]) + b${number}[j]`
          : `net${number}[n,j] = sum(i: W${number}[j,i] * h${number - 1}[n,i]) + b${number}[j]`,
        ...(l === dense.length - 1 ? [] : [`h${number}[n,j] = relu(net${number}[n,j])`]),
      ]),
      ...end.forward,
    ]),
    ...lines('backward', end.backward),
    ...lines('update', [
      ...['K1[c,u,v]', 'b1[c]', 'K2[c,d,u,v]', 'b2[c]', 'W3[j,c,r,s]', 'b3[j]'].map(descend),
      ...denseLayers.slice(1).flatMap(({ number }) => [`W${number}[j,i]`, `b${number}[j]`].map(descend)),
    ]),
  ].join('\n');
}
