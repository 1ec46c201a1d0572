import { describe, expect, it } from 'vitest';
import { verifyClaims } from '../check/claim-check.ts';
import { Machine } from '../machine/machine.ts';
import { compileProgram } from '../program/program.ts';
import { expandShorthand } from './expansion.ts';

/*
 * One network, the backward pass of every deck (FACTS of the decks, section 7), each in its own letters and with its
 * own sign. What the decks print right is verified; what they print wrong is found, by its claim or by its shapes.
 */

/** L3's network and numbers, matrices as `W[to,from]`. */
const network = `given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
layers: 2 -> 2 sigmoid -> 1 sigmoid, without bias
`;
/** The same widths everywhere: shapes do not give a mistake away. */
const square = `given x = [0.35, 0.9]
given t = [0.5, 0.2]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9], [-0.2, 0.7]]
layers: 2 -> 2 sigmoid -> 2 sigmoid, without bias
`;

const half = 'loss: half squared error\n';
const whole = 'loss: squared error\n';

function expanded(text: string): string {
  const { text: formulas, diagnostics } = expandShorthand(text);
  expect(diagnostics).toEqual([]);
  return formulas;
}

/** The findings about a text: from its claims, or where it does not compile, from its shapes. */
function findings(text: string): string[] {
  const formulas = expanded(text);
  const { program, diagnostics } = compileProgram(formulas);
  return (program ? verifyClaims(formulas) : diagnostics).map(({ rule, message }) => `${rule}: ${message}`);
}

const l3 = `backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  δ1[j] = h1[j]*(1 - h1[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g2[k,j] = -δ2[k] * h1[j] : dL/dW2[k,j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
`;
const hk = `backward
  δ2[k] = 2 * (y[k] - t[k]) * y[k]*(1 - y[k]) : dL/dnet2[k]
  δ1[j] = h1[j]*(1 - h1[j]) * sum(k: W2[k,j] * δ2[k]) : dL/dnet1[j]
  g2[k,j] = h1[j] * δ2[k] : dL/dW2[k,j]
  g1[j,i] = x[i] * δ1[j] : dL/dW1[j,i]
`;
const ntnu = `backward
  e2[k] = y[k] - t[k] : dL/dy[k]
  f2[k] = y[k]*(1 - y[k]) * e2[k] : dL/dnet2[k]
  e1[j] = sum(k: W2[k,j] * (y[k]*(1 - y[k]) * e2[k])) : dL/dh1[j]
  g2[k,j] = (y[k]*(1 - y[k]) * e2[k]) * h1[j] : dL/dW2[k,j]
  g1[j,i] = (h1[j]*(1 - h1[j]) * e1[j]) * x[i] : dL/dW1[j,i]
`;
const ku = `backward
  d2[k] = -(t[k] - y[k]) * y[k]*(1 - y[k]) : dL/dnet2[k]
  g2[k,j] = -(t[k] - y[k]) * y[k]*(1 - y[k]) * h1[j] : dL/dW2[k,j]
  g1[j,i] = sum(k: -(t[k] - y[k]) * y[k]*(1 - y[k]) * W2[k,j]) * h1[j]*(1 - h1[j]) * x[i] : dL/dW1[j,i]
`;
/** TZ's output is linear: f = β₀ + Σ β_k g(z_k). */
const tz = `given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
layers: 2 -> 2 sigmoid -> 1, without bias
${half}backward
  β[k,j] = -(t[k] - y[k]) * h1[j] : dL/dW2[k,j]
  w[j,i] = sum(k: -(t[k] - y[k]) * W2[k,j]) * h1[j]*(1 - h1[j]) * x[i] : dL/dW1[j,i]
`;

describe('the backward pass of a deck is verified', () => {
  it.each([
    ['L3: δ = −∂L/∂net', network + half + l3, 'δ2', -0.04068113],
    ['HK: δ = +∂(h − y)²/∂s', network + whole + hk, 'δ2', 0.08136225],
    ['NTNU: e = ∂L/∂v', network + half + ntnu, 'e2', 0.19028349],
    ['NTNU: f′·e', network + half + ntnu, 'f2', 0.04068113],
    ['KU and TZ: −(y − ŷ)g′(z)', network + half + ku, 'd2', 0.04068113],
  ])('%s, with the value of the table', (_, text, name, value) => {
    expect(findings(text)).toEqual([]);
    const { program } = compileProgram(expanded(text));
    if (program === undefined) throw new Error('compiled before');
    expect(new Machine(program, 'full').value(1, name, 'old', [1])).toBeCloseTo(value, 7);
  });

  it.each([
    ['L3', square + half + l3],
    ['HK', square + whole + hk],
    ['NTNU', square + half + ntnu],
    ['KU', square + half + ku],
    ['TZ, with the linear output of its deck', tz],
  ])('%s, of more outputs or another kind of them', (_, text) => expect(findings(text)).toEqual([]));

  it('and the same is derived under the name and sign of each', () => {
    for (const [line, claim] of [
      ['δ = -dL/dnet', -0.04068113],
      ['δ = dL/dnet', 0.04068113],
    ] as const) {
      const { program } = compileProgram(expanded(`sensitivities: ${line}\n${network}${half}`));
      if (program === undefined) throw new Error(line);
      expect(new Machine(program, 'full').value(1, 'δ2', 'old', [1])).toBeCloseTo(claim, 7);
    }
  });
});

/** Matrices as HK and NTNU give their sizes, `W[from,to]`, so that z = Wᵀ v. */
const fromTo = (w2: string, t: string) => `given x = [0.35, 0.9]
given t = ${t}
param W1 = [[0.1, 0.4], [0.8, 0.6]]
param W2 = ${w2}
forward
  net1[j] = sum(i: W1[i,j] * x[i])
  h1[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[j,k] * h1[j])
  y[k] = sigmoid(net2[k])
  L = sum(k: (t[k] - y[k])^2) / 2
`;
const narrow = fromTo('[[0.3], [0.9]]', '[0.5]');
const even = fromTo('[[0.3, -0.2], [0.9, 0.7]]', '[0.5, 0.2]');

/** HK's matrices with the row of w_j0 on top. */
const withBiasRow = `given x = [1, 0.35, 0.9]
given one = 1
given t = [0.5]
param W1 = [[0.2, -0.1], [0.1, 0.4], [0.8, 0.6]]
param W2 = [[0.05], [0.3], [0.9]]
index r = 1..3
forward
  s1[j] = sum(i: W1[i,j] * x[i])
  h1[j] = sigmoid(s1[j])
  v1[r] = when(r = 1: one) + h1?[r-1]
  s2[k] = sum(r: W2[r,k] * v1[r])
  y[k] = sigmoid(s2[k])
  L = sum(k: (y[k] - t[k])^2)
backward
  δ2[k] = 2 * (y[k] - t[k]) * y[k]*(1 - y[k]) : dL/ds2[k]
`;

const ku531 = (third: string) => `given x = [0.2, -0.4, 0.7, 0.1, 0.5]
given t = 0.8
param w1 = [[0.1, 0.2, -0.3, 0.4, 0.5], [0.3, -0.2, 0.1, 0.6, -0.4], [-0.5, 0.2, 0.3, -0.1, 0.7]]
param w01 = [0.1, -0.2, 0.3]
param w2 = [0.4, -0.6, 0.9]
param w02 = 0.15
forward
  z1[k] = sum(j: w1[k,j] * x[j]) + w01[k]
  A[k] = sigmoid(z1[k])
  z = w02 + w2[1]*A[1] + w2[2]*A[2] + w2[3]*${third}
  g = identity(z)
  R = (t - g)^2 / 2
backward
  d0 = -(t - g) : dR/dw02
  d2[k] = -(t - g) * A[k] : dR/dw2[k]
  d1[k,j] = -(t - g) * w2[k] * A[k]*(1 - A[k]) * x[j] : dR/dw1[k,j]
`;

describe('a mistake in a deck is found', () => {
  const offByOne = `backward
  e2[k] = y[k] - t[k] : dL/dy[k]
  e1[j] = sum(k: W1[k,j] * (h1[k]*(1 - h1[k]) * e2[k])) : dL/dh1[j]
`;

  it('NTNU, layer indices off by one: e¹ = (W¹)ᵀ(f′(z¹)·e²) does not fit', () => {
    expect(findings(network + half + offByOne)).toEqual([
      expect.stringMatching(/^shape: k runs over 2 in W1\[k,j\], but e2 has 1 entry/),
    ]);
  });

  it('NTNU, layer indices off by one: where it fits, it is another number', () => {
    const found = findings(square + half + offByOne);
    expect(found).toEqual([expect.stringMatching(/^claim: e1\[1\] gives .*, but dL\/dh1\[1\] is /)]);
  });

  it('NTNU, ‖y − ŷ‖² without ½: the factor 2 is missing in e, and only there', () => {
    expect(findings(network + whole + ntnu)).toEqual([
      expect.stringMatching(
        /^claim: e2\[1\] gives 0\.190283, but dL\/dy\[1\] is 0\.380567; it is off by the factor 1\/2$/,
      ),
    ]);
  });

  it('NTNU, p − y by the activation: with softmax and cross-entropy it is the derivative by z', () => {
    const softmax = `given x = [0.35, 0.9]
given t = [1, 0] : onehot
param W1 = [[0.1, 0.8], [0.4, 0.6]]
layers: 2 -> 2 softmax, without bias
loss: cross-entropy
`;
    const claim = (by: string) => `${softmax}backward\n  e[j] = y[j] - t[j] : dL/d${by}[j]\n`;
    expect(findings(claim('net1'))).toEqual([]);
    expect(findings(claim('y'))).toEqual([
      expect.stringMatching(/^claim: e\[1\] gives .*, but dL\/dy\[1\] is /),
    ]);
  });

  const transposed = `backward
  e2[k] = y[k] - t[k] : dL/dy[k]
  e1[j] = sum(k: W2[k,j] * (y[k]*(1 - y[k]) * e2[k])) : dL/dh1[j]
`;
  it('NTNU, z = Wᵀv and yet e = Wᵀ(f′·e): shapes conflict', () => {
    expect(findings(narrow + transposed)[0]).toEqual(
      expect.stringMatching(/^shape: k runs over 2 in W2\[k,j\], but y has 1 entry/),
    );
  });

  it('NTNU, z = Wᵀv and yet e = Wᵀ(f′·e): where shapes agree, the numbers do not', () => {
    expect(findings(even + transposed)).toEqual([
      expect.stringMatching(/^claim: e1\[1\] gives .*, but dL\/dh1\[1\] is /),
    ]);
    expect(findings(even + transposed.replace('W2[k,j]', 'W2[j,k]'))).toEqual([]);
  });

  it('NTNU, the forward algorithm’s W v with the matrix of Wᵀv: shapes conflict', () => {
    expect(findings(narrow.replace('W2[j,k] * h1[j]', 'W2[k,j] * h1[j]'))[0]).toEqual(
      expect.stringMatching(/^shape: j runs over 1 in W2\[k,j\], but h1 has 2 entries/),
    );
  });

  const outer = (cell: string) => `backward
  f1[j] : dL/dnet1[j]
  g1[${cell}] = f1[j] * x[i] : dL/dW1[${cell}]
`;
  it('NTNU, ∇W = [f′·e]vᵀ with the matrix of Wᵀv: rows and columns are exchanged', () => {
    expect(findings(even + outer('j,i'))).toEqual([
      expect.stringMatching(/^claim: g1\[1,2\] gives .*; rows and columns are exchanged$/),
    ]);
    expect(findings(even + outer('i,j'))).toEqual([]);
  });

  it('HK, w_ji in a matrix of size d¹ × d²: shapes conflict, or row stands for column', () => {
    const read = (model: string) => model.replace('W2[j,k] * h1[j]', 'W2[k,j] * h1[j]');
    const back = `backward
  δ2[k] = (y[k] - t[k]) * y[k]*(1 - y[k]) : dL/dnet2[k]
  δ1[j] = h1[j]*(1 - h1[j]) * sum(k: W2[j,k] * δ2[k]) : dL/dnet1[j]
`;
    expect(findings(read(narrow) + back)[0]).toEqual(
      expect.stringMatching(/^shape: j runs over 1 in W2\[k,j\], but h1 has 2 entries/),
    );
    expect(findings(read(even) + back)).toEqual([
      expect.stringMatching(/^claim: δ1\[1\] gives .*, but dL\/dnet1\[1\] is /),
    ]);
    expect(findings(even + back)).toEqual([]);
  });

  it('HK, the bias row: kept, W δ has one row too many for σ′', () => {
    const kept = '  δ1[j] = h1[j]*(1 - h1[j]) * sum(k: W2[j,k] * δ2[k]) : dL/ds1[j]\n';
    expect(findings(withBiasRow + kept)).toEqual([
      expect.stringMatching(/^shape: j runs over 2 in h1\[j\], but dimension 1 of W2 has 3/),
    ]);
  });

  it('HK, the bias row: components 1…d are those below it, not the first d', () => {
    const rows = (row: string) =>
      `  δ1[j] = h1[j]*(1 - h1[j]) * sum(k: W2[${row},k] * δ2[k]) : dL/ds1[j]\nindex j = 1..2\n`;
    expect(findings(withBiasRow + rows('j'))).toEqual([
      expect.stringMatching(/^claim: δ1\[1\] gives .*, but dL\/ds1\[1\] is /),
    ]);
    expect(findings(withBiasRow + rows('j+1'))).toEqual([]);
  });

  it('KU, A₂ where A₃ belongs: the gradient −(y − g)g′(z)A does not hold for the third weight', () => {
    expect(findings(ku531('A[3]'))).toEqual([]);
    expect(findings(ku531('A[2]'))).toEqual([
      expect.stringMatching(/^claim: d2\[3\] gives .*, but dR\/dw2\[3\] is /),
      expect.stringMatching(/^claim: d1\[2,1\] gives .*, but dR\/dw1\[2,1\] is /),
    ]);
  });

  it('the sign of one deck in the formulas of another is turned', () => {
    expect(findings(network + half + l3.replaceAll(': -dL', ': dL'))[0]).toMatch(
      /^claim: δ2\[1\] gives −0\.0406811, but dL\/dnet2\[1\] is 0\.0406811; the sign is turned$/,
    );
    expect(findings(network + half + hk.replace(': dL/dnet2', ': -dL/dnet2'))[0]).toMatch(
      /^claim: δ2\[1\] gives 0\.0813623, but -dL\/dnet2\[1\] is −0\.0406811; it is off by the factor 2, and the sign is turned$/,
    );
  });
});
