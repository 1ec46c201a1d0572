import { describe, expect, it } from 'vitest';
import { fastKernel } from '../kernel/fast-kernels.ts';
import { Machine } from '../machine.ts';
import { Inputs } from '../memory/inputs.ts';
import { Layout } from '../memory/layout.ts';
import { programOf } from './agreement.testing.ts';
import { examine } from './graph-trial.testing.ts';

/** What the random graphs have found, and what had been found before they were drawn: each as small as it gets. */
const found: Record<string, string> = {
  'a parameter that is read in a sum without terms, and again after it': `
param a = 0.5
index k = 1..3
forward
  s = sum(k where k > 5: a)
  y = a + 1`,
  'a parameter that is read in a maximum without terms, and again after it': `
param a = 0.5
index k = 1..3
forward
  s = max(k where k > 5: a)
  y = a + 1`,
  'a cell that is read only where a term is': `
param w = [0, 0.3, 2]
index i = 1..3
index j = 1..2
forward
  q[j] = sum(i where i < j, i < j: w[2])
  L = w[2] + sum(j: q[j])
update
  w[i] <- w[i] - 0.1 * dL/dw[i]`,
  'a cell that is read only where a reduction inside another has terms': `
param w = [0.5, -1]
given x = 3
index i = 1..2
index k = 1..2
forward
  q[i] = sum(k: k * max(m=1..2 where m > i + k: w[1] * x))
  L = w[1] * x + sum(i: q[i])
update
  w[i] <- w[i] - 0.1 * dL/dw[i]`,
  'a maximum in a reduction that does not begin at 1': `
param w = [-1, -0.75, 2]
index i = 1..2
forward
  q[i] = sum(v=-1..1: i * max(u=0..1: w?[3-v-u]))
  L = sum(i: q[i]^2)
update
  w[a] <- w[a] - 0.1 * dL/dw[a]`,
  'a maximum in a reduction without a range': `
param w = 1.5
index i = 1..2
index j = 1..2
forward
  q = sum(v=3..2, i: w * max(j: w)) + w
  L = q^2
update
  w <- w - 0.1 * dL/dw`,
  'a maximum that reads what is there only where it is taken': `
param w = [-1, -0.75, 5]
index i = 1..3
forward
  q[i] = when(i < 2: max(k=0..2: w[i+k]))
  r[i] = sum(m=1..4 where m < i: max(k=0..1: w[m+k]))
  L = sum(i: q[i] + r[i])
update
  w[a] <- w[a] - 0.1 * dL/dw[a]`,
  'a maximum that a function takes both by itself and in a sum': `
function both(z) = z + sum(m=1..2 where m > 1: z*m)
param w = [-1, -0.75, 5]
index i = 1..2
forward
  q[i] = both(max(k: w[k]*i))
  L = sum(i: q[i]^2)
update
  w[a] <- w[a] - 0.1 * dL/dw[a]`,
  'a claimed line that only a sum without terms reads': `
param w = [-1, 0.3, 2]
index j = 1..1
forward
  q[j] = sum(u=1..2 where u < 2: w?[2*u-2] * w[1])
  L = sum(j: q[j]^2) + w[2]
backward
  d[j] = j : dL/dq[j]
update
  w[a] <- w[a] - 0.1 * dL/dw[a]`,
};

/** Which odd numbers, and how little a run may remember. */
const seeds = [0, 1, 2, 3];

describe('every way to compute a frame gives the recorder’s bits', () => {
  it.each(Object.entries(found))('of %s', (_, text) => {
    for (const seed of seeds) expect(examine({ name: '', text }, seed)).toBe(true);
  });

  it.each(Array.from({ length: 11 }, (_, n) => n + 2))(
    'of a causal sum that is trained, of %i cells',
    (n) => {
      const text = `
param a = 0.5
given x = [${Array.from({ length: n }, (_, at) => 0.3 * at - 1)}]
index i = 1..${n}
forward
  s[i] = sum(k where k < i: a*x[k])
  L = sum(i: (s[i] - 1)^2)
update
  a <- a - 0.01 * dL/da`;
      for (const seed of seeds) expect(examine({ name: '', text }, seed)).toBe(true);
    },
  );
});

describe('what is known of a number', () => {
  it('is not what a sum without terms would have read', () => {
    const program = programOf(Object.values(found)[0]);
    const layout = new Layout(program.model);
    for (const webAssembly of [true, false]) {
      const { memory, run } = fastKernel(program, layout, { webAssembly });
      memory.set(new Inputs(program.model, layout).start);
      run();
      expect([memory[layout.slot('s', 'old').offset], memory[layout.slot('y', 'old').offset]]).toEqual([
        0, 1.5,
      ]);
    }
    expect(new Machine(program, 'full').value(1, 'y', 'old', [])).toBe(1.5);
  });
});

describe('the gradient through a maximum', () => {
  const gradient = (text: string) => {
    const machine = new Machine(programOf(text), 'full');
    return [...machine.array(1, 'dL/dw', 'old')];
  };
  it('is that of the term that won, wherever the reduction around begins', () => {
    // q[i] = i · (max(w4, w3) + max(w3, w2) + max(w2, w1)), where w4 is 0: 2 + 2 − 0.75.
    expect(gradient(found['a maximum in a reduction that does not begin at 1'])).toEqual([0, 32.5, 65]);
  });
  it('is nothing where the maximum is not taken', () => {
    // q[1] = w3; r[2] = w2, r[3] = w2 + w3.
    expect(gradient(found['a maximum that reads what is there only where it is taken'])).toEqual([0, 2, 2]);
    expect(gradient(found['a maximum in a reduction without a range'])).toEqual([3]);
  });
  it('is gathered from all that a function does with it', () => {
    // q[i] = 3 · 5i.
    expect(gradient(found['a maximum that a function takes both by itself and in a sum'])).toEqual([
      0, 0, 450,
    ]);
  });
});
