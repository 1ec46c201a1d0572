import { describe, expect, it } from 'vitest';
import { compileProgram } from '../program/program.ts';
import { verifyClaims } from './claim-check.ts';

const data = `given  x = [0.35, 0.9]
given  t = [0.5]
param  W1 = [[0.1, 0.8], [0.4, 0.6]]
param  W2 = [[0.3, 0.9]]
eta = 1
`;
const forward = `forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h[j])
  y[k] = sigmoid(net2[k])
`;
/** Lecture L3, FACTS §1: δ = −∂L/∂net. */
const lecture = `${data}${forward}  L = sum(k: (t[k] - y[k])^2) / 2
backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
store h[1]: 2dp  h[2]: 4dp  y: 2dp  δ1, δ2: 4dp
`;

/** `line:column rule message` of each finding, after making sure that the text compiles. */
function findings(text: string): string[] {
  expect(compileProgram(text).program).toBeDefined();
  return verifyClaims(text).map(
    ({ span, rule, message }) => `${span.line}:${span.column} ${rule} ${message}`,
  );
}

describe('claims that hold', () => {
  it.each([
    ['L3, storing rules and all', lecture],
    [
      'HK: no half, δ is the plain derivative',
      `${data}${forward}  E = sum(k: (y[k] - t[k])^2)
backward
  δ2[k] = 2*(y[k] - t[k]) * y[k]*(1 - y[k]) : dE/dnet2[k]
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j]*δ2[k]) : dE/dnet1[j]
  g1[j,i] = x[i] * δ1[j] : dE/dW1[j,i]`,
    ],
    [
      'NTNU: e is the derivative by the activation',
      `${data}${forward}  L = sum(k: (y[k] - t[k])^2) / 2
backward
  e2[k] = y[k] - t[k] : dL/dy[k]
  e1[j] = sum(k: W2[k,j] * (y[k]*(1 - y[k]) * e2[k])) : dL/dh[j]
  g1[j,i] = (h[j]*(1 - h[j]) * e1[j]) * x[i] : dL/dW1[j,i]`,
    ],
    [
      'KU: −(y − g) g′(z) A',
      `${data}${forward}  R = sum(k: (t[k] - y[k])^2) / 2
backward
  g2[k,j] = -(t[k] - y[k]) * y[k]*(1 - y[k]) * h[j] : dR/dW2[k,j]
  g1[j,i] = sum(k: -(t[k] - y[k]) * y[k]*(1 - y[k]) * W2[k,j]) * h[j]*(1 - h[j]) * x[i] : dR/dW1[j,i]`,
    ],
  ])('%s', (_, text) => expect(findings(text)).toEqual([]));

  it('fused cross-entropy, where the derived one is not finite at the lesson’s numbers', () => {
    const text = `given t = [1, 0] : onehot
param z = [1000, 0]
forward
  p[i] = exp(z[i]) / sum(j: exp(z[j]))
  L = -sum(i: t[i]*log(p[i]))
backward
  g[i] = p[i] - t[i] : dL/dz[i]`;
    expect(findings(text)).toEqual([
      expect.stringMatching(/^7:24 claim dL\/dz is not finite at any numbers tried/),
    ]);
    expect(findings(text.replace('1000', '1.5'))).toEqual([]);
  });

  it('either slope of a kink', () => {
    const kink = (slope: string) => `param w = [0, 1]
forward
  L = sum(i: max(w[i], 0))
backward
  g[i] = ${slope} : dL/dw[i]`;
    expect(findings(kink('[w[i] > 0]'))).toEqual([]);
    expect(findings(kink('[w[i] >= 0]'))).toEqual([]);
    expect(findings(kink('[w[i] >= 2]'))).toHaveLength(1);
  });
});

describe('claims that do not hold', () => {
  it.each([
    [
      'a turned sign',
      '(t[k] - y[k]) * y[k]',
      '(y[k] - t[k]) * y[k]',
      '13:45 claim δ2[1] gives 0.0406811, but -dL/dnet2[1] is −0.0406811; the sign is turned',
    ],
    [
      'σ′ missing',
      'h[j]*(1 - h[j]) * sum',
      'sum',
      '14:37 claim δ1[1] gives −0.0122043, but -dL/dnet1[1] is −0.00265449',
    ],
    [
      'a factor',
      '-δ2[k] * h[j]',
      '-2*δ2[k] * h[j]',
      '15:31 claim g2[1,1] gives 0.0553481, but dL/dW2[1,1] is 0.027674; it is off by the factor 2',
    ],
    [
      'a factor and a sign',
      '-δ2[k] * h[j]',
      'δ2[k] * h[j] / 2',
      '15:32 claim g2[1,1] gives −0.013837, but dL/dW2[1,1] is 0.027674; it is off by the factor 1/2, and the sign is turned',
    ],
    [
      'row for column',
      '-δ1[j] * x[i]',
      '-δ1[i] * x[j]',
      '16:29 claim g1[1,2] gives 0.00286008, but dL/dW1[1,2] is 0.00238904; rows and columns are exchanged',
    ],
  ])('%s is blamed once, at its line and column', (_, right, wrong, finding) => {
    expect(findings(lecture.replace(right, wrong))).toEqual([finding]);
  });

  it('blames a wrong claim alone, not the right formulas that read what it names', () => {
    const turned = lecture.replace(': -dL/dnet2[k]', ': dL/dnet2[k]');
    expect(findings(turned)).toHaveLength(1);
    expect(findings(turned)[0]).toMatch(/claim δ2\[1\] .*the sign is turned/);
  });

  it('says how to name the data for which alone a shortcut holds', () => {
    const softmax = (t: string) => `given z = [0.1, 0.9, -0.4]
given t = [0, 1, 0]${t}
forward
  e[i] = exp(z[i])
  p[i] = e[i] / sum(k: e[k])
  L = -sum(i: t[i] * log(p[i]))
backward
  d[i] = p[i] - t[i] : dL/dz[i]`;
    expect(findings(softmax(''))[0]).toMatch(/write : onehot behind the numbers of t, which has one 1/);
    expect(findings(softmax(' : onehot'))).toEqual([]);
    // With soft labels, as long as they add up to 1.
    const soft = (t: string) => softmax(t).replace('[0, 1, 0]', '[0.05, 0.9, 0.05]');
    expect(findings(soft(''))[0]).toMatch(/write : distribution behind the numbers of t, which has rows/);
    expect(findings(soft(' : distribution'))).toEqual([]);
    // Of what does not add up to 1 the shortcut is wrong at once, and no domain would help.
    const odd = softmax('').replace('[0, 1, 0]', '[0.5, 0.9, 0.05]');
    expect(findings(odd)[0]).not.toMatch(/distribution|onehot/);
  });

  it('names each of two mistakes', () => {
    const text = lecture.replace('(t[k] - y[k]) * y[k]', '(y[k] - t[k]) * y[k]').replace('-δ1[j]', 'δ1[j]');
    expect(findings(text).map((line) => line.split(' ')[0])).toEqual(['13:45', '16:28']);
  });

  it('says so where the formula is not finite', () => {
    const text = `param w = 0
forward
  L = w^2
backward
  g = 2*w*w/w : dL/dw`;
    expect(findings(text)).toEqual([
      '5:17 claim g gives NaN, but dL/dw is 0; the formula is not finite there',
    ]);
  });
});

describe('claims in a model that is taken in batches', () => {
  const xor = `sample x = [[0.2, 0.1], [0.3, 1], [1, 0.4], [1, 1]]
sample t = [[0], [1], [1], [0]]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
random r[2] = uniform(3)
mode training
batch n = 3, shuffled 4, sum
${forward.replace('sigmoid(net1[j])', 'sigmoid(net1[j]) * (training*[r[j] > 0.2] + 1 - training)')}  L = sum(k: (t[k] - y[k])^2) / 2
backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  δ1[j] = [r[j] > 0.2] * h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
  g1[j,i] = -δ1[j] * x[i] : dL/dW1[j,i]
update
  W2[k,j] <- W2[k,j] - 0.1 * g2[k,j]
  W1[j,i] <- W1[j,i] - 0.1 * g1[j,i]`;

  it('are judged on one sample', () => {
    expect(findings(xor)).toEqual([]);
    expect(findings(xor.replace('-δ2[k] * h[j]', '-δ2[k] * h[j] / 3'))).toEqual([
      '17:33 claim g2[1,2] gives 0.0260166, but dL/dW2[1,2] is 0.0780498; it is off by the factor 1/3',
    ]);
  });

  it('are judged on the batch where a line is about it', () => {
    const centred = xor
      .replace('  h[j] =', '  m[j] = sum(n: net1[n,j]) / 3\n  h[j] =')
      .replace('sigmoid(net1[j])', 'sigmoid(net1[j] - m[j])');
    const lines = findings(centred);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^17:\d+ claim δ1\[1,1\] gives/);
    const right = centred.replace(
      /δ1\[j\] = .*/,
      'e[j] = [r[j] > 0.2] * h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])\n  δ1[j] = e[j] - sum(n: e[n,j]) / 3 : -dL/dnet1[j]',
    );
    expect(compileProgram(right).diagnostics).toEqual([
      expect.objectContaining({ rule: 'batch', message: expect.stringContaining('write e[n,…]') }),
    ]);
    const explicit = right
      .replace('δ1[j] = e[j]', 'δ1[n,j] = e[n,j]')
      .replace('-dL/dnet1[j]', '-dL/dnet1[n,j]')
      .replace('sum(n: e[n,j])', 'sum(o=1..3: e[o,j])');
    expect(findings(explicit)).toEqual([]);
    expect(findings(explicit.replace('-δ2[k] * h[j]', '-2*δ2[k] * h[j]'))).toEqual([
      expect.stringMatching(
        /^19:31 claim g2\[1,1\] gives .*, but dL\/dW2\[1,1\] is .*; it is off by the factor 2$/,
      ),
    ]);
  });
});
