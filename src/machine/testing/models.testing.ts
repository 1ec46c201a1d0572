import { gaussian, uniform } from '../../number/random.ts';

/** A model's text to try the engine on, with what the slow recorder needs to know. */
export interface ModelCase {
  readonly name: string;
  readonly text: string;
  /** The index over which formulas depend on each other. */
  readonly recurrent?: string;
}

/** The 2-2-1 example of the lecture, with its carried rounding. */
export const lecture = `
given  x = [0.35, 0.9]
given  t = [0.5]
param  W1 = [[0.1, 0.8], [0.4, 0.6]]
param  W2 = [[0.3, 0.9]]
eta = 1

forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j]    = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k]    = sigmoid(net2[k])
  L       = sum(k: (t[k] - y[k])^2) / 2

backward                                  # leave this block out and it is derived
  δ2[k]    = (t[k] - y[k]) * y[k]*(1 - y[k])             : -dL/dnet2[k]
  δ1[j]    = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])   : -dL/dnet1[j]
  g2[k,j]  = -δ2[k] * h[j]                               : dL/dW2[k,j]
  g1[j,i]  = -δ1[j] * x[i]                               : dL/dW1[j,i]

update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  W1[j,i] <- W1[j,i] - eta * g1[j,i]

store  h[1]: 2dp   h[2]: 4dp   y: 2dp   δ1, δ2: 4dp   g1, g2: 3sf   W1, W2: 4dp
`;

/** Repeatable numbers: one stream per array, so that a model's arrays are independent. */
export class SeededNumbers {
  private stream = 0;

  constructor(readonly seed: number) {}

  /** An array as text, normally distributed, three decimals. */
  array(shape: readonly number[], scale = 0.7): string {
    const stream = ++this.stream;
    let counter = 0;
    const nested = (depth: number): string => {
      if (depth === shape.length)
        return String(Math.round(gaussian(this.seed, stream, counter++) * scale * 1000) / 1000);
      return `[${Array.from({ length: shape[depth] }, () => nested(depth + 1)).join(', ')}]`;
    };
    return nested(0);
  }

  /** An integer from `low` to `high`, inclusive. */
  whole(low: number, high: number): number {
    return low + Math.floor(uniform(this.seed, ++this.stream, 0) * (high - low + 1));
  }

  pick<One>(from: readonly One[]): One {
    return from[this.whole(0, from.length - 1)];
  }
}

/** The local derivative of a layer as written by hand: from the stored activation, as in lectures. */
const slopes: Record<string, (h: string, net: string) => string> = {
  sigmoid: (h) => `${h}*(1 - ${h})`,
  tanh: (h) => `(1 - ${h}^2)`,
  relu: (_, net) => `[${net} > 0]`,
  identity: () => '1',
};

/** A random fully connected net with its backward pass written out as in the lecture (δ = −∂L/∂net). */
export function perceptron(seed: number): ModelCase {
  const numbers = new SeededNumbers(seed);
  const depth = numbers.whole(1, 3);
  const widths = Array.from({ length: depth + 1 }, () => numbers.whole(1, 4));
  const activations = Array.from({ length: depth }, () =>
    numbers.pick(['sigmoid', 'tanh', 'relu', 'identity']),
  );
  const half = numbers.whole(0, 1) === 1;
  const biased = numbers.whole(0, 1) === 1;
  const data = [
    `given x = ${numbers.array([widths[0]], 1)}`,
    `given t = ${numbers.array([widths[depth]], 1)}`,
  ];
  const [forward, backward, update]: string[][] = [[], [], []];
  const stored: string[] = [];
  for (let l = 1; l <= depth; l++) {
    const input = l === 1 ? 'x' : `h${l - 1}`;
    data.push(`param W${l} = ${numbers.array([widths[l], widths[l - 1]])}`);
    if (biased) data.push(`param b${l} = ${numbers.array([widths[l]])}`);
    forward.push(`net${l}[j] = sum(i: W${l}[j,i] * ${input}[i])${biased ? ` + b${l}[j]` : ''}`);
    forward.push(`h${l}[j] = ${activations[l - 1]}(net${l}[j])`);
    const local = slopes[activations[l - 1]](`h${l}[j]`, `net${l}[j]`);
    const carried =
      l === depth ? `${half ? '' : '2*'}(t[j] - h${l}[j])` : `sum(k: W${l + 1}[k,j] * δ${l + 1}[k])`;
    backward.unshift(
      `δ${l}[j] = ${local} * ${carried} : -dL/dnet${l}[j]`,
      `g${l}[j,i] = -δ${l}[j] * ${input}[i] : dL/dW${l}[j,i]`,
      ...(biased ? [`gb${l}[j] = -δ${l}[j] : dL/db${l}[j]`] : []),
    );
    update.push(`W${l}[j,i] <- W${l}[j,i] - eta * g${l}[j,i]`);
    if (biased) update.push(`b${l}[j] <- b${l}[j] - eta * gb${l}[j]`);
    stored.push(
      `h${l}: ${numbers.whole(2, 4)}dp`,
      `δ${l}: ${numbers.whole(3, 5)}dp`,
      `g${l}: 3sf`,
      `W${l}: 4dp`,
    );
  }
  forward.push(`L = sum(k: (t[k] - h${depth}[k])^2)${half ? ' / 2' : ''}`);
  const text = [
    ...data,
    'eta = 0.25',
    ...block('forward', forward),
    ...block('backward', backward),
    ...block('update', update),
    `store ${stored.join('  ')}`,
  ].join('\n');
  return { name: `perceptron ${widths.join('-')} ${activations.join(' ')} seed ${seed}`, text };
}

const block = (head: string, lines: readonly string[]): string[] => [
  '',
  head,
  ...lines.map((line) => `  ${line}`),
];

const descend = (...parameters: readonly string[]): string[] =>
  parameters.map((cell) => `${cell} <- ${cell} - eta * dL/d${cell}`);

const model = (
  name: string,
  parts: {
    data: string[];
    forward: string[];
    backward?: string[];
    update: string[];
    store: string;
    recurrent?: string;
  },
): ModelCase => ({
  name,
  ...(parts.recurrent && { recurrent: parts.recurrent }),
  text: [
    ...parts.data,
    'eta = 0.1',
    ...block('forward', parts.forward),
    ...(parts.backward ? block('backward', parts.backward) : []),
    ...block('update', parts.update),
    parts.store,
  ].join('\n'),
});

/** A classifier whose cross-entropy is written out; its whole backward pass is derived. */
export function classifier(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  return model(`softmax and cross-entropy, seed ${seed}`, {
    data: [
      `given x = ${n.array([3])}`,
      'given t = [0, 1, 0] : onehot',
      `param W = ${n.array([3, 3])}`,
      `param b = ${n.array([3])}`,
    ],
    forward: [
      'z[k] = sum(i: W[k,i] * x[i]) + b[k]',
      'top = max(k: z[k])',
      'e[k] = exp(z[k] - top)',
      'p[k] = e[k] / sum(l: e[l])',
      'L = -sum(k: t[k] * log(p[k]))',
    ],
    update: descend('W[k,i]', 'b[k]'),
    store: 'store p: 3dp  e: 4sf  W: 4dp',
  });
}

/** Two gates and a candidate with the loss on the last output: formulas that depend on each other through time. */
export function gated(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  const steps = n.whole(3, 4);
  const gate = (name: string, activation: string, before: string) =>
    `${name}[t,j] = ${activation}(sum(i: W${name}[j,i] * x[t,i]) + sum(m: U${name}[j,m] * ${before}) + b${name}[j])`;
  const gates = ['z', 'r', 'c'];
  return model(`gated recurrent net over ${steps} steps, seed ${seed}`, {
    recurrent: 't',
    data: [
      `given x = ${n.array([steps, 2], 1)}`,
      `given goal = ${n.array([2])}`,
      ...gates.flatMap((g) => [
        `param W${g} = ${n.array([2, 2])}`,
        `param U${g} = ${n.array([2, 2])}`,
        `param b${g} = ${n.array([2])}`,
      ]),
      `param V = ${n.array([2, 2])}`,
    ],
    forward: [
      gate('z', 'sigmoid', 'h?[t-1,m]'),
      gate('r', 'sigmoid', 'h?[t-1,m]'),
      gate('c', 'tanh', 'r[t,m] * h?[t-1,m]'),
      'h[t,j] = (1 - z[t,j]) * h?[t-1,j] + z[t,j] * c[t,j]',
      `y[k] = sum(j: V[k,j] * h[${steps},j])`,
      'L = sum(k: (goal[k] - y[k])^2) / 2',
    ],
    update: descend(...gates.flatMap((g) => [`W${g}[j,i]`, `U${g}[j,m]`, `b${g}[j]`]), 'V[k,j]'),
    store: 'store z, r: 3dp  h: 4dp  V: 3dp',
  });
}

/** An LSTM over three steps. */
export function memoryCase(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  const gates = ['f', 'i', 'o', 'g'];
  return model(`LSTM over 3 steps, seed ${seed}`, {
    recurrent: 't',
    data: [
      `given x = ${n.array([3, 2], 1)}`,
      `given goal = ${n.array([3, 1])}`,
      ...gates.flatMap((g) => [
        `param W${g} = ${n.array([2, 2])}`,
        `param U${g} = ${n.array([2, 2])}`,
        `param b${g} = ${n.array([2])}`,
      ]),
      `param V = ${n.array([1, 2])}`,
    ],
    forward: [
      ...gates.map(
        (g) =>
          `${g}[t,j] = ${g === 'g' ? 'tanh' : 'sigmoid'}(sum(a: W${g}[j,a] * x[t,a]) + sum(m: U${g}[j,m] * h?[t-1,m]) + b${g}[j])`,
      ),
      'c[t,j] = f[t,j] * c?[t-1,j] + i[t,j] * g[t,j]',
      'h[t,j] = o[t,j] * tanh(c[t,j])',
      'y[t,k] = sum(j: V[k,j] * h[t,j])',
      'L = sum(t, k: (goal[t,k] - y[t,k])^2) / 2',
    ],
    update: descend(...gates.flatMap((g) => [`W${g}[j,a]`, `U${g}[j,m]`, `b${g}[j]`]), 'V[k,j]'),
    store: 'store c: 3dp  h: 4dp',
  });
}

/** A strided, padded convolution in two channels, an overlapping max-pool and a linear readout. */
export function convolutionCase(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  return model(`strided convolution and overlapping max-pool, seed ${seed}`, {
    data: [
      `given x = ${n.array([6, 5], 1)}`,
      `given goal = ${n.array([2])}`,
      `param K = ${n.array([2, 3, 3])}`,
      `param b = ${n.array([2])}`,
      `param V = ${n.array([2, 2, 2, 2])}`,
      'index p = 1..3',
      'index q = 1..3',
    ],
    forward: [
      'net[c,p,q] = sum(u, v: K[c,u,v] * x?[2*p+u-2, 2*q+v-2]) + b[c]',
      'a[c,p,q] = relu(net[c,p,q])',
      'm[c,r,s] = max(u=0..1, v=0..1: a[c,r+u,s+v])',
      'y[k] = sum(c, r, s: V[k,c,r,s] * m[c,r,s])',
      'L = sum(k: (goal[k] - y[k])^2)',
    ],
    update: descend('K[c,u,v]', 'b[c]', 'V[k,c,r,s]'),
    store: 'store a: 2dp  y: 3sf  K: 4dp',
  });
}

/** A small net whose update carries Adam's state from frame to frame. */
export function adam(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  const step = (cell: string): string[] => {
    const name = cell.replace(/\[.*/, '');
    const at = cell.slice(name.length);
    return [
      `m${name}${at} <- β1 * m${name}${at} + (1 - β1) * dL/d${cell}`,
      `v${name}${at} <- β2 * v${name}${at} + (1 - β2) * dL/d${cell}^2`,
      `${cell} <- ${cell} - eta * (m${name}${at} / (1 - b1t)) / (sqrt(v${name}${at} / (1 - b2t)) + 1e-8)`,
    ];
  };
  return model(`Adam, seed ${seed}`, {
    data: [
      `given x = ${n.array([3])}`,
      `given t = ${n.array([2])}`,
      `param W = ${n.array([2, 3])}`,
      `param b = ${n.array([2])}`,
      'state mW = 0 like W',
      'state vW = 0 like W',
      'state mb = 0 like b',
      'state vb = 0 like b',
      'state b1t = 1',
      'state b2t = 1',
      'rate β1 = 0.9',
      'rate β2 = 0.999',
    ],
    forward: ['y[k] = tanh(sum(i: W[k,i] * x[i]) + b[k])', 'L = sum(k: (t[k] - y[k])^2) / 2'],
    update: ['b1t <- b1t * β1', 'b2t <- b2t * β2', ...step('W[k,i]'), ...step('b[k]')],
    store: 'store y: 3dp  mW, mb: 5dp  W: 4dp',
  });
}

/** One head of causal attention with its own softmax, over four tokens. */
export function attentionCase(seed: number): ModelCase {
  const n = new SeededNumbers(seed);
  const project = (to: string) => `${to}[t,j] = sum(i: W${to}[j,i] * x[t,i])`;
  return model(`causal attention, seed ${seed}`, {
    data: [
      `given x = ${n.array([4, 3], 1)}`,
      `given goal = ${n.array([4, 2])}`,
      ...['Q', 'K', 'V'].map((name) => `param W${name} = ${n.array([2, 3])}`),
    ],
    forward: [
      ...['Q', 'K', 'V'].map(project),
      'a[t,s] = when(s <= t: sum(j: Q[t,j] * K[s,j]) / sqrt(2))',
      'top[t] = max(s where s <= t: a[t,s])',
      'e[t,s] = when(s <= t: exp(a[t,s] - top[t]))',
      'Z[t] = sum(s where s <= t: e[t,s])',
      'y[t,j] = sum(s where s <= t: e[t,s] * V[s,j]) / Z[t]',
      'L = sum(t, j: (goal[t,j] - y[t,j])^2) / 2',
    ],
    update: descend('WQ[j,i]', 'WK[j,i]', 'WV[j,i]'),
    store: 'store a: 3dp  e: 4sf',
  });
}

/** A one-dimensional GAN: the discriminator is updated, then evaluated again for the generator's own loss. */
export const adversaries: ModelCase = {
  name: 'a GAN with alternating updates',
  text: `
given z = [0.3, -0.8]
given x = [1.2, 0.9]
param a = 0.5
param b = 0.1
param w = 0.8
param c = -0.2
eta = 0.1
forward
  g[i] = a*z[i] + b
  real[i] = sigmoid(w*x[i] + c)
  fake[i] = sigmoid(w*g[i] + c)
  LD = -sum(i: log(real[i]) + log(1 - fake[i])) / 2
update
  w <- w - eta * dLD/dw
  c <- c - eta * dLD/dc
forward
  fooled[i] = sigmoid(w*g[i] + c)
  LG = -sum(i: log(fooled[i])) / 2
backward
  e[i] : -dLG/dg[i]
update
  a <- a - eta * dLG/da
  b <- b - eta * dLG/db
store fooled, fake: 3dp  w: 2dp`,
};

/** An input is moved uphill on the loss, and the net is trained on the result. */
export const adversarialExample: ModelCase = {
  name: 'training on an adversarial example',
  text: `
given x = [0.35, 0.9]
given t = 0.5
param w = [0.1, 0.8]
eta = 0.1
forward
  y = tanh(sum(i: w[i] * x[i]))
  L = (t - y)^2 / 2
forward
backward
  e : dL/dy
forward
  x2[i] = x[i] + 0.1 * dL/dx[i]
  y2 = tanh(sum(i: w[i] * x2[i]))
  L2 = (t - y2)^2 / 2
update
  w[i] <- w[i] - eta * (dL/dw[i] + dL2/dw[i]) / 2`,
};

/** Models that the engine must get right. */
export const modelCases: readonly ModelCase[] = [
  { name: 'the lecture', text: lecture },
  ...Array.from({ length: 12 }, (_, seed) => perceptron(seed + 1)),
  classifier(1),
  classifier(2),
  gated(1),
  gated(2),
  memoryCase(1),
  convolutionCase(1),
  convolutionCase(2),
  adam(1),
  attentionCase(1),
];
