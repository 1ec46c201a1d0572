import { describe, expect, it } from 'vitest';
import { compileModel } from '../compile/compile.ts';
import type { Model } from '../model.ts';
import { depthOfTex } from '../parse/written-tex.ts';
import { asTree, print } from './printer.ts';
import { tex, texFormula } from './tex.ts';
import { TexBounds, type TexSize } from './tex-size.ts';

/** Everything of a model that is typeset, with its bound. */
function* typeset(model: Model): Generator<[text: string, bound: TexSize]> {
  const bounds = new TexBounds(model);
  for (const formula of model.formulas) yield [texFormula(model, formula), bounds.ofFormula(formula)];
  for (const { body } of model.functions.values())
    yield [print(asTree(body), tex(model)).text, bounds.of(body)];
}

const wordy = `
index step = 1..3
given long_name_with_words[row = 1..3, column = 1..3] = row - column
function curious(first, second) = min(max(first, -1e-300), [second <= 123456789012345680000]) / (first - second)
forward
  a[row] = max(column=1..3, other=1..3 where row <= column, column < 2*other + 1: -(-long_name_with_words[row,column])^64 * stop(curious(row, other)))
  b[row] = argmax(column=1..3: sqrt(abs(log(exp(tanh(sin(cos(long_name_with_words?[row - 1,3 - column] - (a[row] - 0.1234567890123456)))))))))
  c = sum(row=1..3: when(row < 3: a[row] * (b[row] + 1)^2)) - -(2 - 3) / -1.5e-200
backward
  d[row] : dc/da[row]
write a as \\mathbf{a}_{\\left(#\\right)}   b as {{{{{b}}}}}   curious as \\operatorname{curious}
`;

const network = `
given x = [0.35, 0.9]
given t = [0.5]
param W1[2,2] = 1
param W2[1,2] = 1
forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h[j] = sigmoid(net1[j])
  y[k] = softplus(sum(j: W2[k,j] * h[j]))
  L = sum(k: (t[k] - y[k])^2) / 2
update
  W1[j,i] <- W1[j,i] - 0.5 * dL/dW1[j,i]
  W2[k,j] <- W2[k,j] - 0.5 * dL/dW2[k,j]
`;

describe('the bound of a formula’s TeX', () => {
  it.each([
    { name: 'a network', text: network },
    { name: 'every node and notation', text: wordy },
  ])('is above its letters and depth in $name', ({ text }) => {
    const { model } = compileModel(text);
    for (const [written, bound] of typeset(model as Model)) {
      expect(bound.letters).toBeGreaterThanOrEqual(written.length);
      expect(bound.depth).toBeGreaterThanOrEqual(depthOfTex(written) as number);
    }
  });

  it('is near enough that few formulas are typeset to be measured', () => {
    const { model } = compileModel('given x = 1\nforward\n  y = exp(x) * (x + 1) / (x - 1)');
    const bounds = new TexBounds(model as Model);
    const [formula] = (model as Model).formulas;
    expect(bounds.ofFormula(formula).letters).toBeLessThan(2000);
  });
});
