import { readFileSync } from 'node:fs';
import { expandShorthand } from './expansion.ts';

/*
 * Every model that the decks discuss, in shorthand where it exists. The numbers they read, and what an independent
 * framework computes from them, lie in reference/numbers.jsonl, which reference/make.py has written.
 */

/** A number, or an array of any depth, as the reference has it. */
export type Nested = number | readonly Nested[];

interface Reference {
  readonly name: string;
  readonly data: Readonly<
    Record<string, { readonly role: string; readonly value: Nested; readonly domain?: string }>
  >;
  /** What every frame gives: values by `y`, gradients by `dL/dW1`, what is renewed by `new W1`. */
  readonly frames: readonly Readonly<Record<string, Nested>>[];
}

export interface ZooModel {
  readonly name: string;
  /** The model in the language alone. */
  readonly text: string;
  readonly frames: Reference['frames'];
  /** The index over which formulas need each other, for the slow recorder. */
  readonly recurrent?: string;
}

const folder = new URL('reference/numbers.jsonl', import.meta.url);
export const zooReferences: ReadonlyMap<string, Reference> = new Map(
  readFileSync(folder, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reference)
    .map((one) => [one.name, one]),
);

function zoo(name: string, lines: string, recurrent?: string): ZooModel {
  const reference = zooReferences.get(name);
  if (reference === undefined) throw new Error(`the reference has no ${name}`);
  const data = Object.entries(reference.data).map(
    ([quantity, { role, value, domain }]) =>
      `${role} ${quantity} = ${JSON.stringify(value)}${domain ? ` : ${domain}` : ''}`,
  );
  const { text, diagnostics } = expandShorthand(`${data.join('\n')}\n${lines.replace(/^ {4}/gm, '')}`);
  if (diagnostics.length > 0)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return { name, text, frames: reference.frames, ...(recurrent && { recurrent }) };
}

const units = [
  zoo(
    'perceptron',
    `
    eta = 0.25
    forward
      net[n] = sum(i: w[i] * x[n,i]) + b
      y[n] = step(net[n])
    update
      w[i] <- w[i] + eta * sum(n: (t[n] - y[n]) * x[n,i])
      b <- b + eta * sum(n: t[n] - y[n])`,
  ),
  zoo(
    'linear regression',
    `
    optimizer: sgd 0.1
    forward
      y[n] = sum(i: w[i] * x[n,i]) + b
      L = sum(n: (t[n] - y[n])^2) / 6`,
  ),
  zoo(
    'logistic regression',
    `
    optimizer: sgd 0.5
    forward
      y[n] = sigmoid(sum(i: w[i] * x[n,i]) + b)
      L = -sum(n: t[n] * log(y[n]) + (1 - t[n]) * log(1 - y[n])) / 6`,
  ),
];

const activations = ['step', 'linear', 'relu', 'sigmoid', 'tanh', 'softplus', 'softmax'].map((f) =>
  zoo(
    `activation ${f}`,
    `layers: 3 -> 4 ${f}\nloss: squared error\n${f === 'step' ? '' : 'optimizer: sgd 0.1'}`,
  ),
);

const losses = [
  ['squared error', 'linear'],
  ['half squared error', 'sigmoid'],
  ['mean squared error', 'linear'],
  ['cross-entropy', 'softmax'],
  ['fused cross-entropy', 'softmax'],
  ['multi-label cross-entropy', 'sigmoid'],
  ['fused multi-label cross-entropy', 'sigmoid'],
].map(([loss, last]) =>
  zoo(`loss ${loss}`, `layers: 4 -> 5 tanh -> 3 ${last}\nloss: ${loss}\noptimizer: sgd 0.2`),
);

const perceptrons = [
  zoo(
    'deep perceptron',
    'layers: 3 -> 4 tanh -> 3 relu -> 3 softplus -> 2 sigmoid\nloss: half squared error\noptimizer: sgd 0.5',
  ),
  zoo('KU 5-3-1', 'layers: 5 -> 3 sigmoid -> 1 linear\nloss: half squared error\noptimizer: sgd 0.1'),
  ...['1, -1', '0, 0'].map((x) => zoo(`L3 forward ${x}`, 'layers: 2 -> 2 sigmoid -> 2 sigmoid -> 2 sigmoid')),
];

const net = 'layers: 3 -> 4 tanh -> 2\nloss: squared error';
const training = [
  zoo('optimizer sgd', `${net}\noptimizer: sgd 0.1`),
  zoo('optimizer momentum', `${net}\noptimizer: momentum 0.05 0.8`),
  zoo('optimizer adam', `${net}\noptimizer: adam 0.02 0.8 0.95`),
  zoo('regularizer l1', `${net}\nregularizer: l1 0.03\noptimizer: sgd 0.1`),
  zoo('regularizer l2 with adam', `${net}\nregularizer: l2 0.03\noptimizer: adam 0.02 0.8 0.95`),
  zoo('rate constant', `${net}\noptimizer: sgd 0.1\nrate: constant`),
  zoo('rate decay', `${net}\noptimizer: sgd 0.1\nrate: decay 0.9`),
  zoo('rate decay every', `${net}\noptimizer: sgd 0.1\nrate: decay 0.5 every 2`),
  zoo('rate periodic', `${net}\noptimizer: sgd 0.1\nrate: periodic 3 to 0.01`),
];

const layers = [
  ...['training', 'evaluating'].map((mode) =>
    zoo(
      `dropout, ${mode}`,
      'layers: 4 -> 5 tanh -> dropout 0.3 -> 2\nloss: squared error\noptimizer: sgd 0.1',
    ),
  ),
  ...['training', 'evaluating'].map((mode) =>
    zoo(
      `batch normalisation, ${mode}`,
      `
    optimizer: sgd 0.1
    forward
      h1[n,j] = sum(i: W1[j,i] * x[n,i]) + b1[j]
      μ2[j] = sum(n: h1[n,j]) / 4
      v2[j] = sum(n: (h1[n,j] - μ2[j])^2) / 4
      center2[j] = training * μ2[j] + (1 - training) * mean2[j]
      width2[j] = sqrt(training * v2[j] + (1 - training) * spread2[j] + 1e-5)
      h2[n,j] = γ2[j] * (h1[n,j] - center2[j]) / width2[j] + β2[j]
      y[n,k] = sum(j: W3[k,j] * tanh(h2[n,j]))
      L = sum(n, k: (t[n,k] - y[n,k])^2) / 4
    update
      mean2[j] <- mean2[j] + training * 0.1 * (μ2[j] - mean2[j])
      spread2[j] <- spread2[j] + training * 0.1 * (v2[j] - spread2[j])`,
    ),
  ),
];

const images = [
  zoo(
    'convolution, stride 2, padding 1, channels',
    'layers: 2x6x5 -> conv 3 3x3 relu stride 2 padding 1 -> 2\nloss: half squared error\noptimizer: sgd 0.05',
  ),
  zoo(
    'convolution and max-pool',
    'layers: 8x8 -> conv 2 3x3 relu -> maxpool 2x2 -> 3 softmax\nloss: fused cross-entropy\noptimizer: sgd 0.1',
  ),
  zoo(
    'overlapping average pooling',
    'layers: 3x7x7 -> conv 3 1x1 tanh -> avgpool 3x3 stride 2\nloss: squared error\noptimizer: sgd 0.1',
  ),
  ...['edge detection', 'box blur'].map((name) => zoo(`TZ ${name}`, 'layers: 5x6 -> conv 3x3, without bias')),
  ...[
    ['max', 'maxpool'],
    ['average', 'avgpool'],
  ].map(([name, kind]) => zoo(`TZ ${name} pooling`, `layers: 4x4 -> ${kind} 2x2`)),
  zoo('residual block', 'layers: 4 -> residual tanh\nloss: squared error\noptimizer: sgd 0.1'),
  zoo(
    'residual block on images',
    'layers: 2x4x4 -> residual 3x3 relu -> 2\nloss: squared error\noptimizer: sgd 0.01',
  ),
];

const sequences = [
  zoo(
    'recurrent net, loss on the last output',
    'layers: 5x2 -> recurrent 3 tanh -> last -> 1\nloss: squared error\noptimizer: sgd 0.1',
    's',
  ),
  zoo('LSTM', 'layers: 4x2 -> lstm 3 -> last -> 2\nloss: half squared error\noptimizer: sgd 0.1', 's'),
  zoo(
    'word embedding',
    'layers: 4 -> embedding 3 words 5 -> recurrent 3 tanh -> last -> 5 softmax\nloss: fused cross-entropy\noptimizer: sgd 0.2',
    's',
  ),
  ...['', 'causal '].map((causal) =>
    zoo(
      `${causal}self-attention with layer norm`,
      `layers: 4x3 -> layernorm -> attention 2 ${causal.trim()} -> each 2\nloss: half squared error\noptimizer: sgd 0.1`,
    ),
  ),
  zoo('layer norm of a vector', 'layers: 4 -> layernorm -> tanh\nloss: squared error\noptimizer: sgd 0.1'),
];

const games = [
  zoo(
    'GAN, both at once',
    `
    forward
      use dense a from z, 3 tanh
      use dense g from a, 1
      use dense d1 from x, 3 tanh
      use dense r from d1, 1 sigmoid
      use dense d2 from g, like d1
      use dense f from d2, like r
      loss LD: discriminator of r, f
      loss LG: generator of f
    update
      optimizer: adam 0.01 of LD for W1, b1, Wr, br
      optimizer: sgd 0.1 of LG for Wa, ba, Wg, bg`,
  ),
];

const inBatches = [
  zoo(
    'perceptron, sample by sample',
    `
    eta = 0.25
    forward
      y = step(sum(i: w[i] * x[i]) + b)
    update
      w[i] <- w[i] + eta * (t - y) * x[i]
      b <- b + eta * (t - y)`,
  ),
  zoo('mini-batches, mean', 'batch n = 2\nlayers: 2 -> 3 tanh -> 1\nloss: squared error\noptimizer: sgd 0.1'),
  zoo(
    'mini-batches that do not divide the samples, sum',
    'batch n = 4, sum\nlayers: 2 -> 3 tanh -> 1\nloss: squared error\noptimizer: sgd 0.02',
  ),
  zoo(
    'one batch of all',
    'batch n = all, together\nlayers: 2 -> 3 tanh -> 1\nloss: squared error\noptimizer: momentum 0.1 0.9',
  ),
  zoo(
    'batch normalisation of a batch',
    'batch n = all\nlayers: 3 -> 3 -> batchnorm -> relu -> 2 softmax\nloss: fused cross-entropy\noptimizer: sgd 0.2',
  ),
  zoo(
    'batch normalisation of images',
    'batch n = 3\nlayers: 6x6 -> conv 2 3x3 -> batchnorm -> maxpool 2x2 -> 2 softmax\nloss: cross-entropy\noptimizer: sgd 0.1',
  ),
  zoo(
    'GAN, in turns',
    `
    forward
      use dense a from z, 3 tanh
      use dense g from a, 1
      use dense d1 from x, 3 tanh
      use dense r from d1, 1 sigmoid
      use dense d2 from g, like d1
      use dense f from d2, like r
      loss LD: discriminator of r, f
    update
      optimizer: adam 0.05 of LD for W1, b1, Wr, br
    forward
      use dense d3 from g, like d1
      use dense fooled from d3, like r
      loss LG: generator of fooled
    update
      optimizer: adam 0.02 of LG for Wa, ba, Wg, bg`,
  ),
];

const chains = [
  ['KU chain rule', 'y = x + 2\n  z = exp(y)\n  s = z^2 - z', 'ds/dx'],
  ['L3 chain rule, case 1', 'y = sin(x)\n  z = exp(y)', 'dz/dx'],
  ['L3 chain rule, case 2', 'x = s^2\n  y = cos(s)\n  z = x * y + x', 'dz/ds'],
].map(([name, forward, derivative]) => zoo(name, `forward\n  ${forward}\nbackward\n  slope : ${derivative}`));

/** Every model of the decks, and what it gives. */
export const zooModels: readonly ZooModel[] = [
  ...units,
  ...activations,
  ...losses,
  zoo('confident logits', 'layers: 2 -> 3 softmax\nloss: fused cross-entropy\noptimizer: sgd 0.001'),
  ...perceptrons,
  ...training,
  ...layers,
  ...images,
  ...sequences,
  ...games,
  ...inBatches,
  ...chains,
];
