import { describe, expect, it } from 'vitest';
import { examinedRows } from '../../explain/examined/examined-frame.ts';
import { Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { bestFrame, type CoursePoint, ExaminationCourse } from './examination.ts';
import { finishedFrame } from './finished-frame.ts';

const text = `table m = moons(40, 0.1, 7)
sample x = m[x1..x2]
sample t = m[class]
param w = [0.1, -0.2]
param b = 0
examine y against t, last 8
forward
  y = sigmoid(sum(i: w[i] * x[i]) + b)
  L = (t - y)^2 / 2
update
  w[i] <- w[i] - 0.5 * dL/dw[i]
  b <- b - 0.5 * dL/db`;
const program = compileProgram(text).program as Program;

/** The course once nothing is going on any more. */
const settled = (machine: Machine, begin: (course: ExaminationCourse) => void) =>
  new Promise<ExaminationCourse>((resolve) => {
    const course: ExaminationCourse = new ExaminationCourse(machine, () =>
      setTimeout(() => course.progress === undefined && resolve(course)),
    );
    begin(course);
  });

/** How many of the samples held back a machine's numbers after a frame get right, and their loss, by hand. */
function byHand(machine: Machine, frame: number, rows: readonly number[]) {
  const at = (name: string, ...cell: number[]) =>
    frame === 0 ? machine.value(1, name, 'old', cell) : machine.value(frame, name, 'new', cell);
  const { quantities } = program.model;
  const found = rows.map((row) => {
    const [x, t] = ['x', 't'].map((name) => machine.inputs.sample(quantities.get(name) as never, row));
    const y = 1 / (1 + Math.exp(-(at('w', 1) * x[0] + at('w', 2) * x[1] + at('b'))));
    return { isRight: y > 0.5 === t[0] > 0.5, loss: (t[0] - y) ** 2 / 2 };
  });
  return {
    right: found.filter(({ isRight }) => isRight).length,
    loss: found.reduce((sum, { loss }) => sum + loss, 0) / rows.length,
  };
}

describe('the examinations of a run', () => {
  it('have every frame that is asked for, and others between the first and the furthest', async () => {
    const machine = new Machine(program, 'full');
    while (machine.furthest < 90) machine.extend();
    const course = await settled(machine, (one) => one.at(37));
    const frames = course.frames.map(({ frame }) => frame);
    expect(frames).toEqual([...frames].sort((a, b) => a - b));
    for (const frame of [0, 37, 90]) expect(frames).toContain(frame);
    expect(frames.length).toBeGreaterThan(3);
    const { held, trained } = examinedRows(program.model);
    for (const { frame, ...parts } of course.frames)
      for (const [part, rows] of [
        [parts.held, held],
        [parts.trained, trained],
      ] as const) {
        const wanted = byHand(machine, frame, rows);
        expect(part.count).toBe(rows.length);
        expect(part.right, `frame ${frame}`).toBe(wanted.right);
        expect(part.loss, `frame ${frame}`).toBeCloseTo(wanted.loss, 12);
      }
    expect(machine.furthest).toBe(90);
  });

  it('are made again where they are asked for again', async () => {
    const machine = new Machine(program, 'full');
    while (machine.furthest < 30) machine.extend();
    const course = await settled(machine, (one) => one.at(3));
    const again = await new Promise((resolve) => {
      const ask = (): void => {
        const found = course.at(3);
        if (found === undefined) setTimeout(ask);
        else resolve(found);
      };
      ask();
    });
    expect(again).toMatchObject({ frame: 3, held: { count: 8 }, trained: { count: 8 } });
  });

  it('stop when nobody wants them', () => {
    const course = new ExaminationCourse(new Machine(program, 'full'), () => expect.unreachable());
    course.at(0);
    course.stop();
    expect(course.progress).toBeUndefined();
  });
});

it('a moment has the parameters of the frame that is over', () => {
  const machine = new Machine(program, 'full');
  const { size } = program;
  expect(
    [0, 1, size - 1, size, size + 1, 2 * size].map((step) => finishedFrame(new Moment(machine, step))),
  ).toEqual([0, 0, 0, 1, 1, 2]);
});

it('the best frame has the least loss of what was held back, the first of equals', () => {
  const point = (frame: number, loss?: number, right = 0): CoursePoint => {
    const held = { count: 8, right, ...(loss !== undefined && { loss }) };
    return { frame, held, trained: { count: 8 } };
  };
  expect(bestFrame([point(0, 3), point(4, 1), point(9, 1), point(12, Number.NaN)])?.frame).toBe(4);
  expect(bestFrame([point(0, undefined, 3), point(4, undefined, 7), point(9, undefined, 6)])?.frame).toBe(4);
  expect(bestFrame([])).toBeUndefined();
});
