import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture, SeededNumbers } from '../../machine/testing/models.testing.ts';
import { figureFault, figureOf, numberIn, planeOf, pointsOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';

/** As many digits as a figure shows. */
const shown = (value: number): number => Number(value.toPrecision(4));

const editing = (edits: Record<string, number>) => editsOf(new Map(Object.entries(edits)));

const curve = `
sample x = [-1, 0, 0.5, 2]
sample t = [1, 0, 0.25, 4]
batch n = all, mean, together
param w = [1, -2, 0.5]
param v = [1, 0.5, -1]
eta = 0.1
forward
  h[j] = tanh(w[j] * x)
  y = sum(j: v[j] * h[j])
  L = (t - y)^2
update
  v[j] <- v[j] - eta * dL/dv[j]
`;

describe('a fit', () => {
  const program = programOf(curve);
  const text = { fit: 'y', over: 'x = -2..3', data: 't', parts: 'v[j] * h[j]' };

  it('is the network’s function, its parts and the data', () => {
    const machine = new Machine(program, 'full');
    const frame = 4;
    const { marks, table, text: said } = figureOf(program, text).at(new Moment(machine, 4 * program.size));
    const v = [1, 2, 3].map((j) => machine.value(frame, 'v', 'old', [j]));
    const part = (x: number, j: number) => v[j] * Math.tanh([1, -2, 0.5][j] * x);
    const plane = planeOf(marks);
    const [whole] = marks.filter(({ attributes }) => attributes.class === 'curve');
    const parts = marks.filter(({ tag, attributes }) => tag === 'path' && attributes.class === 'part');
    expect(parts).toHaveLength(3);
    [...parts, whole].forEach((line, j) => {
      for (const point of pointsOf(line).flat()) {
        const [x, y] = plane(...point);
        expect(y).toBeCloseTo(j < 3 ? part(x, j) : part(x, 0) + part(x, 1) + part(x, 2), 1);
      }
    });
    const answers = [1, 2, 3, 4].map((n) => machine.value(frame, 'y', 'old', [n]));
    expect(table.slice(1).map((row) => row.slice(1).map(numberIn))).toEqual(
      [-1, 0, 0.5, 2].map((x, n) => [x, [1, 0, 0.25, 4][n], shown(answers[n])]),
    );
    const mean = answers.reduce((sum, one, n) => sum + (one - [1, 0, 0.25, 4][n]) ** 2, 0) / 4;
    expect(said).toContain(`The mean squared distance from its 4 targets is ${shown(mean)}.`);
  });

  it.each<[FigureText, string]>([
    [{ fit: 'y' }, 'over: this needs a line that names a given number'],
    [{ ...text, fit: 'h[j]' }, 'fit: this has to be one number'],
    [{ ...text, data: 'y' }, 'data: y is no given number or data'],
    [{ ...text, over: 'v[1] = 0..1, v[2] = 0..1' }, 'over: this needs a line'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(figureFault(curve, wrong)).toContain(message);
  });
});

describe('a series of several numbers', () => {
  const program = programOf(lecture);

  it('has a line and a column for each, also for other runs', () => {
    const machine = new Machine(program, 'full');
    const several = figureOf(program, { series: 'L, W2[1,1]' }).at(new Moment(machine, 3 * program.size));
    expect(several.table[0]).toEqual(['iteration', 'L', 'W2[1,1]']);
    expect(several.table.slice(1).map((row) => row.slice(1).map(numberIn))).toEqual(
      [1, 2, 3].map((frame) => [
        shown(machine.value(frame, 'L', 'old', [])),
        shown(machine.value(frame, 'W2', 'new', [1, 1])),
      ]),
    );
    const runs = figureOf(program, { series: 'L', runs: 'eta = 0.1, 30', iterations: '8', scale: 'log' });
    const { table, text } = runs.at(new Moment(machine, program.size));
    const others = [0.1, 30].map((eta) => new Machine(program, 'full', editing({ eta })));
    expect(table[0]).toEqual(['iteration', 'this run', 'eta = 0.1', 'eta = 30']);
    expect(table.slice(4).map((row) => row.slice(2).map(numberIn))).toEqual(
      [4, 5, 6, 7, 8].map((frame) => others.map((run) => shown(run.value(frame, 'L', 'old', [])))),
    );
    const [, end] = /With eta = 30 it is (\S+) at iteration 8\./.exec(text) ?? [];
    expect(numberIn(end)).toBe(shown(others[1].value(8, 'L', 'old', [])));
  });

  it('has equal factors as equal lengths on a log scale, and no place for what is not positive', () => {
    const halves = programOf('param a = 1\nforward\n  y = a\nupdate\n  a <- a / 2');
    const machine = new Machine(halves, 'full');
    const { marks } = figureOf(halves, { series: 'y', scale: 'log' }).at(
      new Moment(machine, 9 * halves.size),
    );
    const [line] = marks.filter(({ attributes }) => attributes.class === 'curve r0');
    const heights = pointsOf(line)
      .flat()
      .map(([, y]) => y);
    const steps = heights.slice(1).map((y, n) => y - heights[n]);
    for (const step of steps) expect(step).toBeCloseTo(steps[0], 0);
    const signs = programOf('param a = 1\nforward\n  y = a\nupdate\n  a <- -a / 2');
    const odd = figureOf(signs, { series: 'y', scale: 'log' }).at(
      new Moment(new Machine(signs, 'full'), 6 * signs.size),
    );
    const [pieces] = odd.marks.filter(({ attributes }) => attributes.class === 'curve r0');
    expect(pointsOf(pieces).flat()).toHaveLength(3);
  });

  it.each<[FigureText, string]>([
    [{ series: 'L, Q' }, 'series: this model has no Q'],
    [{ series: 'L, L, L, L, L' }, 'series: these are 5 numbers; at most 4'],
    [{ series: 'L', scale: 'square' }, 'scale: the only scale that is said is log'],
    [{ series: 'L, t[1]', runs: 'eta = 1' }, 'runs: runs are of one number'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(figureFault(lecture, wrong)).toContain(message);
  });
});

describe('a histogram', () => {
  const text = new SeededNumbers(3);
  const given = text.array([40]);
  const program = programOf(`given u = ${given}\nforward\n  s[n] = 2 * u[n]\n  d[n] = 1 / s[n]`);
  const values = JSON.parse(given) as number[];

  it('counts how many numbers lie where', () => {
    const {
      table,
      marks,
      text: said,
    } = figureOf(program, {
      histogram: 'u[n], s[n]',
      range: '-2..2',
      bins: '8',
    }).at(new Moment(new Machine(program, 'full'), program.size));
    const counts = (factor: number, n: number) =>
      values.filter((value) => {
        const bin = Math.floor((factor * value + 2) / 0.5);
        return factor * value <= 2 && (bin === n || (bin === 8 && n === 7));
      }).length;
    expect(table.slice(1).map((row) => row.slice(1).map(Number))).toEqual(
      Array.from({ length: 8 }, (_, n) => [counts(1, n), counts(2, n)]),
    );
    expect(marks.filter(({ tag }) => tag === 'rect')).toHaveLength(
      Array.from({ length: 8 }, (_, n) => Number(counts(1, n) > 0) + Number(counts(2, n) > 0)).reduce(
        (sum, one) => sum + one,
      ),
    );
    const mean = values.reduce((sum, one) => sum + one, 0) / 40;
    expect(said).toContain(`Histogram of u[n]. 40 numbers, mean ${String(shown(mean)).replace('-', '−')}`);
  });

  it('has a function of the run over it, on a scale of its own', () => {
    const model = programOf(
      `given u = ${given}\nparam a = 2\nforward\n  s[n] = a * u[n]\n  L = sum(n: s[n]^2)\nupdate\n  a <- a - 0.01 * dL/da`,
    );
    const figure = figureOf(model, {
      histogram: 'u[n]',
      over: 'x = -2..2',
      bins: '8',
      under: 'sigmoid(a * x)',
    });
    const machine = new Machine(model, 'full');
    const { marks } = figure.at(new Moment(machine, 2 * model.size));
    const a = machine.value(2, 'a', 'new', []);
    const plane = planeOf(marks);
    const [line] = marks.filter(({ attributes }) => attributes.class === 'curve');
    const most = Math.max(
      ...marks.filter(({ tag }) => tag === 'rect').map(({ attributes }) => plane(0, Number(attributes.y))[1]),
    );
    const points = pointsOf(line).flat();
    expect(points.length).toBeGreaterThan(50);
    for (const point of points) {
      const [x, y] = plane(...point);
      expect(y / most).toBeCloseTo(1 / (1 + Math.exp(-a * x)), 1);
    }
    expect(marks.map(({ text }) => text)).toContain('sigmoid(a * x), from 0 to 1');
  });

  it('counts nothing that is not computed, and says so', () => {
    const machine = new Machine(program, 'full');
    const none = figureOf(program, { histogram: 's[n]' }).at(new Moment(machine, 0));
    expect(none.marks.some(({ tag }) => tag === 'rect')).toBe(false);
    expect(none.text).toBe('Histogram of s[n]. Nothing of it is computed yet.');
    const some = figureOf(program, { histogram: 's[n]' }).at(new Moment(machine, 10));
    expect(some.text).toContain('10 numbers');
    expect(some.text).toContain('30 are not computed yet.');
  });

  it.each<[FigureText, string]>([
    [{ histogram: 'u[1]' }, 'histogram: a histogram is of several numbers'],
    [{ histogram: 'u[n]', bins: '1' }, 'bins: bins is a whole number from 2 to 60'],
    [{ histogram: 'u[n]', over: 'u[1] = 0..1' }, 'over: a function needs a line that names its variable'],
    [{ histogram: 'u[n]', under: 'x^2' }, 'over: a function needs a line that names its variable'],
    [{ histogram: 'u[n]', under: 'y^2', over: 'x = 0..1' }, 'under: this model has no y'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(figureFault(`given u = ${given}\nforward\n  s[n] = 2 * u[n]`, wrong)).toContain(message);
  });
});
