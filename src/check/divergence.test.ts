import { describe, expect, it } from 'vitest';
import { divergences, review } from './divergence.ts';
import {
  bare,
  claimed,
  deep,
  early,
  inline,
  mistakeName,
  read,
  skip,
  twoLayerForward,
  δ1,
  δ2,
} from './testing/divergence.testing.ts';

function planted(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return twoLayerForward + text.replace(from, to);
}

/**
 * Which cell, operation and mistake, worked out by hand. Where a factor is left out, everything written belongs
 * to the derivative, and the last operation is the one that should not be the last.
 */
const lectures: readonly (readonly [from: string, to: string, found: string])[] = [
  [δ2, '(y[k] - t[k]) * y[k]*(1 - y[k])', 'δ2[1] 1 sign'],
  [δ2, '-(t[k] - y[k]) * y[k]*(1 - y[k])', 'δ2[1] 2 sign'],
  [δ2, 't[k] - y[k]', 'δ2[1] 1 slope y output'],
  [δ2, 'y[k] - t[k]', 'δ2[1] 1 turned slope y output'],
  [δ2, '2*(t[k] - y[k]) * y[k]*(1 - y[k])', 'δ2[1] 2 factor 2'],
  [δ2, '(t[k] - y[k]) * y[k]*(1 - y[k]) / 2', 'δ2[1] 5 factor 0.5'],
  [δ2, '(t[k] - y[k]) * y[k]*(1 + y[k])', 'δ2[1] 3 inner sign 1 + y[k]'],
  [δ2, '(t[k] + y[k]) * y[k]*(1 - y[k])', 'δ2[1] 1 inner sign t[k] + y[k]'],
  [δ2, '(t[k] - y[k]) * y[k]', 'δ2[1] 2 missing 1 - y[k]'],
  [δ2, 'y[k]*(1 - y[k])', 'δ2[1] 2 missing t[k] - y[k]'],
  [δ1, 'sum(k: W2[k,j] * δ2[k])', 'δ1[1] 3 slope h hidden'],
  [δ1, '-h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])', 'δ1[1] 1 sign'],
  [δ1, 'h[j]*(1 - h[j]) * sum(k: W2[j,k] * δ2[k])', 'δ1[1] 4 transposed W2'],
  [δ1, 'h[j]*(1 - h[j]) * W2[1,j] * δ2[1]', 'δ1[1] 4 path'],
  [δ1, 'h[j]*(1 - h[j]) * W2[2,j] * δ2[2]', 'δ1[1] 4 path'],
  ['-δ2[k] * h[j]', 'δ2[k] * h[j]', 'g2[1,1] 1 sign'],
  ['-δ2[k] * h[j]', '-2 * δ2[k] * h[j]', 'g2[1,1] 1 factor 2'],
  ['-δ2[k] * h[j]', '-δ2[j] * h[k]', 'g2[1,2] 1 mirrored'],
  ['-δ2[k] * h[j]', '-δ2[k] * h[j] * eta', 'g2[1,1] 3 rate eta'],
  ['-δ1[j] * x[i]', 'δ1[j] * x[i]', 'g1[1,1] 1 sign'],
  ['-δ1[j] * x[i]', '-δ1[i] * x[j]', 'g1[1,2] 1 mirrored'],
  ['-δ1[j] * x[i]', '-δ1[j] * h[i]', 'g1[1,1] 2 none'],
];

describe('a mistake planted in the lecture’s backward pass', () => {
  it.each(lectures)('%s → %s', (from, to, found) => {
    expect(read(planted(claimed, from, to))).toEqual([found]);
    // Without a claim, the role of a formula follows from its use.
    expect(read(planted(bare, from, to))).toEqual([found]);
  });

  it.each<[string, string, string]>([
    ['-δ2[k] * h[j]', '-δ2[k]', 'g2[1,1] 1 sensitivity net2'],
    ['-δ2[k] * h[j]', 'δ2[k]', 'g2[1,1] 1 sensitivity net2'],
    ['-δ1[j] * x[i]', 'δ1[j]', 'g1[1,1] 1 sensitivity net1'],
  ])('δ for the gradient: %s → %s', (from, to, found) => {
    expect(read(planted(claimed, from, to))).toEqual([found]);
  });

  it.each<[string, string, string]>([
    [δ2, 't[k] - y[k]', 'δ2[1] 1 slope y output'],
    [δ2, '(y[k] - t[k]) * y[k]*(1 - y[k])', 'δ2[1] 1 sign'],
    [δ1, 'sum(k: W2[k,j] * δ2[k])', 'δ1[1] 3 slope h hidden'],
    ['+ eta * δ2[k] * h[j]', '- eta * δ2[k] * h[j]', 'W2[1,1] 3 sign'],
    ['+ eta * δ2[k] * h[j]', '+ eta * δ2[k]', 'W2[1,1] 2 sensitivity net2'],
    ['+ eta * δ2[k] * h[j]', '+ eta * 2 * δ2[k] * h[j]', 'W2[1,1] 1 factor 2'],
    ['+ eta * δ1[j] * x[i]', '+ eta * δ1[i] * x[j]', 'W1[1,2] 1 mirrored'],
  ])('in updates that multiply it out: %s → %s', (from, to, found) => {
    expect(read(planted(inline, from, to))).toEqual([found]);
  });

  it.each<[string, string, string]>([
    [
      '-δ1[j] * x[i]',
      '-sum(k: (t[k] - y[k]) * W2[k,j]) * h[j]*(1 - h[j]) * x[i]',
      'g1[1,1] 5 slope y output',
    ],
    [
      '-δ1[j] * x[i]',
      '-sum(k: (t[k] - y[k]) * y[k]*(1 - y[k]) * W2[k,j]) * x[i]',
      'g1[1,1] 13 slope h hidden',
    ],
  ])('in one line that writes out what others have lines for: %s → %s', (from, to, found) => {
    expect(read(planted(claimed, from, to))).toEqual([found]);
  });

  it('the updated weights, read too early', () => {
    expect(read(twoLayerForward + early)).toEqual(['δ1[1] 3 renewed W2']);
  });

  it('is found at the reader’s numbers', () => {
    const text = planted(claimed, δ1, 'sum(k: W2[k,j] * δ2[k])');
    const [one] = divergences(text, {}, new Map([['W2[1,1]', 2]]));
    const [other] = divergences(text);
    expect(one.written).not.toBe(other.written);
    expect(one.isHere).toBe(true);
  });

  it('tells two, in the order of their steps, each by itself', () => {
    const text = planted(claimed, δ1, 'sum(k: W2[k,j] * δ2[k])').replace('-δ2[k] * h[j]', 'δ2[k] * h[j]');
    expect(read(text)).toEqual(['δ1[1] 3 slope h hidden', 'g2[1,1] 1 sign']);
  });

  it('and tells which formulas give the derivative, claimed or known by their use', () => {
    for (const written of [claimed, bare]) {
      const { agreed } = review(planted(written, '-δ2[k] * h[j]', 'δ2[k] * h[j]'));
      expect(agreed.map(({ target }) => target).sort()).toEqual(['g1', 'δ1', 'δ2']);
    }
    expect(review(twoLayerForward + inline).agreed.map(({ version }) => version)).toContain('new');
  });

  it('says nothing where nothing is written by hand, or nobody can tell what it is to be', () => {
    expect(read(twoLayerForward)).toEqual([]);
    expect(read(`${twoLayerForward}update\n  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]`)).toEqual([]);
    expect(read(`${twoLayerForward}backward\n  a[k] = t[k] - y[k]`)).toEqual([]);
    // The perceptron’s rule descends no gradient.
    expect(read(`${twoLayerForward}update\n  W2[k,j] <- W2[k,j] + eta * (t[k] - y[k]) * h[j]`)).toEqual([]);
  });
});

describe('in other models', () => {
  const at = (text: string, from: string, to: string) => {
    expect(text).toContain(from);
    return read(text.replace(from, to));
  };

  it('softmax and cross-entropy, tanh, biases', () => {
    expect(read(deep)).toEqual([]);
    expect(at(deep, '= p[k] - t[k]', '= t[k] - p[k]')).toEqual(['dz[1] 1 sign']);
    expect(at(deep, '(1 - h[j]^2) * sum', 'sum')).toEqual(['dW1[1,1] 1 slope h hidden']);
    expect(at(deep, '(1 - h[j]^2) * sum', '(1 + h[j]^2) * sum')).toEqual(['da[1] 2 inner sign 1 + h[j]^2']);
    expect(at(deep, 'da[j] * x[i]', 'da[i] * x[j]')).toEqual(['dW1[1,2] 1 mirrored']);
    expect(at(deep, 'da[j] * x[i]', '2 * da[j] * x[i]')).toEqual(['dW1[1,1] 1 factor 2']);
    expect(at(deep, 'dz[k] * h[j]', 'dz[k] * h[j] / 3')).toEqual(['dW2[1,1] 2 averaged 3']);
  });

  it('a residual path and shared weights', () => {
    expect(read(skip)).toEqual([]);
    expect(at(skip, 'dy[j] + sum(i: W[i,j] * dy[i])', 'dy[j]')).toEqual(['dh[1] 1 path']);
    expect(at(skip, 'dy[j] + sum', 'sum')).toEqual(['dh[1] 3 path']);
    expect(at(skip, 'W[i,j] * dy[i]', 'W[j,i] * dy[i]')).toEqual(['dh[1] 2 transposed W']);
    expect(at(skip, 'da[j] * x[i] + dy[j] * h[i]', 'da[j] * x[i]')).toEqual(['dW[1,1] 1 path']);
    expect(at(skip, 'da[j] * x[i] + dy', 'da[j] * x[i] - dy')).toEqual([
      expect.stringMatching(/^dW\[1,1\] 3 inner sign /),
    ]);
    expect(at(skip, 'dh[j] * h[j] * (1 - h[j])', 'dh[j]')).toEqual(['da[1] 1 slope h hidden']);
  });

  const through = `given x = [0.5, -0.2, 0.8]
given t = 0.3
param u = 0.7
param w = 0.4
forward
  net[s] = w * x[s] + u * h?[s-1]
  h[s] = tanh(net[s])
  y = h[3]
  L = (y - t)^2 / 2
backward
  δ[s] = (1 - h[s]^2) * ([s = 3] * (y - t) + u * δ?[s+1]) : dL/dnet[s]
  gu = sum(s: δ[s] * h?[s-1]) : dL/du
  gw = sum(s: δ[s] * x[s]) : dL/dw
update
  u <- u - 0.1 * gu
  w <- w - 0.1 * gw
`;

  it('through time', () => {
    expect(read(through)).toEqual([]);
    expect(at(through, '(1 - h[s]^2) * ([', '([')).toEqual([
      expect.stringMatching(/^δ\[\d\] \d slope h hidden$/),
    ]);
    expect(at(through, 'sum(s: δ[s] * x[s])', 'δ[3] * x[3]')).toEqual(['gw 1 path']);
  });

  it('momentum and Adam', () => {
    const base = twoLayerForward + bare.replace(/update[\s\S]*/, '');
    const momentum = `${base.replace('eta =', 'state v = 0 like W1\neta =')}update
  v[j,i] <- 0.9 * v[j,i] + g1[j,i]
  W1[j,i] <- W1[j,i] - eta * v[j,i]
  W2[k,j] <- W2[k,j] - eta * g2[k,j]\n`;
    const adam = momentum.replace('state v', 'state m = 0 like W1\nstate v').replace(
      /update[\s\S]*/,
      `update
  m[j,i] <- 0.9 * m[j,i] + 0.1 * g1[j,i]
  v[j,i] <- 0.99 * v[j,i] + 0.01 * g1[j,i]^2
  W1[j,i] <- W1[j,i] - eta * m[j,i] / (sqrt(v[j,i]) + 0.1)
  W2[k,j] <- W2[k,j] - eta * g2[k,j]\n`,
    );
    for (const text of [momentum, adam]) {
      expect(read(text)).toEqual([]);
      expect(at(text, '-δ1[j] * x[i]', 'δ1[j] * x[i]')).toEqual(['g1[1,1] 1 sign']);
      expect(at(text, δ1, 'sum(k: W2[k,j] * δ2[k])')).toEqual(['δ1[1] 3 slope h hidden']);
    }
  });

  it('in batches, at the first sample that shows it', () => {
    const batch = `sample x = [[0, 0], [0.3, 1], [1, 0.4]]
sample t = [[0, 1], [1, 0.2], [1, 0]]
batch n = 3, shuffled 4
${twoLayerForward.replace(/given.*\n/g, '')}${claimed}`;
    expect(read(batch)).toEqual([]);
    const [one] = divergences(batch.replace('-δ1[j] * x[i]', 'δ1[j] * x[i]'));
    expect(mistakeName(one)).toBe('sign');
    expect(one.cell).toHaveLength(3);
    expect(at(batch, '-δ2[k] * h[j]', '-δ2[k] * h[j] / 3')).toEqual(['g2[1,1,1] 3 averaged 3']);
  });
});

describe('a weight that is renewed within backward', () => {
  const moved = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k])CLAIM2
  g2[k,j] = -δ2[k] * h[j]CLAIM3
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])CLAIM1
  g1[j,i] = -δ1[j] * x[i]CLAIM4
update
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;
  const claims = (text: string, isClaimed: boolean) =>
    ['-dL/dnet1[j]', '-dL/dnet2[k]', 'dL/dW2[k,j]', 'dL/dW1[j,i]'].reduce(
      (all, claim, n) => all.replace(`CLAIM${n + 1}`, isClaimed ? ` : ${claim}` : ''),
      text,
    );

  it.each([true, false])('is named as used too early, claims: %s', (isClaimed) => {
    expect(read(twoLayerForward + claims(moved, isClaimed))).toEqual([
      expect.stringMatching(/^δ1\[1\] \d+ renewed W2$/),
    ]);
  });

  it('also where the update multiplies the gradient out', () => {
    const inline = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k])
  W2[k,j] <- W2[k,j] + eta * δ2[k] * h[j]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])
  W1[j,i] <- W1[j,i] + eta * δ1[j] * x[i]
`;
    expect(read(twoLayerForward + inline)).toEqual([expect.stringMatching(/^δ1\[1\] \d+ renewed W2$/)]);
  });

  it('does no harm below what reads it', () => {
    const below = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k])
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])
  W2[k,j] <- W2[k,j] + eta * δ2[k] * h[j]
  W1[j,i] <- W1[j,i] + eta * δ1[j] * x[i]
`;
    expect(read(twoLayerForward + below)).toEqual([]);
  });
});
