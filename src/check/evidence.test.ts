import { describe, expect, it } from 'vitest';
import { cellName } from '../formula/model.ts';
import { compileProgram } from '../program/program.ts';
import { verifyClaims } from './claim-check.ts';
import { divergences } from './divergence.ts';

/* What counts as evidence: a wrong formula must not pass because the trial numbers show nothing. */

/** What `check` reports of a text that compiles, and what the page reports: `cell written derived` for each divergence. */
function judged(text: string): { check: string[]; page: string[] } {
  expect(compileProgram(text).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return {
    check: verifyClaims(text).map(({ message }) => message),
    page: divergences(text).map(
      ({ formula, cell, written, derived }) => `${cellName(formula.target, cell)} ${written} ${derived}`,
    ),
  };
}

const accepted = { check: [], page: [] };
const refused = { check: [expect.any(String)], page: [expect.any(String)] };

describe('a label that is compared with an index', () => {
  const softmax = (y: string, g: string) => `given x = [0, 0]
given y = ${y}
forward
  e[k] = exp(x[k])
  p[k] = e[k]/sum(m: e[m])
  L = -log(sum(k: [k = y]*p[k]))
backward
  g[k] = ${g} : dL/dx[k]`;

  it.each(['1', '1 : index', '2'])('stays a label: %s', (y) => {
    expect(judged(softmax(y, '0.5 - [k = y]'))).toEqual(refused);
    expect(judged(softmax(y, 'p[k] - [k = y]'))).toEqual(accepted);
  });

  it('is tried with other labels, too', () => {
    // Right for the lesson's own label, 1, alone.
    expect(judged(softmax('1', 'p[k] - [k = 1]'))).toEqual(refused);
  });

  it('in samples', () => {
    const text = (g: string) => `sample y = [1, 2]
param x = [2, 3]
forward
  L = sum(i: [i = y]*x[i]^2)
backward
  g[i] = ${g} : dL/dx[i]
update
  x[i] <- x[i] - 0.1*g[i]`;
    expect(judged(text('4*[i = y]'))).toEqual(refused);
    expect(judged(text('2*x[i]*[i = y]'))).toEqual(accepted);
  });

  it('in an embedding', () => {
    const text = (g: string) => `given w = [2, 1, 2]
param E = [[0.1, 0.2], [0.3, -0.4]]
forward
  x[t,d] = sum(v: [w[t] = v]*E[v,d])
  L = sum(t, d: x[t,d]^2)/2
backward
  g[v,d] = ${g} : dL/dE[v,d]
update
  E[v,d] <- E[v,d] - 0.1*g[v,d]`;
    expect(judged(text('sum(t: [w[t] = v]*x[t,d])'))).toEqual(accepted);
    expect(judged(text('0*E[v,d]'))).toEqual(refused);
    expect(judged(text('[v = 2]*2*E[v,d] + [v = 1]*E[v,d]'))).toEqual(refused);
  });

  it('by way of a computed label, and compared with numbers', () => {
    const text = (g: string) => `given c = [0, 1]
param x = [0.3, 0.4]
forward
  y[i] = c[i] + 1
  L = sum(i: [y[i] = 1]*x[i]^2 + [y[i] = 2]*x[i]^3)
backward
  g[i] = ${g} : dL/dx[i]`;
    expect(judged(text('[y[i] = 1]*2*x[i] + [y[i] = 2]*3*x[i]^2'))).toEqual(accepted);
    expect(judged(text('2*x[i]*[i = 1] + 3*x[i]^2*[i = 2]'))).toEqual(refused);
    expect(judged(text('[y[i] = 1]*2*x[i] + [y[i] = 2]*2*x[i]^2'))).toEqual(refused);
  });
});

describe('both sides of a kink', () => {
  const text = (g: string, z = '0.7') => `param z = ${z}
forward
  h = max(z, 0)
  L = h^2
backward
  g = ${g} : dL/dz`;

  it('are looked at, however far away', () => {
    expect(judged(text('2*h'))).toEqual(accepted);
    expect(judged(text('2*h*[z > 0]'))).toEqual(accepted);
    expect(judged(text('2*z'))).toEqual(refused);
    expect(judged(text('0', '-0.7'))).toEqual(refused);
    expect(judged(text('2*h', '-0.7'))).toEqual(accepted);
  });

  it('far away, rounding is not called a mistake', () => {
    const saturated = `param w = [3, -2]
given x = [1, 4]
forward
  z[i] = w[i]*x[i]
  h[i] = sigmoid(z[i])
  r[i] = max(h[i] - 0.5, 0)
  L = sum(i: r[i])
backward
  g[i] = [h[i] > 0.5]*exp(-z[i])/(1 + exp(-z[i]))^2*x[i] : dL/dw[i]`;
    expect(judged(saturated)).toEqual(accepted);
  });
});

describe('nothing to see', () => {
  it('is said to be so', () => {
    const text = `param w = 0.5
forward
  L = [w > 1000]*w^2
backward
  g = 0*w : dL/dw`;
    expect(judged(text).check).toEqual([
      expect.stringMatching(/^dL\/dw and g are 0 at all numbers tried, which shows nothing/),
    ]);
  });

  it('is not said of what is 0 by its form', () => {
    const text = `param w = 0.5
param v = 2
forward
  a = w*0
  L = stop(a) + v
backward
  g = 0 : dL/da`;
    expect(judged(text)).toEqual(accepted);
  });
});

describe('small numbers', () => {
  it('are not all alike', () => {
    const text = (g: string) => `param a = 0.3
forward
  L = (0.00000001*a)^2
backward
  g = ${g} : dL/da`;
    expect(judged(text('0.00000000000000002*a'))).not.toEqual(accepted);
    expect(judged(text('0.0000000000000002*a'))).toEqual(accepted);
  });

  it('beside large ones are looked at, too', () => {
    const text = (g: string) => `param a = [1000000, 0.000001]
forward
  L = sum(i: a[i]^3)
backward
  g[i] = ${g} : dL/da[i]`;
    expect(judged(text('3*a[i]^2'))).toEqual(accepted);
    expect(judged(text('3*a[i]^2 + 0.000000000000001*[i = 2]'))).toEqual(refused);
  });

  it('that are left over where everything cancels are no derivative, and no factor of one', () => {
    const text = (g: string) => `param a = 0.1
param b = 0.2
forward
  L = a^2 + b
backward
  g = ${g} : dL/da`;
    const { check, page } = judged(text('(a + b) - a - b'));
    expect(page).toHaveLength(1);
    expect(check).toEqual([expect.stringMatching(/0 to rounding/)]);
    expect(check[0]).not.toMatch(/factor/);
  });

  it('that cancel on both sides agree', () => {
    const text = `param a = 0.1
param b = 0.2
forward
  c = (a + b) - a - b
  L = c*a
backward
  g = 2*c : dL/da`;
    // dL/da is c, which is 0 but for rounding.
    expect(judged(text).page).toEqual([]);
  });
});
