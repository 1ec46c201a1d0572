import { expect } from 'vitest';
import { batchTries } from './batches.testing.ts';
import { deviation, mean, numbers, share } from './data-lines.testing.ts';
import { examinationTries } from './examinations.testing.ts';
import { codeOf, tried, tryStatements } from './statements.testing.ts';

const page = '90-the-formula-language.md';
const [xor] = codeOf(page, 'Samples and batches');

/** A model that copies its sample, so that the values of `y` are the rows that it takes. */
const rows = (batch: string, count = 6) =>
  tried(`sample x = [${numbers(count, (n) => n + 1)}]\n${batch}\nforward\n  y = x`);
const taken = (batch: string, frames: number, count?: number) => {
  const model = rows(batch, count);
  return numbers(frames, (n) => n + 1).map((frame) => model.values('y', frame));
};

/** One weight, two samples: by hand, the losses' derivatives are 2 and −12. */
const two = (options: string) =>
  tried(`
    sample x = [1, 3]
    sample t = [1, 10]
    param w = 2
    batch n = 2${options}
    forward
      y = w * x
      L = (t - y)^2
    update
      w <- w - 0.1 * dL/dw`);
const [first, second] = [2 * (2 - 1) * 1, 2 * (6 - 10) * 3];

tryStatements(page, 'Samples and batches', {
  tried: [
    [
      'Which samples an iteration takes, and how many, is said apart from the formulas',
      () => {
        expect(tried(xor).shape('y')).toEqual([2]);
        for (const [line, shape] of [
          ['batch n = 4, shuffled 7', [4]],
          ['', []],
        ] as const) {
          const model = tried(xor.replace(/^batch.*$/m, line));
          expect([model.messages, model.shape('y')]).toEqual([[], shape]);
        }
      },
    ],
    [
      'data in samples: the first dimension counts them, and the formulas read one, as `x[i]`',
      () => {
        const model = tried('sample x = [[0, 1], [1, 0], [5, 6]]\nforward\n  y = 10*x[1] + x[2]');
        expect(model.program.model.samples?.count).toBe(3);
        expect(model.shape('x')).toEqual([2]);
        expect([1, 2, 3].map((frame) => model.value('y', frame))).toEqual([1, 10, 56]);
      },
    ],
    [
      'All sample data of a model have equally many',
      () => {
        const model = tried('sample x = [1, 2, 3]\nsample t = [1, 2]\nforward\n  y = x + t');
        expect(model.isRunnable).toBe(false);
        expect(model.messages.join()).toMatch(/t has 2 samples, but x has 3/);
      },
    ],
    [
      'an iteration takes one sample, in turn',
      () => expect(taken('', 5, 3)).toEqual([[1], [2], [3], [1], [2]]),
    ],
    [
      'an iteration takes four, or all there are; `n` is their index',
      () => {
        expect(taken('batch n = 4', 1)).toEqual([[1, 2, 3, 4]]);
        expect(taken('batch n = all', 2)).toEqual([
          [1, 2, 3, 4, 5, 6],
          [1, 2, 3, 4, 5, 6],
        ]);
        const named = tried('sample x = [1, 2, 3, 4]\nbatch m = 4\nforward\n  y = x\n  s = sum(m: y[m])');
        expect(named.value('s')).toBe(10);
      },
    ],
    [
      'a batch takes the last of an epoch and goes on with the first of the next',
      () =>
        expect(taken('batch n = 4', 3)).toEqual([
          [1, 2, 3, 4],
          [5, 6, 1, 2],
          [3, 4, 5, 6],
        ]),
    ],
    [
      'in another random order in every epoch, by this seed; otherwise `in turn`',
      () => {
        const epochs = (seed: number) => {
          const all = taken(`batch n = 3, shuffled ${seed}`, 16, 8).flat();
          return [0, 1, 2, 3, 4, 5].map((epoch) => all.slice(8 * epoch, 8 * epoch + 8));
        };
        const inTurn = [1, 2, 3, 4, 5, 6, 7, 8];
        for (const epoch of epochs(7)) expect([...epoch].sort()).toEqual(inTurn);
        expect(new Set(epochs(7).map(String)).size).toBe(6);
        expect(epochs(8)).not.toEqual(epochs(7));
        expect(taken('batch n = all, in turn', 1, 8)).toEqual([inTurn]);
      },
    ],
    [
      'the batch’s loss is the sum of its samples’ losses; otherwise their `mean`',
      () => {
        expect(two(', sum').value('dL/dw')).toBe(first + second);
        for (const options of ['', ', mean']) expect(two(options).value('dL/dw')).toBe((first + second) / 2);
      },
    ],
    [
      'all samples go through one formula before the next begins; otherwise each goes through forward and backward `by sample`',
      () => {
        expect(tried(xor.replace('shuffled 7', 'together')).finished.slice(0, 6)).toEqual([
          'y[1]',
          'y[2]',
          'L[1]',
          'L[2]',
          'dL/dy[1]',
          'dL/dy[2]',
        ]);
        for (const options of ['in turn', 'by sample'])
          expect(tried(xor.replace('shuffled 7', options)).finished.slice(0, 6)).toEqual([
            'y[1]',
            'L[1]',
            'dL/dy[1]',
            'y[2]',
            'L[2]',
            'dL/dy[2]',
          ]);
      },
    ],
    [
      'Both do the same operations and give the same bits',
      () => {
        const one = tried(xor.replace('shuffled 7', 'shuffled 7, together'));
        const other = tried(xor);
        expect(one.finished).not.toEqual(other.finished);
        expect([...one.finished].sort()).toEqual([...other.finished].sort());
        expect(one.program.size).toBe(other.program.size);
        for (const name of ['y', 'L', 'dL/dw', 'w']) {
          expect(one.operations(name)).toEqual(other.operations(name));
          for (const frame of [1, 7]) expect(one.values(name, frame)).toEqual(other.values(name, frame));
        }
      },
    ],
    [
      'numbers drawn anew in every iteration and for every sample: uniform between 0 and 1, or normal with mean 0 and deviation 1',
      () => {
        const drawn = (how: string) => {
          const model = tried(`random r[128] = ${how}(7)\nbatch n = 8\nforward\n  y[j] = r[j]`);
          expect(model.shape('y')).toEqual([8, 128]);
          const all = [1, 2, 3].flatMap((frame) => model.values('y', frame));
          expect(new Set(all).size).toBe(3 * 8 * 128);
          return all;
        };
        const uniform = drawn('uniform');
        expect(share(uniform, 0, 1)).toBe(1);
        for (const part of [0, 1, 2, 3])
          expect(Math.abs(share(uniform, part / 4, (part + 1) / 4) - 1 / 4)).toBeLessThan(0.04);
        const normal = drawn('normal');
        expect(Math.abs(mean(normal))).toBeLessThan(0.09);
        expect(Math.abs(deviation(normal) - 1)).toBeLessThan(0.07);
        expect(Math.abs(share(normal, -1, 1) - 0.6827)).toBeLessThan(0.045);
      },
    ],
    [
      'a number that is 1 while training and 0 while evaluating. Dropout is',
      () => {
        const model = tried(`
          given a = [${numbers(64, (n) => n + 1)}]
          random r[64] = uniform(7)
          mode training
          forward
            h[j] = a[j] * (training * [r[j] >= 0.5] / 0.5 + 1 - training)
            m = training`);
        const evaluated = model.otherwise('evaluate');
        expect([model.value('m'), ...evaluated('m')]).toEqual([1, 0]);
        expect(evaluated('h')).toEqual(numbers(64, (n) => n + 1));
        const kept = model.values('r').map((r) => r >= 0.5);
        expect(model.values('h')).toEqual(kept.map((isKept, n) => (isKept ? 2 * (n + 1) : 0)));
        expect(new Set(kept).size).toBe(2);
      },
    ],
    ...examinationTries,
    ...batchTries,
    [
      'Samples, random numbers and orders depend on the lines that declare them, with their seeds, and on the number of the iteration, but on nothing that is computed, so any step of the training can be visited again',
      () => {
        const noisy = `${xor.replace('\nforward', 'random r = normal(3)\n\nforward').replace('w[i] * x[i]', 'w[i] * (x[i] + r)')}`;
        const model = tried(noisy);
        const seen = (one: typeof model, frame: number) =>
          ['x', 't', 'r'].map((name) => one.values(name, frame));
        const [before, loss] = [seen(model, 5), model.values('L', 5)];
        const other = tried(noisy.replace('[0.5, -0.3]', '[3, 4]').replace('0.1', '0.5'));
        expect(seen(other, 5)).toEqual(before);
        expect(other.values('L', 5)).not.toEqual(loss);
        model.values('L', 200);
        model.values('L', 2);
        expect([seen(model, 5), model.values('L', 5)]).toEqual([before, loss]);
      },
    ],
    [
      'A reader changes sample data by row, `x[3,1]`, whichever iteration takes it',
      () => {
        const model = tried(
          'sample x = [[1, 2], [3, 4], [5, 6], [7, 8]]\nbatch n = 2, shuffled 7\nforward\n  y[i] = x[i]',
        );
        const changed = model.otherwise('train', { 'x[3,1]': 50 });
        for (const frame of [1, 2, 3, 4, 5, 6])
          expect(changed('y', frame)).toEqual(model.values('y', frame).map((one) => (one === 5 ? 50 : one)));
      },
    ],
  ],
  elsewhere: [
    {
      says: 'the debugger shows it so',
      file: 'e2e/data.spec.ts',
      title: 'says which sample a step works on, and in which epoch',
    },
  ],
  claimNothing: ['A model is written for one sample', 'Batch normalisation, with four samples'],
});
