import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import type { Model } from '../formula/model.ts';
import { spokenCell } from './spoken-cell.ts';

function modelOf(text: string): Model {
  const { model, diagnostics } = compileModel(text);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

const net = (words: string) =>
  modelOf(`given x = [1, 2, 3]
given t = [1]
param W = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]
param V = [[0.3, 0.9]]
param b = [0.1, 0.2]
state m = [[0, 0, 0], [0, 0, 0]]
forward
  net[j] = sum(i: W[j,i] * x[i]) + b[j]
  h[j] = tanh(net[j])
  y[k] = sum(j: V[k,j] * h[j])
  L = sum(k: (y[k] - t[k])^2)
update
  m[j,i] <- 0.9*m[j,i] + dL/dW[j,i]
  W[j,i] <- W[j,i] - 0.1*m[j,i]
  V[k,j] <- V[k,j] - 0.1*dL/dV[k,j]
${words}`);

describe('a cell in words', () => {
  const named = net(
    'say x as "input"  h as "hidden"  W as "weight"  V as "output weight"  t as "target"  y as "output"  net as "net input of hidden"',
  );

  it('says where a weight leads and comes from, and leaves out an index that is always 1', () => {
    expect(spokenCell(named, 'W', [2, 3])).toBe('weight to hidden 2, from input 3');
    expect(spokenCell(named, 'V', [1, 2])).toBe('output weight from hidden 2');
    expect(spokenCell(named, 'b', [2])).toBe('b to hidden 2');
    expect(spokenCell(named, 'y', [1])).toBe('output');
    expect(spokenCell(named, 'net', [2])).toBe('net input of hidden 2');
    expect(spokenCell(named, 'L', [])).toBe('L');
  });

  it('says the same of its derivative, and of what an optimizer keeps for it', () => {
    expect(spokenCell(named, 'dL/dW', [2, 3])).toBe('gradient of weight to hidden 2, from input 3');
    expect(spokenCell(named, 'dL/dV', [1, 2])).toBe('gradient of output weight from hidden 2');
    expect(spokenCell(named, 'm', [1, 2])).toBe('m to hidden 1, from input 2');
  });

  it('has a short form: the way in numbers, a derivative without the only loss', () => {
    expect(spokenCell(named, 'dL/dW', [2, 3], true)).toBe('gradient of weight to 2 from 3');
    expect(spokenCell(named, 'W', [2, 3], true)).toBe('weight to 2 from 3');
    expect(spokenCell(named, 'dL/dV', [1, 2], true)).toBe('gradient of output weight from 2');
    expect(spokenCell(named, 'dL/dh', [2], true)).toBe('derivative in hidden 2');
  });

  it('says the way without names, where there are none', () => {
    expect(spokenCell(net(''), 'W', [2, 3])).toBe('W to 2, from 3');
    expect(spokenCell(net(''), 'b', [2])).toBe('b 2');
  });

  it('does not take the way from the order of the indices', () => {
    const turned = modelOf(`given x = [1, 2, 3]
param W = [[1, 2], [3, 4], [5, 6]]
forward
  h[j] = sum(i: W[i,j] * x[i])
say x as "input"  h as "hidden"  W as "weight"`);
    expect(spokenCell(turned, 'W', [3, 1])).toBe('weight to hidden 1, from input 3');
  });

  it('counts the moments of a recurrence, also through another formula', () => {
    const model = modelOf(`given X = [[1, 0], [0, 1], [1, 1]]
param u = [[0.3, 0.1], [-0.2, 0.6]]
forward
  n[l,k] = X[l,k] + sum(s: u[k,s] * A?[l-1,s])
  A[l,k] = tanh(n[l,k])
say A as "hidden"  X as "input"`);
    expect(spokenCell(model, 'A', [3, 2])).toBe('hidden 2, moment 3');
    expect(spokenCell(model, 'X', [3, 2])).toBe('input 2, moment 3');
    expect(spokenCell(model, 'u', [1, 2])).toBe('u to hidden 1, from hidden 2');
  });

  it('calls a neighbour in what is given no moment, and an image’s indices row and column', () => {
    const model = modelOf(`given x = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
given s = [1, 2, 3]
param K = [[1, 2], [3, 4]]
index n = 1..3
forward
  e[p,q] = sum(u, v: K[u,v] * x[p+u-1, q+v-1])
  d[n] = s?[n+1] - s[n]`);
    expect(spokenCell(model, 'e', [1, 2])).toBe('e, row 1, column 2');
    expect(spokenCell(model, 'K', [2, 1])).toBe('K, row 2, column 1');
    expect(spokenCell(model, 'K', [2, 1], true)).toBe('K 2 1');
    expect(spokenCell(model, 'd', [2])).toBe('d 2');
  });

  it('names samples of a batch, and counts rows of the data plainly', () => {
    const model = modelOf(`sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
batch n = all, mean
param w = [1, 2]
forward
  y = sum(i: w[i] * x[i])
say x as "input"`);
    expect(spokenCell(model, 'y', [3])).toBe('y, sample 3');
    expect(spokenCell(model, 'x', [3, 2])).toBe('input 2, sample 3');
  });
});
