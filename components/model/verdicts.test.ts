import { expect, it } from 'vitest';
import { review } from '../../src/check/divergence.ts';
import { compileProgram } from '../../src/program/program.ts';
import { verdictsOf } from './verdicts.ts';

const text = `given x = [0.35, 0.9]
given t = 0.5
param w = [0.3, 0.9]
forward
  net = sum(i: w[i] * x[i])
  y = tanh(net)
  L = (t - y)^2 / 2
backward
  δ = (t - y) * (1 - y^2) : -dL/dnet
  g[i] = (t - y) * (1 - y^2) * x[i] : dL/dw[i]
  e = y - t : dL/dy
  half = δ / 2
update
  w[i] <- w[i] - 0.1 * g[i]
`;

it('each formula of the backward pass has its verdict at its line, others have none', () => {
  const { program } = compileProgram(text);
  if (program === undefined) throw new Error('it compiles');
  const found = verdictsOf(review(text), program.model, (line) => line + 100);
  expect(found).toEqual([
    { line: 109, kind: 'agrees', text: 'gives the derivative' },
    {
      line: 110,
      kind: 'differs',
      text: expect.stringMatching(/gives −0\.0\d+; dL\/dw\[1\] is 0\.0\d+\. .*the sign is turned/),
    },
    { line: 111, kind: 'agrees', text: 'gives the derivative' },
  ]);
  expect(verdictsOf(review(text), program.model, () => undefined)).toEqual([]);
});
