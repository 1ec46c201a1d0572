import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { exportNumpy } from './numpy.ts';
import { differences, exportMachine, findPython, runPython } from './python.testing.ts';
import { exportTorch } from './torch.ts';

const [numpy, torch] = [findPython('numpy'), findPython('torch')];

/** Samples of `count` images of `size` numbers each, in a batch of three. */
const images = (count: number, size: number, order: string) => `
sample x = [${Array.from({ length: count }, (_, row) => `[${Array.from({ length: size }, (_, at) => (7 * row + 3 * at) % 11)}]`)}]
param w = [${Array.from({ length: size }, (_, at) => at / size)}]
random r[2] = normal(5)
mode training
batch n = 3${order}
forward
  y = tanh(sum(i: w[i] * x[i]) / 50) + training * sum(j: r[j])
  L = y^2
update
  w[i] <- w[i] - 0.1 * dL/dw[i]
`;

/** How many samples a file says that it has. */
const rowsIn = (text: string): number => Number(/# samples: (\d+) of 50/.exec(text)?.[1]);

describe('what enters a frame', () => {
  it('is all samples where they are few', () => {
    const text = exportNumpy(exportMachine(images(4, 3, ''), 'full'), { title: 'few', frames: 1 });
    expect(text).toContain('        batch = (3 * frame + np.arange(3)) % 4\n        x = x_rows[batch]\n');
    expect(text).toContain(
      '\n# samples\nx_rows = np.array([[0.0, 3.0, 6.0], [7.0, 10.0, 2.0], [3.0, 6.0, 9.0], [10.0, 2.0, 5.0]])\n',
    );
  });

  it('is the samples of the frames where they are many', () => {
    const inTurn = exportNumpy(exportMachine(images(50, 30, ''), 'full'), { title: 'many', frames: 2 });
    expect(rowsIn(inTurn)).toBe(6);
    const shuffled = exportNumpy(exportMachine(images(50, 30, ', shuffled 3'), 'full'), {
      title: 'many',
      frames: 2,
    });
    expect(rowsIn(shuffled)).toBe(6);
    expect(shuffled).toContain('        batch = order[frame]\n');
  });

  it.skipIf(numpy === undefined || torch === undefined)(
    'is the same in Python, over more than an epoch',
    () => {
      const frames = 3;
      const texts = [
        images(4, 3, ''),
        images(4, 3, ', shuffled 2'),
        images(50, 30, ''),
        images(50, 30, ', shuffled 3'),
      ];
      const machines = texts.map((text) => exportMachine(text, 'full'));
      for (const [python, print] of [
        [numpy, exportNumpy],
        [torch, exportTorch],
      ] as const) {
        const files = machines.map((machine) => print(machine, { title: 'samples', frames }));
        const outcomes = runPython(python as string, files, frames);
        expect(outcomes.flatMap((outcome, at) => differences(outcome, machines[at], frames, 1e-12))).toEqual(
          [],
        );
      }
    },
  );

  it.skipIf(numpy === undefined)('is what the reader has made of it', () => {
    const frames = 2;
    const edited = (text: string, edits: [string, number][]) =>
      new Machine(compileProgram(text).program as Program, 'full', editsOf(new Map(edits)));
    const machines = [
      edited(lecture, [
        ['W1[1,2]', 0.25],
        ['x[2]', -1],
        ['eta', 0.1],
      ]),
      edited(images(4, 3, ''), [
        ['x[2,1]', 0.5],
        ['w[3]', 2],
      ]),
    ];
    const files = machines.map((machine) => exportNumpy(machine, { title: 'edited', frames }));
    const outcomes = runPython(numpy as string, files, frames);
    expect(outcomes.flatMap((outcome, at) => differences(outcome, machines[at], frames, 1e-12))).toEqual([]);
  });
});

describe('the judge', () => {
  const machine = exportMachine(lecture, 'full');

  it.skipIf(numpy === undefined)('sees a wrong line of NumPy', () => {
    const text = exportNumpy(machine, { title: 'wrong', frames: 1 }).replace(
      'W2.T @ δ2',
      'W2.T @ δ2 * 1.00000001',
    );
    const [outcome] = runPython(numpy as string, [text], 1);
    expect(differences(outcome, machine, 1, 1e-12)[0]).toMatch(/^frame 1: W1\[1,1\] is /);
  });

  it.skipIf(torch === undefined)('is told by PyTorch of a wrong derivative', () => {
    const text = exportTorch(machine, { title: 'wrong', frames: 1 }).replace(
      'torch.outer(-δ1, x)',
      'torch.outer(δ1, x)',
    );
    const [outcome] = runPython(torch as string, [text], 1);
    expect('error' in outcome && outcome.error).toContain('AssertionError: dL/dW1 is ');
  });
});
