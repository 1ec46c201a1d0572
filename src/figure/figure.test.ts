import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { programOf } from '../machine/testing/agreement.testing.ts';
import { lecture } from '../machine/testing/models.testing.ts';
import { figureFault, figureOf, planeOf, pointsOf } from './base/marks.testing.ts';
import type { FigureText } from './base/reader.ts';

const digits = `sample x = [[0, 1, 2, 3, 4, 5], [1, 0, 0, 0, 0, -1]]
param W = [[1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 1]]
batch n = all, mean, together
forward
  y[k] = sum(p: W[k,p] * x[p])
  L = sum(k: y[k]^2)
update
  W[k,p] <- W[k,p] - 0.01 * dL/dW[k,p]`;

const fault = (text: FigureText, model = digits) => figureFault(model, text);

describe('a figure’s numbers are the run’s', () => {
  const program = programOf(lecture);
  const machine = new Machine(program, 'lesson');
  const edited = new Machine(program, 'full', editsOf(new Map([['W1[1,2]', -2]])));

  it.each([
    ['as the lesson rounds', machine],
    ['after an edit', edited],
  ])('%s', (_, run) => {
    const figure = figureOf(program, { bars: 'h[i]' });
    for (const step of [0, 3, 9, 10, 18, 25, 60, 61, 75, 130]) {
      const moment = new Moment(run, step);
      const { table, marks } = figure.at(moment);
      const expected = [1, 2].map((i) => moment.newest('h', [i]).value);
      // What a cell has is told by the machine, whatever a figure makes of it.
      const told = table
        .slice(1)
        .map(([, text]) => (text === '–' ? undefined : Number(text.replace('−', '-'))));
      told.forEach((value, n) => {
        if (expected[n] === undefined || value === undefined) expect(value, `step ${step}`).toBe(expected[n]);
        else expect(value).toBeCloseTo(expected[n], 3);
      });
      expect(marks.filter(({ tag }) => tag === 'rect')).toHaveLength(
        expected.filter((one) => one !== undefined).length,
      );
    }
  });

  it('of the sample that it is asked for', () => {
    const program = programOf(digits);
    const moment = new Moment(new Machine(program, 'full'), 0);
    const image = figureOf(program, { image: 'x[p]', shape: '2 x 3' });
    expect(image.at(moment, 1).table).toEqual([
      ['', '1', '2', '3'],
      ['1', '0', '1', '2'],
      ['2', '3', '4', '5'],
    ]);
    expect(image.at(moment, 2).table[2]).toEqual(['2', '0', '0', '−1']);
    expect(image.at(moment, 2).text).toBe(
      'Image of x[p]. The greatest is 1, at row 1, column 1; the least is −1, at row 2, column 3.',
    );
  });

  it('also of an expression, and of a matrix by its indices', () => {
    const program = programOf(digits);
    const moment = new Moment(new Machine(program, 'full'), 0);
    expect(figureOf(program, { bars: 'sum(p: W[k,p])' }).at(moment).table.slice(1)).toEqual([
      ['1', '21'],
      ['2', '1'],
    ]);
    const { marks, width, height } = figureOf(program, { image: 'W[k,p]' }).at(moment);
    expect(marks.filter(({ cell }) => cell !== undefined).map(({ cell }) => cell)).toContain('W[2,6]');
    expect([width / height]).toEqual([3]);
  });
});

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

describe('entries are called as the model calls them', () => {
  const named = `${digits}\nlabel k as no, yes   p as 10..15`;
  const at = (text: FigureText) => {
    const program = programOf(named);
    return figureOf(program, text).at(new Moment(new Machine(program, 'full'), program.size));
  };

  it('in bars, under any letter, and in an expression', () => {
    for (const bars of ['y[k]', 'y[q]', '2 * y[r] + 1', 'sum(p: W[k,p])']) {
      const { table, marks, text } = at({ bars });
      expect(table.slice(1).map(([label]) => label)).toEqual(['no', 'yes']);
      expect(marks.filter(({ attributes }) => attributes.class === 'label').map(({ text }) => text)).toEqual([
        'no',
        'yes',
      ]);
      expect(text).toMatch(/The greatest is .*, at (no|yes); the least is .*, at (no|yes)\./);
    }
  });

  it('in rows and columns of an image, or in its squares', () => {
    const { table, text } = at({ image: 'W[k,p]' });
    expect(table[0]).toEqual(['', '10', '11', '12', '13', '14', '15']);
    expect(table.slice(1).map(([label]) => label)).toEqual(['no', 'yes']);
    expect(text).toContain('at row no, column 15;');
    const squares = at({ image: 'x[p]', shape: '2 x 3' });
    expect(squares.text).toContain('The greatest is 5, at 15;');
    expect(squares.table[0]).toEqual(['', '1', '2', '3']);
  });

  it('with bars so far apart that names have room, or are cut where there are too many', () => {
    const named = (label: string, count: number) => {
      const program = programOf(
        `given x[${count}] = 1\nforward\n  y[i] = x[i]\nlabel i as ${Array(count).fill(label).join(', ')}`,
      );
      const picture = figureOf(program, { bars: 'y[i]' }).at(new Moment(new Machine(program, 'full'), 0));
      const labels = picture.marks.filter(({ attributes }) => attributes.class === 'label');
      const [a, b] = labels.map(({ attributes }) => Number(attributes.x));
      return { text: labels[0].text ?? '', apart: b - a, width: picture.width, table: picture.table[1][0] };
    };
    expect(named('no', 4)).toMatchObject({ text: 'no', apart: 28 });
    const long = named('sentence', 3);
    expect(long.text).toBe('sentence');
    expect(long.apart).toBeGreaterThan(7 * 8);
    for (const count of [2, 10, 64]) {
      const { text, apart, width, table } = named('a very long name indeed', count);
      expect(table).toBe('a very long name indeed');
      expect(text).toMatch(/…$/);
      expect(7 * text.length).toBeLessThanOrEqual(apart);
      expect(width).toBeLessThanOrEqual(44 + Math.max(420, 28 * count) + 8);
    }
  });

  it('unless the figure has labels of its own', () => {
    expect(
      at({ bars: 'y[k]', labels: 'a, b' })
        .table.slice(1)
        .map(([label]) => label),
    ).toEqual(['a', 'b']);
  });
});

describe('what is missing is not drawn as 0', () => {
  const program = programOf(digits);
  const start = new Moment(new Machine(program, 'full'), 0);

  it('in bars and in words', () => {
    const { marks, text, table } = figureOf(program, { bars: 'y[k]', labels: 'yes, no' }).at(start);
    expect(marks.some(({ tag }) => tag === 'rect')).toBe(false);
    expect(table.slice(1)).toEqual([
      ['yes', '–'],
      ['no', '–'],
    ]);
    expect(text).toBe('Bars of y[k]. Nothing of it is computed yet.');
  });

  it('nor is what is no finite number', () => {
    const odd = programOf('given x = [1, 0]\nforward\n  y[i] = 1 / x[i]');
    const { text, marks } = figureOf(odd, { bars: 'y[i]' }).at(
      new Moment(new Machine(odd, 'full'), odd.size),
    );
    expect(text).toBe('Bars of y[i]. All are 1. 1 is no finite number.');
    expect(marks.filter(({ tag }) => tag === 'rect')).toHaveLength(1);
  });
});

describe('what is wrong with a figure is told at its line:', () => {
  it.each<[FigureText, string]>([
    [
      {},
      'undefined: a figure needs one line that says what it shows: bars, chain, curve, field, fit, function, histogram, image, matrix, regions, series, time',
    ],
    [
      { bars: 'y[k]', image: 'x[p]' },
      'image: a figure needs one line that says what it shows: bars, chain, curve, field, fit, function, histogram, image, matrix, regions, series, time',
    ],
    [{ bars: 'q[k]' }, 'bars: this model has no q; it has x, W'],
    [{ bars: 'W[k,p]' }, 'bars: bars run over one index, as y[k] over k, but this runs over k, p'],
    [{ bars: 'L' }, 'bars: bars run over one index, as y[k] over k, but this runs over none'],
    [{ image: 'y[k]' }, 'image: an image runs over two indices'],
    [{ bars: 'y[k] > 0' }, 'bars: a figure shows numbers, and this is a condition'],
    [{ bars: 'y[k]', labels: 'a' }, 'labels: there are 2 numbers, but 1 labels'],
    [{ bars: 'y[k]', labels: '0..9999999' }, 'labels: there are 2 numbers, but 3 labels'],
    [{ bars: 'y[k]', range: '1..0' }, 'range: a range is two numbers'],
    [{ bars: 'y[k]', shape: '1 x 2' }, 'shape: this kind of figure has no shape'],
    [
      { image: 'x[p]', shape: '4 x 4' },
      'shape: a shape is rows and columns, as in shape: 8 x 8, that make 6',
    ],
  ])('%j', (text, message) => {
    expect(fault(text)).toContain(message);
  });

  it('also where it would take too long', () => {
    const large = 'given x[1000] = 1\ngiven X[30,30] = 1\nforward\n  y = x[1] + X[1,1]';
    const long = 'sum(n, m = 1..3: x[n] * x[n]) * X[i,j]';
    expect(fault({ image: long }, large)).toContain(
      'image: this takes more than a million operations for one picture',
    );
    expect(fault({ function: `z * sum(n = 1..9999: z)`, over: 'z = 0..1' }, large)).toContain(
      'function: this takes more than a million',
    );
  });

  it('also where there is too much of it', () => {
    const large = 'given x[100] = 1\ngiven X[40,40] = 1\nforward\n  y = x[1] + X[1,1]';
    expect(fault({ bars: 'x[i]' }, large)).toBe('bars: these are 100 numbers; at most 64 can be shown so');
    expect(fault({ image: 'X[i,j]' }, large)).toBe(
      'image: these are 1600 numbers; at most 1024 can be shown so',
    );
  });
});
