import { expect } from 'vitest';
import { cellName } from '../../formula/model.ts';
import { compileProgram } from '../../program/program.ts';
import { type Divergence, divergences } from '../divergence.ts';

/* Models with a hand-written backward pass, and what is found in them. */

/** Two sigmoid layers with squared errors, without a backward pass. */
export const twoLayerForward = `given  x = [0.35, 0.9]
given  t = [0.5, 0.2]
param  W1 = [[0.1, 0.8], [0.4, 0.6]]
param  W2 = [[0.3, 0.9], [-0.2, 0.5]]
eta = 0.7
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k] = sigmoid(net2[k])
  L = sum(k: (t[k] - y[k])^2) / 2
`;
/** The backward pass of `twoLayerForward`, every line with its claim. */
export const claimed = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;
/** The same without claims. */
export const bare = claimed.replaceAll(/ : -?dL.*$/gm, '');
/** The same with updates as many decks write them: no line for a gradient. */
export const inline = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k])
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])
update
  W2[k,j] <- W2[k,j] + eta * δ2[k] * h[j]
  W1[j,i] <- W1[j,i] + eta * δ1[j] * x[i]
`;
/** The same, but W2 is updated before δ1 reads it. */
export const early = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
backward
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
update
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;

/** A tanh layer, then softmax with cross-entropy; no claims. */
export const deep = `given x = [0.3, -0.8, 0.5]
given t = [0, 1]: onehot
param W1 = [[0.2, -0.4, 0.7], [0.9, 0.1, -0.3], [-0.6, 0.5, 0.2]]
param W2 = [[0.4, -0.7, 0.3], [0.8, 0.2, -0.5]]
param b2 = [0.1, -0.2]
forward
  a[j] = sum(i: W1[j,i] * x[i])
  h[j] = tanh(a[j])
  z[k] = sum(j: W2[k,j] * h[j]) + b2[k]
  e[k] = exp(z[k])
  p[k] = e[k] / sum(m: e[m])
  C = -sum(k: t[k] * log(p[k]))
backward
  dz[k] = p[k] - t[k]
  da[j] = (1 - h[j]^2) * sum(k: W2[k,j] * dz[k])
  dW2[k,j] = dz[k] * h[j]
  db2[k] = dz[k]
  dW1[j,i] = da[j] * x[i]
update
  W2[k,j] <- W2[k,j] - 0.1 * dW2[k,j]
  b2[k] <- b2[k] - 0.1 * db2[k]
  W1[j,i] <- W1[j,i] - 0.1 * dW1[j,i]
`;

/** Two layers with the same weights and a skip connection. */
export const skip = `given x = [0.3, -0.8]
given t = [0.4, 0.1]
param W = [[0.2, -0.4], [0.9, 0.1]]
forward
  a[j] = sum(i: W[j,i] * x[i])
  h[j] = sigmoid(a[j])
  z[j] = sum(i: W[j,i] * h[i])
  y[j] = z[j] + h[j]
  L = sum(j: (y[j] - t[j])^2) / 2
backward
  dy[j] = y[j] - t[j] : dL/dy[j]
  dh[j] = dy[j] + sum(i: W[i,j] * dy[i]) : dL/dh[j]
  da[j] = dh[j] * h[j] * (1 - h[j]) : dL/da[j]
  dW[j,i] = da[j] * x[i] + dy[j] * h[i] : dL/dW[j,i]
update
  W[j,i] <- W[j,i] - 0.1 * dW[j,i]
`;

/** A divergence's known mistake as text; `none` without one. */
export function mistakeName({ mistake }: Divergence): string {
  if (mistake === undefined) return 'none';
  const { kind, turned, ...rest } = mistake;
  return [...(turned ? ['turned'] : []), kind, ...Object.values(rest).map(String)].join(' ');
}

/** `cell operation mistake` of each divergence of a text, which must compile. */
export function read(text: string): string[] {
  expect(compileProgram(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return divergences(text).map(
    (one) => `${cellName(one.formula.target, one.cell)} ${one.operation} ${mistakeName(one)}`,
  );
}

/** The right side of δ2. */
export const δ2 = '(t[k] - y[k]) * y[k]*(1 - y[k])';
/** The right side of δ1. */
export const δ1 = 'h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])';
