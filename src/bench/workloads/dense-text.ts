import { batchOf, type DenseNet, type Net } from './net.ts';
import { nested } from './numbers.ts';

/** The numbers in a dense net's text, row by row; biases start at 0. */
export interface DenseNumbers {
  /** Inputs and targets, [sample, entry]. */
  readonly x: ArrayLike<number>;
  readonly t: ArrayLike<number>;
  /** For each layer, [unit, input]. */
  readonly weights: readonly ArrayLike<number>[];
}

/** A dense net in the formula language, written for one sample, with these numbers; without a final newline. */
export function denseText(net: DenseNet, { x, t, weights }: DenseNumbers): string {
  const { widths, activations } = net;
  const depth = activations.length;
  const layers = activations.map((activation, l) => ({ activation, number: l + 1 }));
  const data = layers.flatMap(({ number }) => [
    `param W${number} = ${nested(weights[number - 1], [widths[number], widths[number - 1]])}`,
    ...(net.biased
      ? [`param b${number} = ${nested(new Float64Array(widths[number]), [widths[number]])}`]
      : []),
  ]);
  const forward = layers.flatMap(({ activation, number }) => {
    const input = number === 1 ? 'x' : `h${number - 1}`;
    const bias = net.biased ? ` + b${number}[j]` : '';
    return [
      `net${number}[j] = sum(i: W${number}[j,i] * ${input}[i])${bias}`,
      ...(activation === 'identity' ? [] : [`h${number}[j] = ${activation}(net${number}[j])`]),
    ];
  });
  const end = net.loss === 'squares' ? squares(`h${depth}`) : crossEntropy(depth);
  return [
    ...samples(net, { x: nested(x, [net.samples, widths[0]]), t: nested(t, [net.samples, widths[depth]]) }),
    ...data,
    `eta = ${net.rate}`,
    ...lines('forward', [...forward, ...end.forward]),
    ...(end.backward.length > 0 ? lines('backward', end.backward) : []),
    ...lines(
      'update',
      layers.flatMap(({ number }) => descent([`W${number}[j,i]`, ...(net.biased ? [`b${number}[j]`] : [])])),
    ),
  ].join('\n');
}

/**
 * Data lines for arrays by name, each as nested text whose first dimension is the sample, and a `batch` line where a frame has
 * several; `given` lines without that dimension for a single sample.
 */
export function samples(net: Net, arrays: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(arrays);
  if (net.samples === 1) return lines.map(([name, rows]) => `given ${name} = ${rows.slice(1, -1)}`);
  const batch = batchOf(net);
  return [
    ...lines.map(([name, rows]) => `sample ${name} = ${rows}`),
    ...(batch === 1 ? [] : [`batch n = ${batch}`]),
  ];
}

/**
 * Update lines, without indentation, that descend the derived gradients of L by some cells, such as `W1[j,i]`, at the rate eta.
 */
export const descent = (cells: readonly string[]): string[] =>
  cells.map((cell) => `${cell} <- ${cell} - eta * dL/d${cell}`);

/** A heading and the body's lines indented by two spaces below it. */
export const lines = (heading: string, body: readonly string[]): string[] => [
  heading,
  ...body.map((line) => `  ${line}`),
];

interface Ending {
  readonly forward: readonly string[];
  readonly backward: readonly string[];
}

const squares = (output: string): Ending => ({
  forward: [`L = sum(k: (t[k] - ${output}[k])^2) / 2`],
  backward: [],
});

/**
 * Lines, without indentation, for softmax and cross-entropy of net inputs `net` with number `depth`, against t. The slope of both
 * together is p − t; derived in parts it would divide by a p that may be 0.
 */
export const crossEntropy = (depth: number): Ending => ({
  forward: [
    `top = max(k: net${depth}[k])`,
    `e[k] = exp(net${depth}[k] - top)`,
    'Z = sum(k: e[k])',
    'p[k] = e[k] / Z',
    'L = sum(k: -t[k] * log(p[k]))',
  ],
  backward: [`δ${depth}[k] = p[k] - t[k] : dL/dnet${depth}[k]`],
});
