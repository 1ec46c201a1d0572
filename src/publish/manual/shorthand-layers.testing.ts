import { expect } from 'vitest';
import { Machine } from '../../machine/machine.ts';
import { type Tried, type TriedModel, tried } from './statements.testing.ts';

/* What the page's tables say of layers, computed a second time from the weights that were drawn. */

/** 1 to `n`. */
const upTo = (n: number): number[] => Array.from({ length: n }, (_, at) => at + 1);
const sum = (n: number, term: (i: number) => number): number => upTo(n).reduce((all, i) => all + term(i), 0);
export const σ = (z: number): number => 1 / (1 + Math.exp(-z));
const relu = (z: number): number => Math.max(z, 0);

/** The cells of a quantity by their indices; 0 outside, as beside an image and before a sequence. */
function cells(model: TriedModel, name: string): (...at: number[]) => number {
  const shape = model.shape(name);
  return (...at) =>
    at.some((n, d) => n < 1 || n > shape[d]) ? 0 : model.value(at.length === 0 ? name : `${name}[${at}]`);
}

/** A stack of layers that reads uneven numbers in this shape. */
export function layered(layers: string, above = ''): TriedModel {
  const shape = layers.split(' ')[0].split('x').map(Number);
  const numbers = upTo(shape.reduce((a, b) => a * b, 1)).map((n) => Math.round(300 * Math.sin(7 * n)) / 200);
  const as = shape.length > 1 ? ` as ${shape.join(' x ')}` : '';
  const model = tried(`${above}given x = [${numbers}]${as}\nlayers: ${layers}`);
  expect(model.messages).toEqual([]);
  return model;
}

/** Compares all cells of the output. */
function expectOutput(model: TriedModel, shape: readonly number[], wanted: (...at: number[]) => number) {
  expect(model.shape('y')).toEqual(shape);
  const y = cells(model, 'y');
  const places = shape.reduce<number[][]>(
    (before, size) => before.flatMap((at) => upTo(size).map((n) => [...at, n])),
    [[]],
  );
  for (const at of places) expect(y(...at)).toBeCloseTo(wanted(...at), 12);
}

/** What a layer's weights and biases make of what it reads. */
function sums(model: TriedModel, name = '1', read = 'x'): (j: number) => number {
  const [W, b, x] = [`W${name}`, `b${name}`, read].map((one) => cells(model, one));
  const [, inputs] = model.shape(`W${name}`);
  return (j) => sum(inputs, (i) => W(j, i) * x(i)) + b(j);
}

/** What a kernel makes of a window of an image in channels. */
function slid(model: TriedModel, kernels: string, read: string, stride: number, padding: number) {
  const [K, x] = [cells(model, kernels), cells(model, read)];
  const [, channels, height, width] = model.shape(kernels);
  return (d: number, p: number, q: number): number =>
    sum(channels, (c) =>
      sum(height, (u) =>
        sum(width, (v) => {
          const [row, column] = [stride * (p - 1) + u - padding, stride * (q - 1) + v - padding];
          return K(d, c, u, v) * x(c, row, column);
        }),
      ),
    );
}

/** Self-attention with four numbers in each query, of which every step looks at those up to `furthest`. */
function attended(model: TriedModel, furthest: (s: number) => number) {
  const x = cells(model, 'x');
  const of = (name: string) => {
    const W = cells(model, name);
    return (s: number, j: number) => sum(2, (i) => W(j, i) * x(s, i));
  };
  const [Q, K, V] = ['WQ1', 'WK1', 'WV1'].map(of);
  return (s: number, j: number): number => {
    const weight = (r: number) => Math.exp(sum(4, (m) => Q(s, m) * K(r, m)) / 2);
    const n = furthest(s);
    return sum(n, (r) => weight(r) * V(r, j)) / sum(n, weight);
  };
}

/** A layer of normalization that reads three samples of two entries far apart, with a scale and a shift for each. */
const normalized = (layer: string): TriedModel =>
  tried(`
    sample x = [[100, -400], [300, 800], [800, 200]]
    sample t = [[0, 0], [0, 0], [0, 0]]
    batch n = 3
    param γ1 = [2, 3]
    param β1 = [5, 7]
    layers: 2 -> ${layer}
    loss: squared error
    optimizer: sgd 0`);

const samples = [
  [100, -400],
  [300, 800],
  [800, 200],
];
const mean = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0) / all.length;
const variance = (all: readonly number[]): number => mean(all.map((one) => (one - mean(all)) ** 2));

/** The samples' output where each of `groups` is normalized by itself; both have the same order of samples and units. */
function expectNormalized(model: TriedModel, group: (n: number, i: number) => readonly number[]): void {
  for (const n of [1, 2, 3])
    for (const i of [1, 2]) {
      const all = group(n, i);
      const standard = (samples[n - 1][i - 1] - mean(all)) / Math.sqrt(variance(all));
      expect(model.value(`y[${n},${i}]`)).toBeCloseTo([2, 3][i - 1] * standard + [5, 7][i - 1], 6);
    }
}

export const layerTries: readonly Tried[] = [
  [
    '3 units, each of which reads the whole input',
    () => {
      const model = layered('2 -> 3 sigmoid', 'param b1 = [0.5, -1, 2]\n');
      expectOutput(model, [3], (j) => σ(sums(model)(j)));
    },
  ],
  [
    'Any function of one number may follow, also your own, or `linear` or `softmax`',
    () => {
      const own = 'function swish(z) = z * sigmoid(z)\n';
      const functions: Record<string, (z: number) => number> = {
        tanh: Math.tanh,
        relu,
        swish: (z) => z * σ(z),
        linear: (z) => z,
      };
      for (const [name, f] of Object.entries(functions)) {
        const model = layered(`2 -> 3 ${name}`, own);
        expectOutput(model, [3], (j) => f(sums(model)(j)));
      }
      const soft = layered('2 -> 3 softmax');
      const all = sum(3, (j) => Math.exp(sums(soft)(j)));
      expectOutput(soft, [3], (j) => Math.exp(sums(soft)(j)) / all);
      const two = 'function both(p, q) = p + q\ngiven x = [1, 2]\nlayers: 2 -> 3 both';
      expect(tried(two).isRunnable).toBe(false);
    },
  ],
  [
    'without one the sums are the output',
    () => {
      const model = layered('2 -> 3', 'param b1 = [0.5, -1, 2]\n');
      expectOutput(model, [3], sums(model));
    },
  ],
  [
    '4 kernels of 3 × 3 that slide over an image',
    () => {
      const model = layered('2x4x6 -> conv 4 3x3 relu stride 2 padding 1', 'param b1 = [0.5, 0, -1, 0.1]\n');
      const [b, at] = [cells(model, 'b1'), slid(model, 'K1', 'x', 2, 1)];
      expectOutput(model, [4, 2, 3], (d, p, q) => relu(at(d, p, q) + b(d)));
      const dense = layered('2x4x6 -> conv 4 3x3');
      expectOutput(dense, [4, 2, 4], slid(dense, 'K1', 'x', 1, 0));
    },
  ],
  [
    'without the 4, a single one and no channels',
    () => {
      const model = layered('4x5 -> conv 3x3 relu');
      const [K, x] = [cells(model, 'K1'), cells(model, 'x')];
      expect(model.shape('K1')).toEqual([3, 3]);
      expectOutput(model, [2, 3], (p, q) =>
        relu(sum(3, (u) => sum(3, (v) => K(u, v) * x(p + u - 1, q + v - 1)))),
      );
    },
  ],
  [
    'the greatest or the mean of every window',
    () => {
      const window = (model: TriedModel, stride: number) => (c: number, p: number, q: number) =>
        [1, 2].flatMap((u) =>
          [1, 2].map((v) => cells(model, 'x')(c, stride * (p - 1) + u, stride * (q - 1) + v)),
        );
      const greatest = layered('2x4x6 -> maxpool 2x2 stride 2');
      expectOutput(greatest, [2, 2, 3], (...at) =>
        Math.max(...window(greatest, 2)(...(at as [number, number, number]))),
      );
      const means = layered('2x4x6 -> avgpool 2x2');
      expectOutput(means, [2, 2, 3], (...at) => mean(window(means, 2)(...(at as [number, number, number]))));
      const near = layered('2x4x6 -> maxpool 2x2 stride 1');
      expectOutput(near, [2, 3, 5], (...at) =>
        Math.max(...window(near, 1)(...(at as [number, number, number]))),
      );
    },
  ],
  [
    'two layers, or two convolutions, and a path around them',
    () => {
      const model = layered('3 -> residual tanh', 'param a1 = [0.1, 0.2, 0.3]\nparam b1 = [1, -1, 0.5]\n');
      const [x, V, a, W, b] = ['x', 'V1', 'a1', 'W1', 'b1'].map((name) => cells(model, name));
      const inner = (m: number) => Math.tanh(sum(3, (i) => V(m, i) * x(i)) + a(m));
      expectOutput(model, [3], (j) => Math.tanh(x(j) + sum(3, (m) => W(j, m) * inner(m)) + b(j)));
      const image = layered('2x4x5 -> residual 3x3 relu');
      const [first, second] = [slid(image, 'V1', 'x', 1, 1), slid(image, 'W1', 'r1', 1, 1)];
      for (const [d, p, q] of [
        [1, 1, 1],
        [2, 4, 5],
        [1, 2, 3],
      ])
        expect(image.value(`r1[${d},${p},${q}]`)).toBeCloseTo(relu(first(d, p, q)), 12);
      expectOutput(image, [2, 4, 5], (d, p, q) => relu(cells(image, 'x')(d, p, q) + second(d, p, q)));
    },
  ],
  [
    'while training, leaves out each unit with that probability and divides the others by the probability of staying, here ½',
    () => {
      for (const part of [0.5, 0.2]) {
        const model = tried(`given x[1000] = 1 + uniform(3)\nlayers: 1000 -> dropout ${part} seed 1`);
        const kept = upTo(1000).filter((i) => model.value(`y[${i}]`) !== 0);
        expect(Math.abs(kept.length / 1000 - (1 - part))).toBeLessThan(0.06);
        for (const i of kept)
          expect(model.value(`y[${i}]`)).toBeCloseTo(model.value(`x[${i}]`) / (1 - part), 12);
        const evaluated = new Machine(model.program, 'lesson', [], 'evaluate');
        for (const i of [1, 2, 3, 4, 5, 6])
          expect(evaluated.value(1, 'y', 'old', [i])).toBe(model.value(`x[${i}]`));
      }
    },
  ],
  [
    '`dropout 0.5 seed 1`',
    () => {
      const left = (seed: string) => {
        const model = tried(`given x[50] = 1\nlayers: 50 -> dropout 0.5${seed}`);
        return upTo(50).map((i) => model.value(`y[${i}]`));
      };
      expect(left(' seed 1')).toEqual(left(' seed 1'));
      expect(left(' seed 1')).not.toEqual(left(' seed 2'));
    },
  ],
  [
    'so that the mean over all draws stays',
    () => {
      const model = tried('given x[1000] = 1\nlayers: 1000 -> dropout 0.2 seed 1');
      expect(Math.abs(sum(1000, (i) => model.value(`y[${i}]`)) / 1000 - 1)).toBeLessThan(0.06);
    },
  ],
  [
    'mean 0 and variance 1, over the batch or over the units, then scaled by γ and shifted by β',
    () => {
      expectNormalized(normalized('batchnorm'), (_, i) => samples.map((sample) => sample[i - 1]));
      expectNormalized(normalized('layernorm'), (n) => samples[n - 1]);
    },
  ],
  [
    'sums are divided by how many there are',
    () => {
      expect(normalized('batchnorm').value('v1[1]')).toBeCloseTo(variance([100, 300, 800]), 9);
      // Divided by one fewer, the variance of two would be twice as great.
      expect(normalized('layernorm').value('v1[2]')).toBeCloseTo(variance([300, 800]), 9);
    },
  ],
  [
    'While evaluating, `batchnorm` takes running means of both',
    () => {
      const model = normalized('batchnorm');
      const evaluated = new Machine(model.program, 'lesson', [], 'evaluate');
      const [center, width] = [model.value('mean1[1]', 3), Math.sqrt(model.value('spread1[1]', 3))];
      expect(evaluated.value(4, 'y', 'old', [2, 1])).toBeCloseTo((2 * (300 - center)) / width + 5, 6);
    },
  ],
  [
    'which move by a tenth in every update (`batchnorm momentum 0.1`)',
    () => {
      for (const [layer, part] of [
        ['batchnorm', 0.1],
        ['batchnorm momentum 0.1', 0.1],
        ['batchnorm momentum 0.25', 0.25],
      ] as const) {
        const model = normalized(layer);
        const moved = (from: number, to: number) => from + part * (to - from);
        const [μ, v] = [mean([100, 300, 800]), variance([100, 300, 800])];
        expect(model.value('mean1[1]', 2)).toBeCloseTo(moved(moved(0, μ), μ), 9);
        expect(model.value('spread1[1]', 2)).toBeCloseTo(moved(moved(1, v), v), 6);
      }
    },
  ],
  [
    'through a sequence such as `5x2`, five vectors of two entries',
    () => {
      const model = layered('5x2 -> recurrent 3 tanh', 'param b1 = [0.5, -1, 0.2]\n');
      const [x, W, U, b] = ['x', 'W1', 'U1', 'b1'].map((name) => cells(model, name));
      const state = (s: number, j: number): number =>
        s === 0
          ? 0
          : Math.tanh(sum(2, (i) => W(j, i) * x(s, i)) + sum(3, (m) => U(j, m) * state(s - 1, m)) + b(j));
      expectOutput(model, [5, 3], state);
    },
  ],
  [
    '`recurrent 3 tanh`, `lstm 3`, then `last`',
    () => {
      const model = layered('3x2 -> lstm 3');
      const x = cells(model, 'x');
      const gate = (letter: string) => {
        const [W, U, b] = ['W', 'U', 'b'].map((name) => cells(model, `${name}${letter}1`));
        return (s: number, j: number) =>
          sum(2, (i) => W(j, i) * x(s, i)) + sum(3, (m) => U(j, m) * output(s - 1, m)) + b(j);
      };
      const [f, i, o, g] = ['f', 'i', 'o', 'g'].map(gate);
      const memory = (s: number, j: number): number =>
        s === 0 ? 0 : σ(f(s, j)) * memory(s - 1, j) + σ(i(s, j)) * Math.tanh(g(s, j));
      const output = (s: number, j: number): number => (s === 0 ? 0 : σ(o(s, j)) * Math.tanh(memory(s, j)));
      expectOutput(model, [3, 3], output);
    },
  ],
  [
    '`last` keeps the last moment',
    () => {
      const model = layered('5x2 -> recurrent 3 tanh -> last');
      expectOutput(model, [3], (j) => cells(model, 'h1')(5, j));
    },
  ],
  [
    'a row of four numbers for each of ten words, which the input gives by number',
    () => {
      const model = tried('given x = [3, 10, 1, 3, 7]\nlayers: 5 -> embedding 4 words 10');
      expect(model.shape('E1')).toEqual([10, 4]);
      expectOutput(model, [5, 4], (s, j) => cells(model, 'E1')([3, 10, 1, 3, 7][s - 1], j));
    },
  ],
  [
    'one head of self-attention; without `causal` it looks ahead as well',
    () => {
      const causal = layered('3x2 -> attention 4 causal');
      expectOutput(
        causal,
        [3, 4],
        attended(causal, (s) => s),
      );
      const model = layered('3x2 -> attention 4');
      expectOutput(
        model,
        [3, 4],
        attended(model, () => 3),
      );
    },
  ],
  [
    '3 units at every moment of a sequence, the same weights at each',
    () => {
      const model = layered('5x2 -> each 3 tanh', 'param b1 = [0.5, -1, 0.2]\n');
      const [x, W, b] = ['x', 'W1', 'b1'].map((name) => cells(model, name));
      expectOutput(model, [5, 3], (s, j) => Math.tanh(sum(2, (i) => W(j, i) * x(s, i)) + b(j)));
    },
  ],
  [
    'an activation by itself; as a single layer `use activation h from g, relu`',
    () => {
      const model = layered('2 -> 3 -> relu');
      expectOutput(model, [3], (j) => relu(cells(model, 'h1')(j)));
      const single = tried('given g = [-1, 2]\nuse activation h from g, relu');
      expect([single.value('h[1]'), single.value('h[2]')]).toEqual([0, 2]);
    },
  ],
];
