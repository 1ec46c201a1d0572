import { describe, expect, it } from 'vitest';
import { compileModel } from './compile.ts';
import { expectOnly, findings } from './findings.testing.ts';

const data = `sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
sample t = [0, 1, 1, 0]
param w = [0.1, 0.2]
state s = 0
`;
const rest = `
forward
  y = sum(i: w[i] * x[i])
  L = (t - y)^2
update
  w[i] <- w[i] - dL/dw[i]`;

describe('a mistake in a batch line is told at its place', () => {
  it.each([
    ['batch n = 5', '5:11 batch a batch of 5 is larger than the data, 4 samples; write batch n = all'],
    ['batch n = 0', '5:11 batch a batch has at least one sample'],
    [
      'batch n = 1.5',
      '5:11 syntax expected the number of samples, or all, a whole number, but here stands 1.5',
    ],
    ['batch n = -1', '5:11 syntax expected the number of samples, or all, a whole number'],
    ['batch n = 2, shufled 3', '5:14 batch shufled is no option of a batch; do you mean shuffled?'],
    [
      'batch n = 2, slowly',
      '5:14 batch slowly is no option of a batch; there are in turn, shuffled 7, mean,',
    ],
    ['batch n = 2, by hand', '5:14 batch by hand is no option of a batch'],
    [
      'batch n = 2, shuffled',
      '5:22 syntax expected a seed, as in shuffled 7, a whole number, but the line ends',
    ],
    ['batch n = 2, mean, sum', '5:20 batch this was said before'],
    ['batch n = 2 mean', '5:13 syntax mean is not expected here'],
    ['batch n = 1e9', '5:11 size this is larger than 1000000'],
    ['batch n = 2\nbatch m = 2', '6:7 twice there is one batch line already'],
    ['index n = 1..2\nbatch n = 2', '6:7 twice n is already declared as an index'],
  ])('%s', (line, wanted) => expectOnly(data + line + rest, wanted));

  it.each([
    ['sample x = [[1, 2], [3]]', '1:12 ragged the rows of x differ in length'],
    ['sample x = 3', '1:8 shape samples are a list, one entry for each, as in sample x = [0.1, 0.7, 0.3]'],
    ['sample x = [1, 2]\nsample t = [1, 2, 3]', '2:8 batch t has 3 samples, but x has 2'],
    [
      'given x = [1]\nbatch n = 1',
      '2:7 batch nothing differs from sample to sample here; declare data in samples',
    ],
    ['random r = uniform(1)\nbatch n = all', '2:11 batch there is no sample data to take all of'],
    ['random r = gauss(1)', '1:12 syntax expected uniform(seed) or normal(seed), but here stands gauss'],
    ['random r = normal()', '1:19 syntax expected a seed, a whole number, but here stands )'],
    ['random r = normal(0.5)', '1:19 syntax expected a seed, a whole number'],
    ['random r[0] = normal(1)', '1:10 shape random numbers come in at least one'],
    ['random r[1000, 1001] = normal(1)', '1:24 size these are more than 1000000 random numbers'],
    ['random r[2]', '1:12 syntax expected = after r, but the line ends'],
    ['mode training = 1', '1:15 syntax = is not expected here'],
    ['mode training\nmode training', '2:6 twice training is already defined'],
  ])('%s', (line, wanted) => expectOnly(`${line}\nforward\n  y = 1`, wanted));

  it.each(['x', 'r', 'training'])('%s is not renewed', (name) => {
    const text = `sample x = [1, 2]\nrandom r = normal(1)\nmode training\nforward\n  y = 1\nupdate\n  ${name} <- 2`;
    expectOnly(
      text,
      `7:3 assign <- updates what is kept from one iteration to the next, but ${name} enters anew in every iteration`,
    );
  });
});

describe('a term that all samples share, where their losses are summed up,', () => {
  const told = (loss: string, options = ', sum') =>
    findings(`${data}batch n = 2${options}${rest.replace('L = (t - y)^2', loss)}`);

  it.each([
    ['L = (t - y)^2 + 0.1 * sum(i: w[i]^2)', '8:32 batch this term with w is the same for every sample'],
    ['L = (0.1*w[1] - (t - y)^2) / 2', '8:12 batch this term with w'],
    ['L = w[1]^2 + sum(i: w[i] + w[2]*x[i])', '8:7 batch this term with w'],
    ['L = 0*t + w[1]', '8:13 batch this term with w'],
    ['q = w[1]^2\n  l = (t - y)^2 + 3*q\n  L = 2*l', '9:21 batch this term with q'],
  ])('is told: %s', (loss, wanted) => {
    const [found] = told(loss);
    expect(found).toContain(wanted);
    expect(found).toContain('counts it 2 times; what is to count once is a loss in a line of its own');
    expect(told(loss, '')).toEqual([]);
    expect(told(loss, ', mean')).toEqual([]);
  });

  it.each([
    'L = (t - y)^2',
    'L = (t - y)^2 * (1 + w[1]^2) / w[2]',
    'L = (t - y)^2 + s + 2',
    'L = log(w[1]^2 + t^2)',
    'L = sum(i: w[i]^2)',
    'l = (t - y)^2\n  L = sum(n: l[n]) + sum(i: w[i]^2)',
  ])('is not in %s', (loss) => expect(told(loss)).toEqual([]));
});

describe('a mistake in a formula of a batch is told in the words of one sample', () => {
  const within = (line: string, options = '') =>
    `${data}batch n = 2${options}\nforward\n  y = sum(i: w[i] * x[i])\n  ${line}`;
  it.each([
    ['z[i] = x[i,1]', '8:10 shape x takes 1 index, not 2'],
    ['z = x', '8:7 shape x takes 1 index, not none'],
    [
      'z = y[1]',
      '8:7 shape y is a single number and takes no index, not 1; a line is about one sample, and y is that',
    ],
    ['z = x[3]', '8:7 range this reads x at 3, but it runs from 1 to 2'],
    ['v[j] = sum(k=1..3: w?[k]) + x[j] + q[j]\n  q[k] = x[k] + sum(i: w[i])', ''],
    [
      'm = sum(n: y[n]) / 2\n  z = m + sum(n: y)',
      '9:18 batch this line mentions n, so it is about all samples, and y has a value for each; write y[n]',
    ],
    [
      'z[n] = x[1]',
      '8:10 batch this line mentions n, so it is about all samples, and x has a value for each; write x[n,…]',
    ],
    ['z[i,n] = x[n,i]', '8:3 batch the sample index stands first: z[n,i]'],
    [
      's <- s + y',
      '8:12 batch s is updated once for all samples, but y has a value for each; write sum(n: y[n]) / 2',
    ],
    [
      's <- s + x[1]',
      '8:12 batch s is updated once for all samples, but x has a value for each; write sum(n: x[n,…]) / 2',
    ],
    ['z = n * y', '8:7 name the index n has a value only where it stands on the left or in sum(n: …)'],
    ['z = y\nbackward\n  g[j] = x[j] : dz/dw[i]', '10:23 index i is not an index here'],
    [
      'z = y\nbackward\n  g[i,j] = x[j]*x[i] : dz/dw[i]',
      '10:24 claim the claim must name the same indices as g[i,j]',
    ],
    ['z = y\nbackward\n  g[i] = x[i] : dz/dx[i,j]', '10:25 index j is not an index here'],
    ['z = y\nstore x[3]: 2dp', '9:7 range x has the shape 2; there is no cell x[3]'],
    ['z = y\nstore y[1]: 2dp', '9:7 range y has the shape of a single number; there is no cell y[1]'],
  ])('%s', (line, wanted) => {
    if (wanted === '') expect(findings(within(line))).toEqual([]);
    else expectOnly(within(line), wanted);
  });

  it.each([
    ['w[i] + (t - y) * x[i]', 'x', '12:28'],
    ['w[i] - dL/dw[i] * (y + 1) / y', 'y', '12:39'],
    ['w[i] - step(y)', 'y', '12:23'],
    ['w[i] - (t - y)^2', 'y', '12:23'],
    ['w[i] - sum(j: x[j] * x[j])', 'x', '12:32'],
    ['w[i] - y * d', 'y', '12:18'],
    // A hand-written gradient may enter nonlinearly, and a shared quantity may be a factor.
    ['w[i] - (1 - y) / 2 * dL/dw[i] - w[i] * d^2 / sqrt(d + 1)', '', ''],
  ])('where an update is %s', (update, name, place) => {
    const text = within(`L = (t - y)^2\nbackward\n  d = 2*(y - t) : dL/dy\nupdate\n  w[i] <- ${update}`);
    const means = `an update reads the mean of ${name} over the batch, not ${name} of each sample`;
    if (name === '') expect(findings(text)).toEqual([]);
    else expectOnly(text, `${place} batch ${means}; compute`);
    expect(findings(text.replace('n = 2', 'n = 1'))).toEqual([]);
  });

  it('where samples are asked to go one by one, and cannot', () => {
    expectOnly(
      within('m = sum(n: y[n]) / 2', ', by sample'),
      '5:14 batch line 8 mentions n, so it needs all samples at once; write together',
    );
    const text = within('L = y^2\nforward\n  z = y + dL/dw[1]', ', by sample').replace(
      '\nforward\n  z',
      '\nbackward\n  z',
    );
    expectOnly(text, '5:14 batch z of one sample needs dL/dw of them all; write together');
    const { model } = compileModel(text.replace(', by sample', ''));
    expect(model?.batch).toMatchObject({ schedule: 'together', together: { line: 10, column: 3 } });
  });

  it('where there is no batch line', () => {
    const text = within('m = sum(n: y[n]) / 2').replace('batch n = 2\n', '');
    expectOnly(
      text,
      '7:14 batch y is of one sample at a time; to have several at once, write batch n = 4 above',
    );
    expectOnly(
      text.replace('y[n]', 'x[n,1]'),
      '7:14 batch x is of one sample at a time; to have several at once',
    );
  });
});
