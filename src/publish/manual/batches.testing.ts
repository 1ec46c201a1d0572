import { expect } from 'vitest';
import { codeOf, type Tried, tried } from './statements.testing.ts';

const [xor, normalisation] = codeOf('90-the-formula-language.md', 'Samples and batches');

/** A linear unit with two weights; two samples. */
const unit = (options: string, loss: string, update: string, backward = '') =>
  tried(`
    sample x = [[1, 2], [3, 4]]
    sample t = [1, 2]
    param w = [1, -2]
    batch n = 2${options}
    forward
      y = sum(i: w[i] * x[i])
      ${loss}
    ${backward}
    update
      w[i] <- w[i] - 0.1 * ${update}`);

const [xs, ts, ws] = [
  [
    [1, 2],
    [3, 4],
  ],
  [1, 2],
  [1, -2],
];
/** What the samples' losses (t − y)² have for derivatives by a weight (from 0). */
const slopes = (i: number) =>
  xs.map(([a, b], n) => -2 * (ts[n] - (ws[0] * a + ws[1] * b)) * (i === 0 ? a : b));
const total = (i: number) => slopes(i)[0] + slopes(i)[1];

/** The loss of each sample after batch normalisation of z, by hand, for four samples of two units. */
function normalised(z: readonly number[], targets: readonly number[]): number[] {
  const unitsOf = (j: number) => [0, 1, 2, 3].map((n) => z[2 * n + j]);
  const hats = [0, 1].map((j) => {
    const middle = unitsOf(j).reduce((a, b) => a + b) / 4;
    const spread = unitsOf(j).reduce((sum, one) => sum + (one - middle) ** 2, 0) / 4;
    return unitsOf(j).map((one) => (one - middle) / Math.sqrt(spread + 0.001));
  });
  return targets.map((t, n) => (t - hats[0][n] - 2 * hats[1][n]) ** 2);
}

const zs = [1, 2, 3, 5, 2, 7, 0, 1];
const targets = [1, 0, 2, -1];
const four = (lines: string, options = '') =>
  tried(`sample z = [[1, 2], [3, 5], [2, 7], [0, 1]]
sample t = [${targets}]
batch n = 4${options}
forward
${lines}
  L = (t - hat[1] - 2*hat[2])^2
backward
  δ[j] : dL/dz[j]`);
const normalisedModel = (options?: string) => four(normalisation.trimEnd().replace(/^/gm, '  '), options);

/** What the page's section on samples says of batches. */
export const batchTries: readonly Tried[] = [
  [
    'With a batch of more than one, everything that depends on the sample gets the index `n` in front: `y` is computed as `y[n]`',
    () => {
      const { formulas } = tried(xor);
      expect(formulas).toContain('y[n] = tanh(sum(i: w[i] * x[n,i]))');
      expect(formulas).toContain('L[n] = (t[n] - y[n])^2/2');
      expect(tried(xor.replace('n = 2', 'n = 1')).formulas).toContain('y = tanh(sum(i: w[i] * x[i]))');
    },
  ],
  [
    'A line `E = mean(n: L[n])` gives the loss of the batch a name; it changes nothing else',
    () => {
      const [named, plain] = [
        unit('', 'L = (t - y)^2\n      E = mean(n: L[n])', 'dL/dw[i]'),
        unit('', 'L = (t - y)^2', 'dL/dw[i]'),
      ];
      expect(named.messages).toEqual([]);
      expect(named.value('E')).toBe((named.value('L[1]') + named.value('L[2]')) / 2);
      for (const frame of [1, 2]) expect(named.values('w', frame)).toEqual(plain.values('w', frame));
    },
  ],
  [
    'What the samples share stays as it is, and `dL/dw[i]` is the derivative of the batch’s loss, gathered over the samples: `sum(n: dL/dy[n] * (1 - y[n]^2) * x[n,i]) / 2`',
    () => {
      const model = tried(xor);
      expect(model.shape('w')).toEqual([2]);
      expect(model.formulas).toContain('dL/dw[i] = sum(n: dL/dy[n] * (1 - y[n]^2) * x[n,i])/2');
      const loss = (w: readonly number[]) =>
        [0, 1].reduce((sum, n) => {
          const [a, b] = model.values('x').slice(2 * n);
          return sum + (model.values('t')[n] - Math.tanh(w[0] * a + w[1] * b)) ** 2 / 4;
        }, 0);
      const slope = [0, 1].map((i) => {
        const at = (step: number) => loss([0.5, -0.3].map((w, k) => (k === i ? w + step : w)));
        return (at(1e-5) - at(-1e-5)) / 2e-5;
      });
      for (const i of [0, 1]) expect(model.value(`dL/dw[${i + 1}]`)).toBeCloseTo(slope[i], 8);
    },
  ],
  [
    'A backward line of your own stays a line about one sample; where an update reads it, it reads the mean, or the sum, over the batch',
    () => {
      const backward = 'backward\n      g[i] = -2 * (t - y) * x[i]';
      for (const [options, share] of [
        ['', 1 / 2],
        [', sum', 1],
      ] as const) {
        const model = unit(options, 'L = (t - y)^2', 'g[i]', backward);
        expect(model.values('g')).toEqual([0, 1].flatMap((n) => [slopes(0)[n], slopes(1)[n]]));
        for (const i of [0, 1])
          expect(model.value(`w[${i + 1}]`)).toBeCloseTo(ws[i] - 0.1 * share * total(i), 13);
      }
    },
  ],
  [
    'what is multiplied sample by sample, as $δ_j x_i$, belongs in a backward line',
    () => {
      const model = unit('', 'L = (t - y)^2', 'δ * x[i]', 'backward\n      δ : dL/dy');
      expect(model.messages.join()).toMatch(/the mean of x over the batch, not x of each sample/);
      expect(model.isRunnable).toBe(false);
      const inBackward = unit(
        '',
        'L = (t - y)^2',
        'g[i]',
        'backward\n      δ : dL/dy\n      g[i] = δ * x[i] : dL/dw[i]',
      );
      expect(inBackward.messages).toEqual([]);
      const δ = slopes(0).map((slope, n) => slope / xs[n][0]);
      const means = ((δ[0] + δ[1]) / 2) * ((xs[0][0] + xs[1][0]) / 2);
      expect(ws[0] - inBackward.value('w[1]')).toBeCloseTo((0.1 * total(0)) / 2, 13);
      expect(Math.abs(means - total(0) / 2)).toBeGreaterThan(1);
    },
  ],
  [
    'Claims are judged on one sample, or on the batch where a line is about that',
    () => {
      const claimed = (right: string) =>
        unit('', 'L = (t - y)^2', 'g[i]', `backward\n      g[i] = ${right} : dL/dw[i]`).messages;
      expect(claimed('-2 * (t - y) * x[i]')).toEqual([]);
      expect(claimed('-2 * (t - y) * x[i] / 2').join()).toMatch(/off by the factor 1\/2/);
      expect(claimed('-2 * sum(n: (t[n] - y[n]) * x[n,i]) / 2')).toEqual([]);
      expect(claimed('-2 * sum(n: (t[n] - y[n]) * x[n,i])').join()).toMatch(/off by the factor 2/);
    },
  ],
  [
    'what no sample changes counts once where it is a loss of its own',
    () => {
      const model = unit(', sum', 'L = (t - y)^2\n      R = 0.01 * sum(i: w[i]^2)', '(dL/dw[i] + dR/dw[i])');
      expect(model.messages).toEqual([]);
      expect(model.value('R')).toBeCloseTo(0.05, 15);
      for (const i of [0, 1])
        expect(model.value(`w[${i + 1}]`)).toBeCloseTo(ws[i] - 0.1 * (total(i) + 0.02 * ws[i]), 13);
    },
  ],
  [
    'it counts once for each sample, as in every sum of $n$ such losses, so its strength would grow with the batch: a warning says so at its place',
    () => {
      const model = unit(', sum', 'L = (t - y)^2 + 0.01 * sum(i: w[i]^2)', 'dL/dw[i]');
      for (const i of [0, 1])
        expect(model.value(`w[${i + 1}]`)).toBeCloseTo(ws[i] - 0.1 * (total(i) + 2 * 0.02 * ws[i]), 13);
      expect(model.messages.join()).toMatch(/the sum over the batch counts it 2 times/);
      expect(model.places).toEqual([{ line: 7, column: '  L = (t - y)^2 + 0.01 * sum(i: w'.length }]);
    },
  ],
  [
    'With `mean` both are the same',
    () => {
      const term = unit(', mean', 'L = (t - y)^2 + 0.01 * sum(i: w[i]^2)', 'dL/dw[i]');
      const own = unit(', mean', 'L = (t - y)^2\n      R = 0.01 * sum(i: w[i]^2)', '(dL/dw[i] + dR/dw[i])');
      expect([...term.messages, ...own.messages]).toEqual([]);
      for (const i of [0, 1])
        for (const model of [term, own])
          expect(model.value(`w[${i + 1}]`)).toBeCloseTo(ws[i] - 0.1 * (total(i) / 2 + 0.02 * ws[i]), 13);
    },
  ],
  [
    'A line that writes `n` itself is about the batch, and must write it wherever it reads what has a value for each sample',
    () => {
      const about = (line: string) =>
        tried(`sample x = [1, 2, 3]\nbatch n = 3\nforward\n  y = 2 * x\n  m = ${line}`);
      expect(about('sum(n: y[n])').shape('m')).toEqual([]);
      expect(about('sum(n: y[n])').value('m')).toBe(12);
      for (const line of ['sum(n: y)', 'sum(n: y[n]) + y', 'sum(n: y[n] * x)']) {
        expect(about(line).isRunnable).toBe(false);
        expect(about(line).messages.join()).toMatch(/has a value for each; write [xy]\[n/);
      }
    },
  ],
  [
    'Such a model takes its samples `together`',
    () => {
      for (const options of ['', ', together']) {
        const model = normalisedModel(options);
        expect(model.program.model.batch?.schedule).toBe('together');
        normalised(zs, targets).forEach((loss, n) => {
          expect(model.value(`L[${n + 1}]`)).toBeCloseTo(loss, 12);
        });
      }
      expect(normalisedModel(', by sample').messages.join()).toMatch(
        /needs all samples at once; write together/,
      );
    },
  ],
  [
    'The derivative with respect to a quantity of a sample, such as `dL/dz[j]`, is that of all samples’ losses added up; without such a line, that is the loss of its own sample',
    () => {
      const added = (z: readonly number[]) => normalised(z, targets).reduce((a, b) => a + b);
      const model = normalisedModel();
      zs.forEach((_, at) => {
        const moved = (step: number) => added(zs.map((z, k) => (k === at ? z + step : z)));
        const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(model.values('δ')[at]).toBeCloseTo(slope, 6);
      });
      const alone = four('  hat[j] = 3 * z[j]').values('δ');
      zs.forEach((_, at) => {
        const n = Math.floor(at / 2);
        const error = targets[n] - 3 * zs[2 * n] - 6 * zs[2 * n + 1];
        expect(alone[at]).toBeCloseTo(-2 * error * 3 * ((at % 2) + 1), 12);
      });
    },
  ],
];
