import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import { asWritten, expandShorthand } from './expansion.ts';

const data = `given x = [0.35, 0.9]
given t = [0.5]
param W1 = [[0.1, 0.8], [0.4, 0.6]]
param W2 = [[0.3, 0.9]]
`;

/** `line:column message` of each finding about a text, with its place in the written text. */
function findings(text: string): string[] {
  const expansion = expandShorthand(text);
  const compiled = expansion.diagnostics.length > 0 ? [] : compileModel(expansion.text).diagnostics;
  const own = compiled.map((diagnostic) => asWritten(expansion, diagnostic));
  return [...expansion.diagnostics, ...own].map(
    ({ span, message }) => `${span.line}:${span.column} ${message}`,
  );
}

describe('an expansion', () => {
  it('is the text itself where there is no shorthand', () => {
    const text = 'given x = 1\r\nforward\n  y = x : onehot\nbackward\n  g : dL/dx\nstore y: 2dp\n';
    expect(expandShorthand(text)).toMatchObject({ text, hasShorthand: false, diagnostics: [] });
  });

  it('leaves names of indices alone, which a quantity may have as well', () => {
    const { text, diagnostics } = expandShorthand(
      'given x = [1, 2]\nlayers: 2 -> 3 tanh -> 2 softmax\nlabel y as a, b   k as c, d',
    );
    expect(diagnostics).toEqual([]);
    expect(text).toContain('y[k] = ');
    expect(compileModel(text.replace('y as a, b', '')).model?.dimensions.get('y')?.[0].labels).toEqual([
      'c',
      'd',
    ]);
  });

  it('reads like the lecture', () => {
    const { text, diagnostics } = expandShorthand(`${data}
layers: 2 -> 2 sigmoid -> 1 sigmoid, without bias
loss: half squared error
optimizer: sgd 1

store h1[1]: 2dp  h1[2]: 4dp
`);
    expect(diagnostics).toEqual([]);
    expect(text).toBe(`${data}
# layers: 2 -> 2 sigmoid -> 1 sigmoid, without bias
# loss: half squared error
# optimizer: sgd 1
rate eta = 1

store h1[1]: 2dp  h1[2]: 4dp

forward
  net1[j] = sum(i: W1[j,i] * x[i])
  h1[j] = sigmoid(net1[j])
  net2[k] = sum(j: W2[k,j] * h1[j])
  y[k] = sigmoid(net2[k])
  L = sum(k: (t[k] - y[k])^2) / 2

backward
  δ2[k] : -dL/dnet2[k]
  δ1[j] : -dL/dnet1[j]

update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]

write W1 as W^{1}   net1 as \\mathrm{net}^{1}   W2 as W^{2}   net2 as \\mathrm{net}^{2}   x as x^{0}   h1 as x^{1}
write L as \\mathcal{L}`);
    expect(compileModel(text).diagnostics).toEqual([]);
  });

  it('takes own lines for what it would have written under the same name', () => {
    const { text } = expandShorthand(`${data}
eta = 0.5
layers: 2 → 2 sigmoid → 1 sigmoid, without bias
loss: half squared error
optimizer: sgd

forward
  h1[j] = tanh(net1[j])        # another unit
backward
  δ2[k] = (t[k] - y[k]) * y[k]*(1 - y[k]) : -dL/dnet2[k]
update
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j] / 2
write h1 as a
`);
    expect(compileModel(text).diagnostics).toEqual([]);
    for (const name of ['h1\\[j\\] =', 'δ2\\[k\\]', 'W2\\[k,j\\] <-', 'eta =', 'h1 as']) {
      expect(text.match(new RegExp(name, 'g')), name).toHaveLength(1);
    }
    expect(text).toContain('net2[k] = sum(j: W2[k,j] * h1[j])');
    expect(text).toContain('δ1[j] : -dL/dnet1[j]');
  });

  it.each([
    ['squared error', 'L = sum(j: (t - y[j])^2)'],
    ['multi-label cross-entropy', 'L = -sum(j: (t * log(y[j]) + (1 - t) * log(1 - y[j])))'],
    ['fused multi-label cross-entropy', 'δ1[j] = t - y[j] : -dL/dnet1[j]'],
  ])('compares one unit with a target that is a single number: %s', (loss, formula) => {
    const text = `given x = [1, 2]\ngiven t = 1\nlayers: 2 -> 1 sigmoid\nloss: ${loss}\noptimizer: sgd 1`;
    expect(expandShorthand(text).text).toContain(formula);
    expect(findings(text)).toEqual([]);
    expect(findings(text.replace('given t = 1', 'sample t = [1, 0]'))).toEqual([]);
  });

  it('knows a batch by whatever its index is called', () => {
    const data = 'sample x = [[1, 2], [3, 4]]\nsample t = [0, 1]\nbatch row_1 = 2\n';
    expect(
      findings(`${data}layers: 2 -> 2 -> batchnorm -> 1\nloss: squared error\noptimizer: sgd 1`),
    ).toEqual([]);
  });

  it.each([
    ['given t = 0.5', 'L = sum(k: (t - y[k])^2)'],
    ['given t = [0.5]', 'L = sum(k: (t[k] - y[k])^2)'],
    ['table m = moons(8, 0.1, 1)\nsample t = m[3]', 'L = sum(k: (t - y[k])^2)'],
  ])('compares one unit with a target of one number: %s', (target, formula) => {
    const { text } = expandShorthand(
      `given x = [0.3, 0.2]\n${target}\nlayers: 2 -> 2 tanh -> 1\nloss: squared error\noptimizer: sgd 0.1`,
    );
    expect(text).toContain(formula);
    expect(compileModel(text).diagnostics).toEqual([]);
  });

  it('puts what stands in a pass into that pass, and its data above', () => {
    const { text } = expandShorthand(`given x = [1, 2]
given t = [0, 1]
param W1 = [[1, 2], [3, 4]]
param b1 = [0, 0]
forward
  use dense h1 from x, 2 tanh
  use dense y from h1, like h1
  loss: squared error
  a = L
update
  optimizer: momentum 0.1
  b1[j] <- b1[j]
`);
    expect(compileModel(text).diagnostics).toEqual([]);
    expect(text).toContain(`param b1 = [0, 0]
rate eta = 0.1
rate mu = 0.9
state vW1 = 0 like W1
state vb1 = 0 like b1

forward
  # use dense h1 from x, 2 tanh
  net1[j] = sum(i: W1[j,i] * x[i]) + b1[j]
  h1[j] = tanh(net1[j])
  # use dense y from h1, like h1
  nety[k] = sum(j: W1[k,j] * h1[j]) + b1[k]
  y[k] = tanh(nety[k])
  # loss: squared error
  L = sum(k: (t[k] - y[k])^2)
  a = L

update
  # optimizer: momentum 0.1
  vW1[j,i] <- mu * vW1[j,i] + dL/dW1[j,i]`);
  });

  it.each([
    ['sensitivities: δ = dL/dnet', 'δ2[k] : dL/dnet2[k]\n  δ1[j] : dL/dnet1[j]'],
    ['sensitivities: e = dL/dh', 'e2[k] : dL/dy[k]\n  e1[j] : dL/dh1[j]'],
    ['', 'δ2[k] : -dL/dnet2[k]\n  δ1[j] : -dL/dnet1[j]'],
  ])('names the derivatives as a deck does: %s', (line, claims) => {
    const { text } = expandShorthand(
      `${data}${line}\nlayers: 2 -> 2 tanh -> 1, without bias\nloss: squared error\nforward`,
    );
    expect(text).toContain(claims.replace('dnet2', 'dy'));
    expect(compileModel(text).diagnostics).toEqual([]);
  });
});

describe('what is wrong', () => {
  it.each([
    ['layers: 2 -> sigmoid 3', '1:14 first how many units, then the activation: 3 sigmoid'],
    ['layers: 2 -> 3 sigmiod', '1:16 there is no activation or option sigmiod; do you mean sigmoid?'],
    ['layers: 2 -> 3 -> conf 2 3x3', '1:19 there is no layer conf; do you mean conv?'],
    [
      'layers: sigmoid',
      '1:9 expected the shape of the input first, as in layers: 2 -> 3 tanh -> 1, but here stands sigmoid',
    ],
    ['layers: 2', '1:10 expected -> and a layer, such as 3 sigmoid, but the line ends'],
    ['layers: 2 -> ', '1:13 expected a layer, such as 3 sigmoid, but the line ends'],
    ['layers: 2 -> 0 tanh', '1:14 0 is no number of units'],
    ['layers: 2 -> 3 without bias', '1:16 there is no activation or option without; there are'],
    ['layers: 2 -> conv 3x3', '1:14 conv reads an image, such as 8x8 or 3x8x8, but x is 2'],
    [
      'layers: 8x8 -> conv 2',
      '1:22 conv needs a size; write conv 4 3x3 relu stride 1 padding 0, but the line ends',
    ],
    ['layers: 8x8 -> conv 9x9', '1:16 a window of 9 x 9 does not fit into 8 x 8'],
    ['layers: 5x2 -> recurrent', '1:25 recurrent needs a number; write recurrent 3 tanh, but the line ends'],
    ['layers: 5x2 -> lstm 3 tanh', '1:23 nothing more belongs to lstm; write lstm 3, but here stands tanh'],
    ['layers: 5 -> embedding 3', '1:14 embedding has to know how many words there are: embedding 4 words 10'],
    ['layers: 4 -> batchnorm', '1:14 batchnorm is about a batch; write a line such as batch n = 4'],
    ['layer: 2 -> 3', '1:1 there is no shorthand layer; do you mean layers:?'],
    ['  optimzer: sgd 1', '1:3 there is no shorthand optimzer; do you mean optimizer:?'],
    ['layers: 2 -> 1\nloss: sqared error', '2:7 there is no loss sqared error; do you mean squared error?'],
    [
      'loss: squared error',
      '1:7 y is not computed here; say what the loss is about: loss: squared error of …',
    ],
    [
      'layers: 2 -> 1\nloss: fused cross-entropy',
      '2:7 this loss is fused with softmax; let the last layer end in it, as in 3 softmax',
    ],
    ['layers: 2 -> 1\noptimizer: adm 0.1', '2:12 there is no optimizer adm; do you mean adam?'],
    ['layers: 2 -> 1\noptimizer: sgd 0.1 for W3', '2:24 there is no parameter W3; do you mean W1?'],
    ['layers: 2 -> 1\nregularizer: l3 0.1', '2:14 there is no regularizer l3; do you mean l1?'],
    ['layers: 2 -> 1\nregularizer: l2', '2:16 expected how strong it is, as in l2 0.01, but the line ends'],
    ['layers: 2 -> 1\nrate: decay 0.9', '2:1 a schedule needs an optimizer whose rate it changes'],
    ['use dense h1 from x, 3 tanh', '1:19 the shape of x is not known here; write it, as in from x[3]'],
    ['use dens h1 from x[2], 3 tanh', '1:5 there is no layer dens; do you mean dense?'],
    ['use dense h1 from x[2], 3\nuse dense g from h1, like h2', '2:27 there is no layer h2; do you mean h1?'],
    ['sensitivities: big', '1:1 write δ = -dL/dnet, δ = dL/dnet, or, by the activations, e = dL/dh'],
    [
      'layers: 2 -> 1\nlayers: 2 -> 3',
      '2:14 y is already computed by line 1; a second stack of layers is written layer by layer, with use',
    ],
    [
      'layers: 2 -> 1\nloss: squared error\nloss: cross-entropy',
      '3:7 L is already computed by line 2; name this one, as in loss E: squared error',
    ],
    [
      'layers: 2 -> 1\nloss: squared error\noptimizer: sgd 1\noptimizer: sgd 2',
      '4:1 W1 is already updated by line 3; say which parameters each is for, as in sgd 0.1 for W1, b1',
    ],
    [
      'eta = 1/2\nlayers: 2 -> 1\nloss: squared error\noptimizer: sgd\nrate: periodic 5',
      '5:1 this schedule comes back to the first eta, which must be written as a number',
    ],
    ['layers: 8x8 -> conv 2x2 stride 1.5', '1:32 stride is a whole number'],
    [
      'given x = [1, 4]\nlayers: 2 -> embedding 2 words 3',
      '2:14 x has 4, but the words are numbered from 1 to 3',
    ],
    ['sample x = [[1], [0]]\nlayers: 1 -> embedding 2 words 3', '2:14 x has 0, but the words are'],
    ['layers: 2 -> 1 sigmoid\nloss: cross-entropy', '2:7 this loss is for classes, as 3 softmax gives them;'],
    ['given t = 1\nlayers: 2 -> 2\nloss: squared error', '3:7 t is a single number, but y has more than one'],
    ['sample x = [[1]]\nbatch j = 1\nlayers: 1 -> 1', '3:14 j counts the samples, and here the layer'],
    [
      'layers: 2 -> 1\noptimizer: sgd 1\nrate: decay 0.5 every 0',
      '3:23 updates are counted in whole numbers',
    ],
    ['layers: 2 -> 1\noptimizer: sgd 1\nrate: periodic 2.5 to 0.1', '3:16 updates are counted in whole'],
    ['initializer: hee 1', '1:14 there is no initializer hee; do you mean he?'],
  ])('%s', (text, message) => {
    const [first] = findings(text);
    expect(first?.slice(0, message.length)).toBe(message);
  });

  it.each([
    'layers: 2 -> 3 tanh, 1\nloss: squared error\nregularizer: l2 0.1\noptimizer: sgd 0.1\nrate: decay 0.9',
    'layers: 4 -> 3 -> batchnorm -> 1\nloss: squared error\noptimizer: adam for W1, W3',
    'use dense g from z, 3\nuse activation h from g, relu\nuse dense f from g, like g',
  ])('is told once, not again of the lines that read it: %s', (text) => {
    expect(findings(text)).toHaveLength(1);
  });

  it('is told of the line that was written, though it shows in a formula', () => {
    const wrong = `given a = [1, 2, 3]\ngiven t = [1]\nparam W1 = [[1, 2]]\n\nlayers: 2 -> 1 tanh, without bias\nloss: squared error\n\nforward\n  x[i] = z[i]\n`;
    expect(findings(wrong)).toEqual([
      '9:10 there is no z here; declare it, or compute it in a line of its own',
    ]);
    expect(findings(wrong.replace('z[i]', 'a[i]'))).toEqual([
      '5:14 i runs over 2 in W1[j,i], but x has 3 entries; this is about net1[j] = sum(i: W1[j,i] * x[i])',
    ]);
  });

  it('never breaks the reader, whatever is written', () => {
    const whole = `given x = [1, 2]
layers: 2 -> 3 tanh -> conv 2 3x3 stride 2 -> residual 3x3 -> 2 softmax, without bias, from x
use dense g from h1[3, 2], 2 relu
use lstm f from x[4, 2], 3
loss E: fused cross-entropy of y, t
regularizer: l2 0.1 for W1
optimizer: adam 0.1 0.9 of E for W1, b1
rate: periodic 10 to 0.1
initializer: gaussian 1 2
sensitivities: e = dL/dh
`;
    const pieces = [
      '->',
      ',',
      '3x3',
      '0',
      '-1',
      '1e9',
      'of',
      'for',
      'from',
      'like',
      ':',
      '[',
      ']',
      'δ',
      '"',
      '×',
      '2',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(6), fc.constantFrom('', ...pieces)), {
          maxLength: 4,
        }),
        (edits) => {
          let text = whole;
          for (const [at, length, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + length);
          for (const { span, message } of expandShorthand(text).diagnostics) {
            expect(span.line).toBeLessThanOrEqual(text.split('\n').length);
            expect(span.column).toBeGreaterThan(0);
            expect(message).not.toMatch(/undefined|NaN|object/);
          }
        },
      ),
      { numRuns: 1000, seed: 1 },
    );
  });

  it('leaves the other lines readable', () => {
    expect(findings('layers: 2 -> 3 tanhh\nloss: squared\noptimizer: sgdd')).toHaveLength(3);
  });
});
