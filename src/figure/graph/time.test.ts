import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { uniform } from '../../number/random.ts';
import type { Program } from '../../program/program.ts';
import { figureFault, figureOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';

const recurrent = (moments: number) => `given x[${moments}] = 0.5
param w = [0.4, -0.3]
param u = [[0.5, 0.2], [-0.1, 0.6]]
param v = [0.7, -0.9]
forward
  h[t,j] = tanh(w[j] * x[t] + sum(i: u[j,i] * h?[t-1,i]))
  y[t] = sum(j: v[j] * h[t,j])
  L = (1 - y[${moments}])^2
backward
  δ[t,j] : -dL/dh[t,j]
update
  u[j,i] <- u[j,i] - 0.1 * dL/du[j,i]`;

const text = { time: 'h', gradient: 'δ[t,j]' };
const program = programOf(recurrent(4));
const told = (value: string) => (value === '–' ? undefined : Number(value.replaceAll('−', '-')));
const classOf = (mark: { readonly attributes: Readonly<Record<string, string | number>> }) =>
  String(mark.attributes.class);

describe('a network unrolled in time', () => {
  it.each([
    ['as it is', new Machine(program, 'lesson')],
    ['after an edit', new Machine(program, 'full', editsOf(new Map([['x[2]', -2]])))],
  ])('has the machine’s numbers %s', (_, machine) => {
    const figure = figureOf(program, text);
    const steps = Array.from({ length: 10 }, (_, n) => Math.floor(uniform(3, 1, n) * 3 * program.size));
    for (const step of [0, ...steps, program.size]) {
      const moment = new Moment(machine, step);
      const { table, marks } = figure.at(moment);
      const sizeOf = (name: string, t: number) => {
        const [a, b] = [1, 2].map((j) => moment.value(name, 'old', [t, j]));
        return a === undefined || b === undefined
          ? undefined
          : Number(Math.sqrt(a * a + b * b).toPrecision(4));
      };
      const expected = [1, 2, 3, 4].map((t) => [t, sizeOf('h', t), sizeOf('δ', t)]);
      expect(table.slice(1).map(([t, ...rest]) => [Number(t), ...rest.map(told)])).toEqual(expected);
      // A bar for every size that is there, none for the others.
      const bars = marks.filter((one) => classOf(one).startsWith('bar'));
      expect(bars).toHaveLength(expected.filter(([, , size]) => size !== undefined).length);
      const missing = marks.filter(
        ({ tag, attributes }) => tag === 'circle' && /missing/.test(String(attributes.class)),
      );
      const computed = ['h', 'y'].flatMap((name) =>
        [1, 2, 3, 4].flatMap((t) =>
          (name === 'y' ? [[t]] : [1, 2].map((j) => [t, j])).map((cell) => moment.value(name, 'old', cell)),
        ),
      );
      expect(missing).toHaveLength(computed.filter((one) => one === undefined).length);
    }
  });

  it('has bars from 0, as high as they are large', () => {
    const { marks, table } = figureOf(program, text).at(
      new Moment(new Machine(program, 'full'), program.size),
    );
    const bars = marks.filter((one) => classOf(one).startsWith('bar')).map(({ attributes }) => attributes);
    const sizes = table.slice(1).map(([, , size]) => told(size) as number);
    expect(bars).toHaveLength(4);
    bars.forEach((one, n) => {
      expect(Number(one.height) / Number(bars[3].height)).toBeCloseTo(sizes[n] / sizes[3], 3);
      expect(Number(one.y) + Number(one.height)).toBeCloseTo(Number(bars[0].y) + Number(bars[0].height), 9);
    });
  });

  it('has the arrows of one weight alike, and says which', () => {
    const { marks, text: said } = figureOf(program, text).at(new Moment(new Machine(program, 'full'), 0));
    const arrows = (kind: string) => marks.filter((one) => classOf(one) === `arrow ${kind}`).length;
    // At each of four moments, between each two, at each; and one of each in the legend.
    expect([arrows('way-1'), arrows('way-2'), arrows('way-3'), arrows('plain')]).toEqual([5, 4, 5, 0]);
    expect(
      marks
        .filter(({ tag }) => tag === 'text')
        .slice(-3)
        .map((one) => one.text),
    ).toEqual(['w', 'u', 'v']);
    expect(said).toBe(
      'A network unrolled in time, with h, over 4 moments. At every moment it uses the same w, u, v. Bars of the size of δ[t,j]. Nothing of it is computed yet.',
    );
  });

  it('marks the moment of the present step, going forward and back', () => {
    const machine = new Machine(program, 'full');
    const figure = figureOf(program, text);
    for (const name of ['h', 'δ'])
      for (const t of [1, 3, 4]) {
        const step = program.writing(name, 'old', [t, 2])?.last as number;
        const { marks, text: said } = figure.at(new Moment(machine, step));
        expect(said).toContain(`The present step is at moment ${t}.`);
        const [band] = marks.filter((one) => classOf(one) === 'moment now');
        expect(band.attributes.x).toBe(36 + 75 * (t - 1));
        expect(marks.filter((one) => classOf(one) === 'tick now').map((one) => one.text)).toEqual([
          String(t),
        ]);
      }
    const { marks } = figure.at(new Moment(machine, 0));
    expect(marks.some((one) => classOf(one).includes('now'))).toBe(false);
  });

  it('has its units to be pointed at', () => {
    const { marks } = figureOf(program, text).at(new Moment(new Machine(program, 'full'), 0));
    const cells = marks.filter(({ tag }) => tag === 'circle').map(({ cell }) => cell);
    expect(cells).toEqual(expect.arrayContaining(['x[1]', 'h[1,1]', 'h[4,2]', 'y[4]']));
    expect(new Set(cells).size).toBe(4 + 8 + 4);
  });

  it('shows the last moments where there are many, and says so', () => {
    const long = programOf(recurrent(40));
    const {
      table,
      text: said,
      marks,
      width,
    } = figureOf(long, text).at(new Moment(new Machine(long, 'full'), long.size));
    expect(table.slice(1).map(([t]) => Number(t))).toEqual(Array.from({ length: 16 }, (_, n) => 25 + n));
    expect(said).toContain('over 40 moments. It shows the last 16 of 40 moments.');
    expect(marks.at(-1)?.text).toBe('the last 16 of 40 moments');
    expect(width).toBeLessThanOrEqual(351);
  });

  it('is also of one number at each moment, which its bar is', () => {
    const { marks, table } = figureOf(program, { time: 'y', gradient: 'y[t]' }).at(
      new Moment(new Machine(program, 'full'), program.size),
    );
    expect(marks.filter((one) => classOf(one).startsWith('bar')).map(({ cell }) => cell)).toEqual([
      'y[1]',
      'y[2]',
      'y[3]',
      'y[4]',
    ]);
    for (const [, size, same] of table.slice(1)) expect(same).toBe(size);
  });
});

describe('what is wrong with it is told at its line:', () => {
  const many = programOf(
    `given x[3] = 1\n${Array.from({ length: 9 }, (_, n) => `param w${n} = ${n}`).join('\n')}\nforward\n  h[t] = w0 * x[t] + ${Array.from({ length: 8 }, (_, n) => `w${n + 1} * g${n}?[t-1]`).join(' + ')}\n${Array.from({ length: 8 }, (_, n) => `  g${n}[t] = ${n + 1} * h[t]`).join('\n')}`,
  );

  it.each<[FigureText, string, Program?]>([
    [{ time: 'h', gradient: 'h[j]' }, 'time: this model has no moments', programOf(lecture)],
    [{ time: '', gradient: 'δ[t,j]' }, 'time: time needs a quantity with moments: x, h, y'],
    [{ time: 'q', gradient: 'δ[t,j]' }, 'time: q has no moments; these have: x, h, y'],
    [{ time: 'w', gradient: 'δ[t,j]' }, 'time: w has no moments; these have: x, h, y'],
    [
      { time: 'h' },
      'time: time needs a second line, an expression over the moments t, as in gradient: δ[t,j]',
    ],
    [{ time: 'h', gradient: 'q[t]' }, 'gradient: this model has no q'],
    [{ time: 'h', gradient: 'δ[t,j] > 0' }, 'gradient: a figure shows numbers, and this is a condition'],
    [
      { time: 'h', gradient: 'w[j]' },
      'gradient: the gradient runs over the moments, with the index t, but this runs over j',
    ],
    [
      { time: 'h', gradient: 'L' },
      'gradient: the gradient runs over the moments, with the index t, but this runs over none',
    ],
    [{ time: 'h', gradient: 'h[t]' }, 'time: more than 8 weights are shared here', many],
    [{ time: 'h', gradient: 'δ[t,j]', from: 'x' }, 'from: this kind of figure has no from'],
  ])('%j', (wrong, message, of = program) => {
    expect(figureFault(of, wrong)).toContain(message);
  });
});
