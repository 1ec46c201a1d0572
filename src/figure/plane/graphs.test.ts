import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { figureFault, figureOf, planeOf, pointsOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';

const fault = (text: FigureText, model: string) => figureFault(model, text);

describe('a function', () => {
  const program = programOf(lecture);
  const moment = new Moment(new Machine(program, 'full'), program.size);
  const text = { function: 'sigmoid(z)', over: 'z = -6..6', points: 'net1[i], net2[1]' };

  it('has its points where the run’s numbers are, and there its derivative', () => {
    const { table, marks } = figureOf(program, text).at(moment);
    expect(table[0]).toEqual(['', 'z', 'sigmoid(z)', 'slope']);
    const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
    const net = [0.35 * 0.1 + 0.9 * 0.8, 0.35 * 0.4 + 0.9 * 0.6];
    net.push(0.3 * sigmoid(net[0]) + 0.9 * sigmoid(net[1]));
    expect(table.slice(1).map(([label]) => label)).toEqual(['net1[1]', 'net1[2]', 'net2[1]']);
    table.slice(1).forEach(([, ...told], n) => {
      const [value, slope] = [sigmoid(net[n]), sigmoid(net[n]) * (1 - sigmoid(net[n]))];
      expect(told.map(Number)).toEqual([net[n], value, slope].map((one) => Number(one.toPrecision(4))));
    });
    expect(marks.filter(({ tag }) => tag === 'circle').map(({ cell }) => cell)).toEqual([
      'net1[1]',
      'net1[2]',
      'net2[1]',
    ]);
  });

  it('has a tangent in the picture that touches the curve', () => {
    const { marks } = figureOf(program, { ...text, range: '0..1' }).at(moment);
    const [tangent] = marks.filter(({ attributes }) => attributes.class === 'tangent');
    const { x1, y1, x2, y2 } = tangent.attributes as Record<string, number>;
    const plane = planeOf(marks);
    const [[left, low], [right, high]] = [plane(x1, y1), plane(x2, y2)];
    expect((high - low) / (right - left)).toBeCloseTo(0.2175, 3);
  });

  it('has no point where its number is not computed, and says so', () => {
    const { marks, text: said } = figureOf(program, text).at(new Moment(new Machine(program, 'full'), 0));
    expect(marks.some(({ tag }) => tag === 'circle')).toBe(false);
    expect(said).toBe('Function sigmoid(z), for z from −6 to 6. 3 are not computed yet.');
  });

  it('reads numbers of the run, and is none while they are not computed', () => {
    const figure = figureOf(program, {
      function: 'sigmoid(W1[1,1] * z + h[2])',
      over: 'z = -6..6',
      points: 'net1[1]',
    });
    const machine = new Machine(program, 'full');
    expect(
      figure
        .at(new Moment(machine, 3))
        .marks.filter(({ tag }) => tag === 'path')
        .map(({ attributes }) => attributes.d),
    ).toEqual(['']);
    for (const frame of [1, 3]) {
      const { table } = figure.at(new Moment(machine, frame * program.size));
      const [net, weight, h] = [
        machine.value(frame, 'net1', 'old', [1]),
        machine.value(frame, 'W1', 'new', [1, 1]),
        machine.value(frame, 'h', 'old', [2]),
      ];
      const value = 1 / (1 + Math.exp(-(weight * net + h)));
      expect(Number(table[1][2])).toBeCloseTo(value, 3);
      expect(Number(table[1][3])).toBeCloseTo(weight * value * (1 - value), 3);
    }
    expect(fault({ function: 'h[j] * z', over: 'z = 0..1' }, lecture)).toContain(
      'function: this has to be one number',
    );
  });

  it('has a point without room at the end beyond which it is', () => {
    const { marks } = figureOf(program, { ...text, over: 'z = -0.5..0.7', points: 'net1[i]' }).at(moment);
    const away = marks.filter(({ attributes }) => attributes.class === 'point away');
    // 0.755 is beyond 0.7, and 0.68 is not.
    expect(away.map(({ cell }) => cell)).toEqual(['net1[1]']);
    const [[[x, y]]] = pointsOf(away[0]);
    const plane = planeOf(marks);
    expect(plane(x - 7, y)[0]).toBeCloseTo(0.7, 2);
    expect(plane(x, y)[1]).toBeCloseTo(1 / (1 + Math.exp(-0.7)), 2);
  });

  it('is interrupted where it has no value', () => {
    const { marks } = figureOf(program, { function: '1/z', over: 'z = -1..1', range: '-5..5' }).at(moment);
    const [curve] = marks.filter(({ tag }) => tag === 'path');
    expect(String(curve.attributes.d).match(/M/g)).toHaveLength(2);
  });

  it.each<[FigureText, string]>([
    [{ function: 'sigmoid(z)' }, 'over: a function needs a line that names its variable'],
    [{ function: 'sigmoid(z)', over: 'z = 3..1' }, 'over: a function needs a line that names its variable'],
    [{ function: 'sigmoid(q)', over: 'z = 0..1' }, 'function: this model has no q; it has z'],
    [
      { function: 'sigmod(z)', over: 'z = 0..1' },
      'function: there is no function sigmod; do you mean sigmoid?',
    ],
    [
      { function: 'sigmoid(1)', over: 'z = 0..1' },
      'function: this reads no number of the model; name one, such as L',
    ],
    [
      { function: 'sigmoid(h)', over: 'h = 0..1' },
      'function: h is a name of the model; give the variable another one',
    ],
    [{ function: 'sigmoid(z)', over: 'z = 0..1', points: 'nets[i]' }, 'points: this model has no nets'],
    [{ function: 'sigmoid(z)', over: 'z = 0..1', labels: 'a' }, 'labels: this kind of figure has no labels'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(fault(wrong, lecture)).toContain(message);
  });
});

describe('a curve', () => {
  const program = programOf(lecture);
  const machine = new Machine(program, 'full');
  const text = { curve: 'L', over: 'W2[1,2] = -4..3' };

  /** The loss of an iteration that begins with another weight, by a run of its own. */
  const lossWith = (weight: number): number =>
    new Machine(program, 'full', editsOf(new Map([['W2[1,2]', weight]]))).value(1, 'L', 'old', []);

  it('has the loss at its number, and a tangent with the slope of differences', () => {
    const { table } = figureOf(program, text).at(new Moment(machine, program.size));
    const [[label, at, loss, slope], after] = table.slice(1);
    expect([label, at]).toEqual(['W2[1,2]', '0.9']);
    expect(Number(loss)).toBeCloseTo(lossWith(0.9), 5);
    const difference = (lossWith(0.9 + 1e-4) - lossWith(0.9 - 1e-4)) / 2e-4;
    expect(Number(slope)).toBeCloseTo(difference, 5);
    expect(after[0]).toBe('after the update');
    expect(Number(after[1])).toBeCloseTo(machine.value(1, 'W2', 'new', [1, 2]), 3);
    expect(Number(after[2])).toBeCloseTo(lossWith(machine.value(1, 'W2', 'new', [1, 2])), 5);
  });

  it('runs through the loss everywhere', () => {
    const { marks } = figureOf(program, { ...text, range: '0..0.2' }).at(new Moment(machine, program.size));
    const [curve] = marks.filter(({ tag }) => tag === 'path');
    const [places] = pointsOf(curve);
    const plane = planeOf(marks);
    expect(places.length).toBeGreaterThan(20);
    for (const place of [places[3], places[50], places[90]]) {
      const [weight, loss] = plane(...place);
      expect(loss).toBeCloseTo(lossWith(weight), 3);
    }
  });

  it('shows where the update leads only once it is done', () => {
    const figure = figureOf(program, text);
    const steps = (step: number) =>
      figure.at(new Moment(machine, step)).marks.filter(({ attributes }) => attributes.class === 'step')
        .length;
    expect([steps(0), steps(40), steps(program.size), steps(program.size + 1)]).toEqual([0, 0, 1, 0]);
  });

  it.each<[FigureText, string]>([
    [{ curve: 'L' }, 'over: a curve needs a line that names a number of a parameter'],
    [{ curve: 'L', over: 'x[1] = 0..1' }, 'over: x[1] is no number of a parameter'],
    [{ curve: 'L', over: 'W2[1,9] = 0..1' }, 'over: W2[1,9] is no number of a parameter'],
    [
      { curve: 'Q', over: 'W2[1,1] = 0..1' },
      'curve: this model computes no derivative of Q with respect to W2',
    ],
    [{ curve: 'L', over: 'W2[1,1] = 1..0' }, 'over: a curve needs a line'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(fault(wrong, lecture)).toContain(message);
  });
});

describe('a series', () => {
  const program = programOf(lecture);

  it('has the number at the end of each iteration that has been run, and of the present one what is computed', () => {
    const machine = new Machine(program, 'full');
    const figure = figureOf(program, { series: 'L' });
    for (let n = 0; n < 9; n++) machine.extend();
    const fresh = new Machine(program, 'full');
    const { table, marks } = figure.at(new Moment(machine, 5 * program.size));
    expect(table.slice(1).map(([frame]) => Number(frame))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const [frame, text] of table.slice(1))
      expect(Number(text)).toBeCloseTo(fresh.value(Number(frame), 'L', 'old', []), 5);
    expect(marks.filter(({ tag }) => tag === 'circle')).toHaveLength(1);
    // In the tenth, at its third step, there is no loss yet.
    const later = figure.at(new Moment(machine, 9 * program.size + 3));
    expect(later.table.at(-1)).toEqual(['10', '–']);
    expect(later.text).toContain('1 is not computed yet.');
  });

  it('has room for the iterations that it says', () => {
    const machine = new Machine(program, 'full');
    const lastTick = (iterations: string) =>
      figureOf(program, { series: 'L', iterations })
        .at(new Moment(machine, program.size))
        .marks.filter(({ text }) => text !== undefined)
        .at(-1)?.text;
    expect(lastTick('500')).toBe('500');
    expect(fault({ series: 'L', iterations: '0' }, lecture)).toBe(
      'iterations: iterations is a whole number from 1 to 1000',
    );
    expect(fault({ series: 'L', iterations: '1e3' }, lecture)).toContain('iterations: ');
    expect(fault({ bars: 'h[i]', iterations: '5' }, lecture)).toContain(
      'iterations: this kind of figure has no iterations',
    );
  });

  it('is also of a sum, and of nothing with an index', () => {
    expect(fault({ series: 'h[i]' }, lecture)).toContain(
      'series: a series is of one number in each iteration',
    );
    expect(fault({ series: 'sum(i: h[i])' }, lecture)).toBeUndefined();
  });
});
