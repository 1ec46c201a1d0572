import type { DenseNet } from './net.ts';
import { nested } from './numbers.ts';

/** The numbers of a dense net's text: `x`, `t` and the weights; biases start at 0. */
export interface DenseNumbers {
  readonly x: ArrayLike<number>;
  readonly t: ArrayLike<number>;
  /** Of each layer, a row for each of its units. */
  readonly weights: readonly ArrayLike<number>[];
}

/** A dense net in the language. A batch is an index n on the left, as a lecture writes it for all samples at once. */
export function denseText(net: DenseNet, { x, t, weights }: DenseNumbers): string {
  const { widths, activations, batch } = net;
  const depth = activations.length;
  const shape = (width: number) => (batch === 1 ? [width] : [batch, width]);
  const at = (name: string, index: string) => (batch === 1 ? `${name}[${index}]` : `${name}[n,${index}]`);
  const layers = activations.map((activation, l) => ({ activation, number: l + 1 }));
  const data = [
    `given x = ${nested(x, shape(widths[0]))}`,
    `given t = ${nested(t, shape(widths[depth]))}`,
    ...layers.flatMap(({ number }) => [
      `param W${number} = ${nested(weights[number - 1], [widths[number], widths[number - 1]])}`,
      ...(net.biased
        ? [`param b${number} = ${nested(new Float64Array(widths[number]), [widths[number]])}`]
        : []),
    ]),
    `eta = ${net.rate}`,
  ];
  const forward = layers.flatMap(({ activation, number }) => {
    const input = at(number === 1 ? 'x' : `h${number - 1}`, 'i');
    const bias = net.biased ? ` + b${number}[j]` : '';
    return [
      `${at(`net${number}`, 'j')} = sum(i: W${number}[j,i] * ${input})${bias}`,
      ...(activation === 'identity'
        ? []
        : [`${at(`h${number}`, 'j')} = ${activation}(${at(`net${number}`, 'j')})`]),
    ];
  });
  const update = layers.flatMap(({ number }) => [
    `W${number}[j,i] <- W${number}[j,i] - eta * dL/dW${number}[j,i]`,
    ...(net.biased ? [`b${number}[j] <- b${number}[j] - eta * dL/db${number}[j]`] : []),
  ]);
  const end = net.loss === 'squares' ? squares(net, depth) : crossEntropy(batch, depth);
  return [
    ...data,
    ...lines('forward', [...forward, ...end.forward]),
    ...(end.backward.length > 0 ? lines('backward', end.backward) : []),
    ...lines('update', update),
  ].join('\n');
}

/** A heading and the lines below it. */
export const lines = (heading: string, body: readonly string[]): string[] => [
  heading,
  ...body.map((line) => `  ${line}`),
];

interface Ending {
  readonly forward: readonly string[];
  readonly backward: readonly string[];
}

function squares({ batch }: DenseNet, depth: number): Ending {
  const loss =
    batch === 1
      ? `L = sum(k: (t[k] - h${depth}[k])^2) / 2`
      : `L = sum(n, k: (t[n,k] - h${depth}[n,k])^2) / ${2 * batch}`;
  return { forward: [loss], backward: [] };
}

/** The slope of both together is p − t; derived by the parts it would divide by a p that may be 0. */
export function crossEntropy(batch: number, depth: number): Ending {
  const n = batch === 1 ? '' : 'n,';
  const row = batch === 1 ? '' : '[n]';
  const mean = batch === 1 ? '' : ` / ${batch}`;
  const z = `net${depth}[${n}k]`;
  return {
    forward: [
      `top${row} = max(k: ${z})`,
      `e[${n}k] = exp(${z} - top${row})`,
      `Z${row} = sum(k: e[${n}k])`,
      `p[${n}k] = e[${n}k] / Z${row}`,
      `L = sum(${batch === 1 ? 'k' : 'n, k'}: -t[${n}k] * log(p[${n}k]))${mean}`,
    ],
    backward: [`δ${depth}[${n}k] = (p[${n}k] - t[${n}k])${mean} : dL/dnet${depth}[${n}k]`],
  };
}
