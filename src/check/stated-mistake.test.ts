import { describe, expect, it } from 'vitest';
import { compileProgram } from '../program/program.ts';
import { verifyClaims } from './claim-check.ts';
import { divergences } from './divergence.ts';
import { twoLayerForward } from './testing/divergence.testing.ts';

/* A mistake that a lesson shows on purpose is stated, and is checked to be one. */

const early = (marks: { δ?: string; g?: string; right?: string } = {}) => `${twoLayerForward}backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
  g2[k,j] = -δ2[k] * h[j] : dL/dW2[k,j]
${marks.right ?? ''}update
  W2[k,j] <- W2[k,j] - eta * g2[k,j]
backward
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])${marks.δ ?? ''}
  g1[j,i] = -δ1[j] * x[i]${marks.g ?? ''}
update
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
`;

function findings(text: string): string[] {
  const { diagnostics } = compileProgram(text);
  return [...diagnostics, ...verifyClaims(text)].map(({ rule, message }) => `${rule} ${message}`);
}

describe(': not', () => {
  const marked = early({ δ: ' : not -dL/dnet1[j]', g: ' : not dL/dW1[j,i]' });

  it('says that a formula is no derivative, and nothing is found', () => {
    expect(findings(marked)).toEqual([]);
    expect(divergences(marked)).toEqual([]);
  });

  it('without it the mistake is found, claimed or not', () => {
    expect(findings(early({ δ: ' : -dL/dnet1[j]', g: ' : dL/dW1[j,i]' }))).toEqual([
      expect.stringMatching(/^claim δ1\[1\] gives/),
    ]);
    expect(findings(early())).toEqual([
      expect.stringMatching(/^unclaimed g1 is used as a gradient/),
      expect.stringMatching(
        /^update δ1\[1\] gives .* but -dL\/dnet1\[1\] is .* : not -dL\/dnet1\[j\] behind it/,
      ),
    ]);
  });

  it('may stand beside the right formula', () => {
    const right = '  d1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k]) : -dL/dnet1[j]\n';
    expect(findings(early({ right, δ: ' : not -dL/dnet1[j]', g: ' : not dL/dW1[j,i]' }))).toEqual([]);
  });

  it('is refused where the formula is the derivative', () => {
    const text = marked.replace('g2[k,j] = -δ2[k] * h[j] : dL', 'g2[k,j] = -δ2[k] * h[j] : not dL');
    expect(findings(text)).toEqual(['claim g2 is dL/dW2 at all numbers tried; leave out not']);
  });

  it('is read sample by sample, too', () => {
    const text = (g: string) => `sample x = [1, 2, 3]
sample t = [0, 0, 1]
param w = 1
batch n = 3
forward
  y = w*x
  L = (y-t)^2/2
backward
  g = ${g} : not dL/dw
update
  w <- w - 0.1*g`;
    expect(findings(text('y - t'))).toEqual([]);
    expect(findings(text('(y - t)*x'))).toEqual(['claim g is dL/dw at all numbers tried; leave out not']);
  });

  it('has the places of a claim: names, indices, shapes, the pass', () => {
    const errors = (text: string) =>
      compileProgram(text).diagnostics.flatMap(({ severity, rule }) => (severity === 'error' ? [rule] : []));
    expect(errors(early({ δ: ' : not dL/dnet9[j]' }))).toEqual(['derivative']);
    expect(errors(early({ δ: ' : not dL/dnet1[k]' }))).toEqual(['index']);
    expect(errors(early({ δ: ' : not' }))).toEqual(['syntax']);
    expect(errors(early({ right: '  q[k] : not dL/dy[k]\n' }))).toEqual(['syntax']);
    expect(errors(early().replace('eta * g1[j,i]', 'eta * g1[j,i] : not dL/dW1[j,i]'))).toEqual(['claim']);
  });
});

describe('an update that multiplies the gradient out itself', () => {
  const inline = (change: string) => `${twoLayerForward}backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
update
  W2[k,j] <- W2[k,j] + ${change}`;

  it('is checked, too', () => {
    expect(findings(inline('eta * δ2[k] * h[j]'))).toEqual([]);
    const [finding, ...others] = findings(inline('eta * δ2[k]'));
    expect(others).toEqual([]);
    expect(finding).toMatch(
      /^update the update takes for the gradient with respect to W2\[1,1\] .* give the gradient a line in backward/,
    );
  });
});
