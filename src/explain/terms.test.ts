import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import { lecture } from '../machine/testing/models.testing.ts';
import { Terms } from './terms.ts';

/** What each quantity of a model is, as `name: term`. */
function termsOf(text: string): string[] {
  const { model, diagnostics } = compileModel(text);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const terms = new Terms(model);
  return [...model.quantities.keys()].map((name) => `${name}: ${terms.of(name) ?? '-'}`);
}

describe('what a quantity is to a network', () => {
  it('is told of the lecture’s example', () => {
    expect(termsOf(lecture)).toEqual([
      'x: input',
      't: target',
      'W1: weight',
      'W2: weight',
      'eta: learning rate',
      'net1: net input',
      'h: activation',
      'net2: net input',
      'y: output',
      'L: loss',
      'δ2: sensitivity',
      'δ1: sensitivity',
      'g2: gradient',
      'g1: gradient',
    ]);
  });

  it('is told of biases, and of derivatives by what is no net input', () => {
    const told = termsOf(`given x = [1, 2]
given t = 1
param W = [[0.1, 0.2], [0.3, 0.4]]
param b = [0, 0]
param v = [0.5, 0.6]
param scale = 2
forward
  z[j] = sum(i: W[j,i] * x[i]) + b[j]
  a[j] = tanh(z[j])
  y = sum(j: v[j] * a[j])
  L = (y - t)^2 * exp(scale)
backward
  e[j] : dL/da[j]
update
  W[j,i] <- W[j,i] - 0.1 * dL/dW[j,i]
  scale <- scale - 0.1 * dL/dscale`);
    for (const one of [
      'b: bias',
      'v: weight',
      'scale: parameter',
      'e: derivative',
      'dL/dW: gradient',
      'y: output',
    ])
      expect(told).toContain(one);
  });
});
