import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { programOf } from '../machine/testing/agreement.testing.ts';
import { lecture } from '../machine/testing/models.testing.ts';
import { uniform } from '../number/random.ts';
import { figureFault, figureOf, numberIn } from './base/marks.testing.ts';
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

describe('at ten steps drawn by seed, after an edit and further iterations', () => {
  const program = programOf(lecture);
  const machine = new Machine(
    program,
    'full',
    editsOf(
      new Map([
        ['W1[2,1]', -1.5],
        ['x[2]', 0.25],
      ]),
    ),
  );
  const seed = 11;
  const steps = Array.from({ length: 10 }, (_, n) => Math.floor(uniform(seed, 1, n) * 6 * program.size));
  /** The newest numbers of W1 and g1, row by row, told by the machine. */
  const numbers = (moment: Moment, name: string) =>
    [1, 2].flatMap((i) => [1, 2].map((j) => moment.newest(name, [i, j]).value));
  const shown = (value: number | undefined) =>
    value === undefined ? undefined : Number(value.toPrecision(4));

  it('an image of which a step reads much has one edge, and few squares have one each', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, at) => at);
    const edges = (size: number) => {
      const sum = programOf(`given x = [${rows(size)}]\nforward\n  y = sum(i: x[i])`);
      const { marks } = figureOf(sum, { image: 'x[i]', shape: `2 x ${size / 2}` }).at(
        new Moment(new Machine(sum, 'full'), 2),
      );
      const classes = marks.map(({ attributes }) => String(attributes.class).split(' '));
      return ['square', 'whole'].map(
        (one) => classes.filter((all) => all.includes('read') && all.includes(one)).length,
      );
    };
    expect(edges(16)).toEqual([16, 0]);
    expect(edges(18)).toEqual([0, 1]);
  });

  it('an image for each value of an index has the numbers of each', () => {
    const images = figureOf(program, { image: 'W1[i,j]', shape: '1 x 2' });
    for (const step of steps) {
      const moment = new Moment(machine, step);
      const { table, marks, text } = images.at(moment);
      const told = table.filter(([head]) => head === '1').flatMap((row) => row.slice(1));
      expect(told.map(numberIn), `seed ${seed}, step ${step}`).toEqual(numbers(moment, 'W1').map(shown));
      expect(table.filter((_, row) => row % 2 === 0).map(([head]) => head)).toEqual(['i = 1', 'i = 2']);
      expect(marks.flatMap(({ cell }) => cell ?? [])).toEqual(['W1[1,1]', 'W1[1,2]', 'W1[2,1]', 'W1[2,2]']);
      expect(text).toMatch(/^Image of W1\[i,j\]\. The greatest is .*, at i = \d, row 1, column \d;/);
    }
    expect(fault({ image: 'W[k,p], W[k,p]', shape: '2 x 3' })).toBe(
      'image: an image for each value of an index stands alone',
    );
  });

  it.each(['W1', 'g1'])('matrices, images and histograms of %s have the run’s numbers', (name) => {
    const [matrix, image, bars] = (['matrix', 'image', 'histogram'] as const).map((kind) =>
      figureOf(program, {
        [kind]: `${name}[i,j]`,
        ...(kind === 'histogram' && { range: '-2..2', bins: '8' }),
      }),
    );
    for (const step of steps) {
      const moment = new Moment(machine, step);
      const expected = numbers(moment, name);
      for (const figure of [matrix, image]) {
        const { table, marks } = figure.at(moment);
        const told = table.slice(1).flatMap((row) => row.slice(1));
        const read = told.map((text) => (text === '–' ? undefined : numberIn(text)));
        expect(read, `seed ${seed}, step ${step}`).toEqual(expected.map(shown));
        const empty = marks.filter(({ attributes }) => String(attributes.class).includes('missing'));
        expect(empty).toHaveLength(expected.filter((one) => one === undefined).length);
      }
      const counts = bars
        .at(moment)
        .table.slice(1)
        .map((row) => Number(row[1]));
      const there = expected.filter((one) => one !== undefined);
      expect(counts, `seed ${seed}, step ${step}`).toEqual(
        Array.from({ length: 8 }, (_, n) => there.filter((one) => Math.floor((one + 2) / 0.5) === n).length),
      );
    }
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
