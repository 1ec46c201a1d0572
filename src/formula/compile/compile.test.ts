import { describe, expect, it } from 'vitest';
import { showDiagnostic } from '../diagnostic.ts';
import { compileModel } from './compile.ts';
import { expectOnly, findings } from './findings.testing.ts';

const head = 'given x = [1, 2, 3]\nparam W = [[1, 2, 3], [4, 5, 6]]\nforward\n';

describe('a mistake is told at its place', () => {
  it.each([
    ['y[j] = sum(i: W[j,i] * xx[i])', '4:26 name there is no xx here; do you mean x?'],
    ['y[j] = 1 + sigmod(W[j,1])', '4:14 name there is no function sigmod; do you mean sigmoid?'],
    [
      'y[j] = toString(W[j,1])',
      '4:10 name there is no function toString; define it, as in function toString(z)',
    ],
    ['y[j] = __proto__(W[j,1])', '4:10 name there is no function __proto__; define it'],
    ['y[j] = sigmoid(W[j,1], 2)', '4:10 arity sigmoid takes 1 operand, not 2'],
    ['y[j] = max(W[j,1])', '4:10 syntax max takes 2 operands, not 1'],
    ['y[j] = sum(i: W[i,j] * x[i])', '4:26 shape i runs over 2 in W[i,j], but x has 3 entries'],
    ['y = x[4]', '4:7 range this reads x at 4, but it runs from 1 to 3'],
    ['y = x[0]', '4:7 range this reads x at 0, but it runs from 1 to 3'],
    ['y = x[1] + W[3,1]', '4:14 range this reads W at 3, but it runs from 1 to 2'],
    [
      'y[i] = x[i] + x[i+1]',
      '4:17 range this reads x at 4, but it runs from 1 to 3; write x?[…] to read 0 outside',
    ],
    ['y = sum(i: W[i])', '4:14 shape W takes 2 indices, not 1'],
    ['y = W + 1', '4:7 shape W takes 2 indices, not none'],
    ['c = 1\n  y = c[1]', '5:7 shape c is a single number and takes no index, not 1'],
    ['y[i] = 3', '4:3 shape cannot tell how far the index i runs; declare it, as in index i = 1..3'],
    ['m[t] = 3\n  y = sum(t: m[t])', '4:3 shape cannot tell how far the index t runs'],
    ['y = 1\n  y = 2', '5:3 twice y is already defined'],
    ['x = 1', '4:3 twice x is already defined'],
    ['y = g\nbackward\n  g = 1', '4:7 order g is computed later, in backward'],
    ['y <- 2', '4:3 assign <- updates what is kept from one iteration to the next, but y is not declared'],
    [
      'y = 2\nupdate\n  y <- 3',
      '6:3 assign <- updates what is kept from one iteration to the next, but y is computed anew',
    ],
    ['y = 1\nupdate\n  W[j,i] <- W[j,i]\n  W[j,i] <- 2', '7:3 twice W is already updated'],
    ['y = 1\nupdate\n  W[j,i] <- W[i,j]', '6:13 shape i runs over 3 on the left, but dimension 1 of W has 2'],
    ['y = 1\nupdate\n  W[j] <- 3', '6:3 shape W takes 2 indices, not 1'],
    ['y = (1 + 2', '4:13 syntax expected ) to close the parenthesis, but the line ends'],
    ['y = 1 +', '4:10 syntax expected a number, a name or a parenthesis, but the line ends'],
    [
      'y 1',
      '4:5 syntax expected = and a formula, <- and a formula, or : and a derivative, but here stands 1',
    ],
    ['y[1] = 3', '4:5 syntax expected a name of an index'],
    ['y[i,i] = x[i]', '4:7 index the index i stands twice on the left'],
    ['y = 2 × 3', '4:9 character write * instead of ×'],
    ['y = 2 − 3', '4:9 character write - instead of −'],
    ['y = x[1] ? 3', '4:12 syntax ? is not expected here'],
    ['y = 2^0.5', '4:9 syntax an exponent is a whole number from 1 to 64'],
    ['y = 1e400', '4:7 syntax this number is too large'],
    ['y = [x[1] <-1]', '4:13 syntax write a space between < and -'],
    ['y[i] = sum(i: x[i])', '4:14 index the index i is in use here already'],
    ['y = when(x[1] > 2: 3)', '4:12 index an index is a sum of whole multiples of indices'],
    [
      'y = 1 +\n  z = y * 2\n  q = z + y',
      '4:10 syntax expected a number, a name or a parenthesis, but the line ends',
    ],
    ['y = max(i where i != 2: x[i])', '4:21 syntax max looks through one run of values, and != leaves two'],
    ['y = argmax(i where 1 <= i != 2: x[i])', '4:29 syntax argmax looks through one run of values'],
    [
      'y = sum(i where i != 1, i != 2: sum(j=1..3 where j != 1, j != 2, j != 3: x[i]*j))',
      '4:70 size each != makes two parts of what it stands in, and here are more than 16',
    ],
    ['y = sum(i where i != 2: q[i])', '4:27 name there is no q here'],
    ['y = 2\nstore z: 2dp', '5:7 name there is no z to round'],
    ['y = 2\nstore x[4]: 2dp', '5:7 range x has the shape 3; there is no cell x[4]'],
    ['y = 2\nstore y: 2dp\nstore y: 3dp', '6:7 twice store y stands here and in line 5, with 3dp and 2dp'],
    ['y = 2\nstore x[2], x: 2dp  x[2]: 3sf', '5:21 twice store x[2] stands here and in line 5'],
    ['y = 2\nstore x: 2', '5:10 precision expected a precision'],
    ['y = 2\nstore x', '5:8 syntax expected : between the cells and their precision, but the line ends'],
    ['y = 2\nwrite q as Q', '5:7 name there is no q to write'],
    ['y = 2\nwrite y as', '5:7 syntax say how y is written after as'],
    ['y = 2\nprint y', '5:1 syntax a line does not begin with print like this'],
    [
      `y = ${'f('.repeat(40)}x[1]${')'.repeat(40)}\nupdate\n  W[j,i] <- W[j,i] - dy/dx[i]\nfunction f(z) = z*z + z`,
      '4:3 size y depends on what it reads in more than 1000 ways, too many to differentiate',
    ],
    ['y = sum(p=1..1000000, q=1..1000: 2)', '4:3 size this formula has more than a hundred million terms'],
  ])('%s', (body, wanted) => expectOnly(`${head}  ${body}`, wanted));

  it.each([
    ['param W = [[1, 2], [3]]', '1:11 ragged the rows of W differ in length'],
    ['param W = [[1, 2], 3]', '1:11 ragged the rows of W differ in length'],
    ['param W = []', '1:11 shape W has no entries'],
    ['given p = [[0, 1], [0.5, 0.5]] : onehot', '1:11 domain p is no onehot: that has one 1 in every row'],
    ['given p = [1, 0] : positive', '1:11 domain p is no positive: that holds numbers above 0'],
    ['given x = 1\ngiven x = 2', '2:7 twice x is already defined'],
    ['given x = [1, a]', '1:15 syntax expected a number, but here stands a'],
    ['given x = [1, 2', '1:16 syntax expected ] to close the list, but the line ends'],
    ['given x = [1] : hot', '1:17 domain hot is no domain'],
    ['state m = 0 like Q', '1:18 name Q must be declared before it can lend its shape'],
    ['given Q = [1]\nstate m = [0] like Q', '2:11 shape before like stands one number'],
    ['index p = 1..0', '1:7 index no value of p lies in 1..0'],
    ['index p = 1..100000000000', '1:14 size an index runs to 1000000 at most'],
    ['index p = 1..3\nindex p = 1..4', '2:7 twice p is already defined'],
    ['function f(z) = f(z)', '1:10 cycle f calls itself'],
    ['function f(z) = z\nfunction f(z) = 2*z', '2:10 twice f is already defined'],
    ['function exp(z) = z', '1:10 twice exp belongs to the language'],
    ['function f(z, z) = z', '1:10 twice two parameters of f are called z'],
    ['given x = 2\nfunction f(z) = z*x', '2:10 name f may use its parameters only; x is none of them'],
    ['index p = 1..3\nfunction f(z) = z*p', '2:10 name f may use its parameters only; p is none of them'],
    [
      'function f(z) = sum(p: z)',
      '1:10 shape cannot tell how far the index p runs; write its first and last value',
    ],
    ['function f(z, y) = z*y slope y', '1:24 syntax f has 2 parameters, but 1 slopes'],
    [`given x = ${'['.repeat(50000)}1${']'.repeat(50000)}`, '1:19 shape an array has at most 8 dimensions'],
  ])('%.60s', (declaration, wanted) => expectOnly(`${declaration}\nforward\n  y = 1`, wanted));

  it.each([
    ['g[i] = 1 : dL', '7:14 syntax expected a derivative such as -dL/dnet2[k], but here stands dL'],
    ['g[i] = 1 : dL/dz[i]', '7:14 derivative there is no z to differentiate by'],
    ['g[i] = x[i] : dM/dx[i]', '7:17 derivative there is no M to differentiate'],
    ['g[i] = x[i] : da/dx[i]', '7:17 derivative a cannot be differentiated: a loss is a single number'],
    ['g[i] = x[i] : dL/dW[i]', '7:17 shape W takes 2 indices, not 1'],
    ['g[i] = x[i] : dL/dx[j]', '7:23 index j is not an index here'],
    ['g[i] = x[i] : dL/dx[i+1]', '7:17 claim the claim must name the same indices as g[i]'],
    ['g[i,j] = W[j,i] : dL/dx[i]', '7:21 claim the claim must name the same indices as g[i,j]'],
    ['g[i] : dL/dx[i]\n  h[i] : dL/dx[i]', '8:10 twice g in line 7 is already said to be dL/dx'],
    ['g[j,i] : dL/dW[j,i]', '7:12 derivative L does not depend on W'],
    ['y = dL/dW[1,1]', '7:7 derivative L does not depend on W'],
    ['y = dL/dx', '7:7 shape dL/dx takes 1 index, not none'],
    ['g[j] = W[j,1] : dL/dx[j]', '7:19 shape j runs over 2 in g, but dimension 1 of x has 3'],
  ])('%s', (claim, wanted) =>
    expectOnly(`${head}  a[i] = x[i]^2\n  L = sum(i: a[i])\nbackward\n  ${claim}`, wanted),
  );

  it('says of a text without formulas what is missing', () => {
    expectOnly('', '1:1 empty this model computes nothing');
    expectOnly('given x = 1', '1:1 empty this model computes nothing');
  });

  it('tells all mistakes of a text at once', () => {
    expect(findings(`${head}  y = 1 +\n  z = (2\n  a = 2 · 3`)).toHaveLength(3);
  });

  it('points at the place with a caret', () => {
    const text = `${head}  y[j] = sum(i: W[j,i] * xx[i])`;
    expect(showDiagnostic(text, compileModel(text).diagnostics[0])).toBe(
      'line 4, column 26: there is no xx here; do you mean x? (name)\n    y[j] = sum(i: W[j,i] * xx[i])\n                           ^^^^^',
    );
  });

  it('finds the place in a matrix of several lines', () => {
    expectOnly(
      'param W = [[1, 2],\n  # the second row\n\n  [3, x]]\nforward\n  y = 1',
      '4:7 syntax expected a number',
    );
  });

  it.each([
    [
      'show y: 2dp\nshow y: 3dp',
      '6:6 show y stands here and in line 5; this line holds, leave the other out',
    ],
    [
      'write y as a\nwrite y as b',
      '6:7 write y stands here and in line 5; this line holds, leave the other out',
    ],
    [
      'say y as "a"\nsay y as "b"',
      '6:5 say y stands here and in line 5; this line holds, leave the other out',
    ],
  ])('warns where two lines say what one can: %s', (lines, told) => {
    const { model, diagnostics } = compileModel(`${head}  y = sum(j, i: W[j,i] * x[i])\n${lines}`);
    expect(model).toBeDefined();
    expect(diagnostics.map(({ span, message }) => `${span.line}:${span.column} ${message}`)).toEqual([told]);
  });

  it('lets a cell have other digits than its quantity', () => {
    const { diagnostics } = compileModel(`${head}  y[i] = x[i] * W[1,i]\nstore y: 2dp  y[1]: 3dp  y: 2dp`);
    expect(diagnostics).toEqual([]);
  });

  it('warns where an update uses what nobody claims to be a gradient', () => {
    const { model, diagnostics } = compileModel(
      `${head}  L = sum(i: x[i])\nbackward\n  g[j,i] = W[j,i]\nupdate\n  W[j,i] <- W[j,i] - g[j,i]`,
    );
    expect(model).toBeDefined();
    expect(diagnostics).toMatchObject([
      { severity: 'warning', rule: 'unclaimed', span: { line: 8, column: 22 } },
    ]);
  });
});

describe('what may be written', () => {
  it('is a matrix over several lines, with comments between', () => {
    const { model } = compileModel(
      'param W = [[1, 2],  # first\n  # second\n\n  [3, 4]]\nforward\n  y = W[2,1]',
    );
    expect([...(model?.quantities.get('W')?.numbers ?? [])]).toEqual([1, 2, 3, 4]);
  });

  it('is nothing that is too deep to be walked', () => {
    const deep = [
      `${'('.repeat(40000)}1`,
      `${'-'.repeat(40000)}1`,
      `${'1+'.repeat(40000)}1`,
      `x[${'('.repeat(40000)}1`,
    ];
    for (const text of deep) expect(findings(`${head}  y = ${text}`).length).toBeGreaterThan(0);
    const long = `${'1+'.repeat(990)}1`;
    expect(findings(`${head}  y = ${long}`)).toEqual([]);
  });
});

it('says one entry of one', () => {
  const { diagnostics } = compileModel('given x = [1, 2]\ngiven t = [1]\nforward\n  y = sum(i: x[i] * t[i])');
  expect(diagnostics.map(({ message }) => message)).toEqual(['i runs over 2 in x[i], but t has 1 entry']);
});
