import { describe, expect, it } from 'vitest';
import { compileModel } from '../compile/compile.ts';
import { codeFormula } from '../print/pseudocode.ts';

/** The formulas that are derived for a text, as code. */
function derived(text: string, deriveClaims = false): string[] {
  const { model, diagnostics } = compileModel(text, { deriveClaims });
  expect(diagnostics, text).toEqual([]);
  return (model?.formulas ?? []).filter((formula) => formula.derived).map((formula) => codeFormula(formula));
}

const net = `given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j]    = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k]    = sigmoid(net2[k])
  L       = sum(k: (t[k] - y[k])^2) / 2
`;

describe('a derived formula reads like the lecture', () => {
  it('in its names and signs', () => {
    const claims = `backward
  δ2[k] : -dL/dnet2[k]
  δ1[j] : -dL/dnet1[j]
  g2[k,j] : dL/dW2[k,j]
  g1[j,i] : dL/dW1[j,i]`;
    expect(derived(net + claims)).toEqual([
      'δ2[k] = (t[k] - y[k]) * y[k] * (1 - y[k])',
      'δ1[j] = h[j] * (1 - h[j]) * sum(k: W2[k,j] * δ2[k])',
      'g2[k,j] = -δ2[k] * h[j]',
      'g1[j,i] = -δ1[j] * x[i]',
    ]);
  });

  it('in its indices, however they are named and ordered', () => {
    const claims = 'backward\n  e[a] : dL/dnet2[a]\n  T[q,p] : -dL/dW2[p,q]';
    expect(derived(net + claims)).toEqual([
      'e[a] = -(t[a] - y[a]) * y[a] * (1 - y[a])',
      'T[q,p] = -e[p] * h[q]',
    ]);
  });

  it('with names of its own where none are given', () => {
    const update = 'update\n  W1[j,i] <- W1[j,i] - dL/dW1[j,i]\n  W2[k,j] <- W2[k,j] - dL/dW2[k,j]';
    expect(derived(net + update)).toEqual([
      'dL/dnet2[k] = -(t[k] - y[k]) * y[k] * (1 - y[k])',
      'dL/dnet1[j] = h[j] * (1 - h[j]) * sum(k: W2[k,j] * dL/dnet2[k])',
      'dL/dW1[j,i] = dL/dnet1[j] * x[i]',
      'dL/dW2[k,j] = dL/dnet2[k] * h[j]',
    ]);
  });

  it('and takes over what is written by hand', () => {
    const claims = 'backward\n  δ2[k] = 3 * t[k] : -dL/dnet2[k]\n  g2[k,j] : dL/dW2[k,j]';
    expect(derived(net + claims)).toEqual(['g2[k,j] = -δ2[k] * h[j]']);
    expect(derived(net + claims, true)).toEqual([
      'δ2[k] = (t[k] - y[k]) * y[k] * (1 - y[k])',
      'g2[k,j] = -δ2[k] * h[j]',
    ]);
  });

  it('in the convention without ½, too', () => {
    expect(derived(`${net.replace(' / 2', '')}backward\n  e[k] : dL/dy[k]`)).toEqual([
      'e[k] = -2 * (t[k] - y[k])',
    ]);
  });
});

/** One formula for the loss L of a row w, and what is derived for w. */
const slopeOf = (loss: string, more = ''): string =>
  derived(
    `given x = [1, 2, 3]\nparam w = [4, 5, 6]\n${more}forward\n  L = ${loss}\nbackward\n  g[i] : dL/dw[i]`,
  ).at(-1) ?? '';

describe('the derivative of', () => {
  it.each([
    ['sum(i: w[i])', '1'],
    ['sum(i: w[i] * x[i])', 'x[i]'],
    ['-sum(i: w[i] / x[i])', '-1/x[i]'],
    ['sum(i: x[i] / w[i])', '-x[i]/w[i]/w[i]'],
    ['sum(i: w[i]^2)', '2 * w[i]'],
    ['sum(i: w[i]^3) / 3', 'w[i]^2'],
    ['0.5 * sum(i: w[i]^2)', '2 * 0.5 * w[i]'],
    ['sum(i: exp(w[i]))', 'exp(w[i])'],
    ['sum(i: log(w[i]))', '1/w[i]'],
    ['sum(i: tanh(w[i]))', '1 - tanh(w[i])^2'],
    ['sum(i: sigmoid(w[i]))', 'sigmoid(w[i]) * (1 - sigmoid(w[i]))'],
    ['sum(i: relu(w[i]))', '[relu(w[i]) > 0]'],
    ['sum(i: abs(w[i]))', '[w[i] > 0] - [w[i] < 0]'],
    ['sum(i: identity(w[i]))', '1'],
    ['sum(i: step(w[i]) + w[i])', '1'],
    ['sum(i: stop(w[i]) * w[i])', 'stop(w[i])'],
    ['sum(i: [w[i] > 2] * w[i])', '[w[i] > 2]'],
    ['w[2]', 'when(i <= 2, 2 <= i: 1)'],
    ['sum(i: w[i]) * sum(i: x[i])', 'sum(i2: x[i2])'],
    ['sum(i, j: w[i] * x[j])', 'sum(j: x[j])'],
    ['sum(i: x[i] * w?[i-1])', 'when(i <= 2: x[i+1])'],
    ['sum(i where i > 1: x[i] * w[i])', 'when(2 <= i: x[i])'],
    ['sum(i: w[4-i] * x[i])', 'x[-i+4]'],
  ])('%s', (loss, wanted) => {
    expect(slopeOf(loss).replace('g[i] = ', '').replace('4-i', '-i+4')).toBe(wanted);
  });

  it('a maximum goes to the stored first winner', () => {
    expect(
      derived(
        'param w = [[4, 5], [6, 7]]\nforward\n  m[i] = max(j: w[i,j])\n  L = sum(i: m[i])\nbackward\n  g[i,j] : dL/dw[i,j]',
      ),
    ).toEqual(['argmax_m[i] = argmax(j: w[i,j])', 'dL/dm[i] = 1', 'g[i,j] = dL/dm[i] * [argmax_m[i] = j]']);
  });

  it('a strided convolution visits only pairs that meet', () => {
    const text = `given x = [1, 2, 3, 4, 5, 6]
param k = [1, 2, 3]
index p = 1..3
forward
  y[p] = sum(u: k[u] * x?[2*p+u-2])
  L = sum(p: y[p]^2)
backward
  gx[i] : dL/dx[i]
  gk[u] : dL/dk[u]`;
    expect(derived(text)).toEqual([
      'dL/dy[p] = 2 * y[p]',
      'gx[i] = sum(p where 2*p <= i+1, i <= 2*p+1: k[i-2*p+2] * dL/dy[p])',
      'gk[u] = sum(p: dL/dy[p] * x?[2*p+u-2])',
    ]);
  });

  it('a recurrence runs through its own later cells', () => {
    const text = `given x = [1, 2, 3]
param a = 0.5
forward
  h[t] = x[t] + a * h?[t-1]
  L = h[3]
backward
  e[t] : dL/dh[t]
  g : dL/da`;
    expect(derived(text)).toEqual([
      'e[t] = when(t <= 2: a * e[t+1]) + when(3 <= t: 1)',
      'g = sum(t: e[t] * h?[t-1])',
    ]);
  });

  it('what <- has renewed is kept apart from what was before', () => {
    const text = `given x = 2
param a = 3
state r = 1
forward
  r <- 0.5*r + a*x
  L = r^2
backward
  g : dL/da
  h : dL/dr`;
    expect(derived(text)).toEqual(['dL/dr⁺ = 2 * r', 'g = dL/dr⁺ * x', 'h = dL/dr⁺ * 0.5']);
  });
});
