import { expect } from 'vitest';
import { examinedRows } from '../../explain/examined/examined-frame.ts';
import { type Judgement, judge } from '../../explain/examined/judgement.ts';
import { Examiner } from '../../machine/inspect/examiner.ts';
import { Machine } from '../../machine/machine.ts';
import { runToEnd } from '../../machine/step/sliced-work.ts';
import { type Tried, type TriedModel, tried } from './statements.testing.ts';

/** How a model does before training with what it holds back. */
function held({ program }: TriedModel): Judgement {
  const rows = examinedRows(program.model).held;
  const examined = runToEnd(new Examiner(new Machine(program, 'full'), 'L').examine(0, rows));
  return judge(program.model, examined)[0];
}

/** Four samples, of which the last two are held back: y is given for each, the last two answers are 0.4 and 3. */
const single = (targets: string) =>
  held(
    tried(`sample x = [1, 2, 0.4, 3]\nsample t = ${targets}\nexamine y against t, last 2
forward\n  y = x\n  L = (t - y)^2`),
  );

/** Three answers for a sample, the second of them the greatest. */
const several = (targets: string, more = '') =>
  held(
    tried(`sample x = [1, 2, 3, 4]\nsample t = ${targets}\nexamine y against t, last 2\nindex k = 1..3${more}
forward\n  y[k] = x * [k = 2]\n  L = x`),
  );

const right = ({ classes }: Judgement): readonly (readonly [number, number | undefined])[] | undefined =>
  classes?.judged.map(({ wanted, answered }) => [
    wanted + 1,
    answered === undefined ? undefined : answered + 1,
  ]);

/** What the manual says of samples that are held back. */
export const examinationTries: readonly Tried[] = [
  [
    'holds the last 360 samples back: no iteration takes them',
    () => {
      const model = tried('sample x = [1, 2, 3, 4, 5]\nexamine y against x, last 2\nforward\n  y = x');
      expect([1, 2, 3, 4, 5, 6].map((frame) => model.value('y', frame))).toEqual([1, 2, 3, 1, 2, 3]);
      expect(examinedRows(model.program.model).held).toEqual([4, 5]);
    },
  ],
  [
    'the same with the rows of another table, `fresh`, computed as those of the table that the samples are read from',
    () => {
      const model = tried(
        'table d = "d.csv"\ntable fresh = "f.csv"\nsample x = d[1] / 2\nexamine y against x, on fresh\nforward\n  y = x\n  L = y',
        { 'd.csv': '1\n2\n3', 'f.csv': '8\n10' },
      );
      expect([1, 2, 3, 4].map((frame) => model.value('y', frame))).toEqual([0.5, 1, 1.5, 0.5]);
      expect(held(model)).toMatchObject({ count: 2, loss: 4.5 });
    },
  ],
  [
    'What is held back is examined forwards only, with the mode at 0',
    () => {
      const model = tried(
        'sample x = [1, 2, 3]\nmode training\nrandom r = normal(1)\nexamine y against x, last 1\nforward\n  y = x * (1 - training) + training * r\n  L = (x - y)^2',
      );
      expect(held(model).loss).toBe(0);
      expect(model.value('L')).not.toBe(0);
    },
  ],
  [
    'The targets are classes where each is one 1 among zeros, and then the greatest answer counts',
    () =>
      expect(right(several('[[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]'))).toEqual([
        [2, 2],
        [3, 2],
      ]),
  ],
  [
    'or where they are the labels or numbers of the answers',
    () => {
      expect(right(several('[1, 1, 2, 3]'))).toEqual([
        [2, 2],
        [3, 2],
      ]);
      expect(right(several('[0, 0, 7, 0]', '\nlabel k as 0, 7, 9'))).toEqual([
        [2, 2],
        [1, 2],
      ]);
    },
  ],
  [
    'or where they are two numbers, of which a single answer counts for the nearer',
    () =>
      expect(right(single('[0, 1, 1, 0]'))).toEqual([
        [2, 1],
        [1, 2],
      ]),
  ],
  [
    'Otherwise there is a loss and no right or wrong',
    () => {
      const { classes, loss } = single('[0, 1, 0.5, 2.5]');
      expect(classes).toBeUndefined();
      expect(loss).toBeCloseTo((0.1 ** 2 + 0.5 ** 2) / 2, 12);
    },
  ],
  [
    'A sample that is examined can be stepped through like any other',
    () => {
      const model = tried('sample x = [1, 2, 3]\nexamine y against x, last 1\nforward\n  y = 2*x');
      const machine = new Machine(model.program, 'full', [], 3);
      expect([1, 2].map((frame) => machine.value(frame, 'y', 'old', []))).toEqual([6, 6]);
      expect(model.value('y', 3)).toBe(2);
    },
  ],
];
