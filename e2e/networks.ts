import { gaussian } from '../src/number/random.ts';

/** Models that are too large, or too special, to be a lesson: the page is tried with them. */

/** Numbers as text, row by row, with three significant digits. */
function literal(shape: readonly number[], at: (flat: number) => number): string {
  let flat = 0;
  const nested = (depth: number): string =>
    depth === shape.length
      ? String(Number(at(flat++).toPrecision(3)))
      : `[${Array.from({ length: shape[depth] }, () => nested(depth + 1)).join(',')}]`;
  return nested(0);
}

/** A pixel, from 0 (paper) to 1 (ink), of a ring drawn on 28 × 28 pixels; `flat` counts them row by row from 0. */
function ring(flat: number): number {
  const distance = Math.hypot((flat % 28) - 13.5, 1.2 * (Math.floor(flat / 28) - 13.5));
  return Math.max(0, 1 - Math.abs(distance - 8) / 2);
}

/**
 * The text of a dense network on one image of a digit: layers of ReLU units, by default 784-256-128-10, softmax and
 * cross-entropy.
 */
export function digitNetwork(sizes: readonly number[] = [784, 256, 128, 10]): string {
  const depth = sizes.length - 1;
  const layers = Array.from({ length: depth }, (_, at) => at + 1);
  const parameters = layers.flatMap((l) => [
    `param W${l} = ${literal([sizes[l], sizes[l - 1]], (flat) => gaussian(1, l, flat) * Math.sqrt(2 / sizes[l - 1]))}`,
    `param b${l} = ${literal([sizes[l]], () => 0)}`,
  ]);
  const forward = layers.flatMap((l) => {
    const input = l === 1 ? 'x' : `h${l - 1}`;
    return [
      `z${l}[j] = sum(i: W${l}[j,i] * ${input}[i]) + b${l}[j]`,
      ...(l < depth ? [`h${l}[j] = relu(z${l}[j])`] : []),
    ];
  });
  return [
    `given x = ${literal([sizes[0]], ring)}`,
    `given t = ${literal([sizes[depth]], (flat) => (flat === 0 ? 1 : 0))} : onehot`,
    ...parameters,
    'eta = 0.1',
    '',
    'forward',
    ...forward.map((line) => `  ${line}`),
    `  m = max(k: z${depth}[k])`,
    `  e[k] = exp(z${depth}[k] - m)`,
    '  s = sum(k: e[k])',
    '  p[k] = e[k] / s',
    '  L = -sum(k: t[k] * log(p[k]))',
    '',
    'update',
    ...layers.map((l) => `  W${l}[j,i] <- W${l}[j,i] - eta * dL/dW${l}[j,i]`),
    ...layers.map((l) => `  b${l}[j] <- b${l}[j] - eta * dL/db${l}[j]`),
  ].join('\n');
}

/** The text of a convolution with two filters over a 12 × 12 image, max pooling, and a linear layer. */
export const convolution = (): string => `
given x = ${literal([12, 12], (flat) => ring(28 * (2 * Math.floor(flat / 12) + 2) + 2 * (flat % 12) + 2))}
given t = [1, 0]
param F = ${literal([2, 3, 3], (flat) => gaussian(2, 1, flat) * 0.5)}
param V = ${literal([2, 2, 5, 5], (flat) => gaussian(2, 2, flat) * 0.2)}
eta = 0.05

forward
  c[f,p,q] = sum(u, v: F[f,u,v] * x[p+u-1,q+v-1])
  r[f,p,q] = relu(c[f,p,q])
  m[f,p,q] = max(u = 1..2, v = 1..2: r[f,2*p+u-2,2*q+v-2])
  y[k] = sum(f, p, q: V[k,f,p,q] * m[f,p,q])
  L = sum(k: (t[k] - y[k])^2) / 2

update
  F[f,u,v] <- F[f,u,v] - eta * dL/dF[f,u,v]
  V[k,f,p,q] <- V[k,f,p,q] - eta * dL/dV[k,f,p,q]
`;

/** The text of a recurrent network of three units over five time steps. */
export const recurrence = (): string => `
given x = [[0.5, -1], [1, 0.2], [-0.3, 0.8], [0.1, 0.4], [0.9, -0.6]]
given t = [0.7]
param U = ${literal([3, 2], (flat) => gaussian(3, 1, flat) * 0.7)}
param W = ${literal([3, 3], (flat) => gaussian(3, 2, flat) * 0.7)}
param V = ${literal([1, 3], (flat) => gaussian(3, 3, flat) * 0.7)}
eta = 0.1

forward
  a[s,j] = sum(i: U[j,i] * x[s,i]) + sum(k: W[j,k] * h?[s-1,k])
  h[s,j] = tanh(a[s,j])
  y[k] = sum(j: V[k,j] * h[5,j])
  L = sum(k: (t[k] - y[k])^2) / 2

update
  U[j,i] <- U[j,i] - eta * dL/dU[j,i]
  W[j,k] <- W[j,k] - eta * dL/dW[j,k]
  V[k,j] <- V[k,j] - eta * dL/dV[k,j]
`;

/** The text of a small network on two moons, in shuffled batches, with dropout. */
export const moons = (schedule = 'by sample'): string => `
table moons = moons(60, 0.1, 7)
sample x = moons[1..2]
sample t = moons[3]
batch n = 4, shuffled 7, ${schedule}
random r[4] = uniform(3)
mode training
param W1[4,2] = he(1, 2)
param b1 = [0, 0, 0, 0]
param W2[1,4] = xavier(2, 4, 1)
param b2 = [0]
eta = 0.5

forward
  z1[j] = sum(i: W1[j,i] * x[i]) + b1[j]
  h[j] = tanh(z1[j])
  d[j] = h[j] * (1 - training * [r[j] < 0.25])
  z2[k] = sum(j: W2[k,j] * d[j]) + b2[k]
  y[k] = sigmoid(z2[k])
  L = sum(k: (t - y[k])^2) / 2

update
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]
  b2[k] <- b2[k] - eta * dL/db2[k]
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
`;

/** The text of a linear classifier of images in files that the reader provides. */
export const awaitedData = (): string => `
table digits = dropped "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz" like 16 + 1
sample x = digits[1..16] / 255
sample t = onehot(digits[17], 0..9)
batch n = 2
param W[10,16] = he(1, 16)
eta = 0.1

forward
  y[k] = sigmoid(sum(i: W[k,i] * x[i]))
  L = sum(k: (t[k] - y[k])^2) / 2

update
  W[k,i] <- W[k,i] - eta * dL/dW[k,i]
`;
