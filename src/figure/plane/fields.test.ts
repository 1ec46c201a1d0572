import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { Moment } from '../../machine/moment.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture, SeededNumbers } from '../../machine/testing/models.testing.ts';
import { figureFault, figureOf, liesWithin, numberIn, planeOf, pointsOf } from '../base/marks.testing.ts';
import type { FigureText } from '../base/reader.ts';

/** As many digits as a figure shows. */
const shown = (value: number): number => Number(value.toPrecision(4));

const editing = (edits: Record<string, number>) => editsOf(new Map(Object.entries(edits)));

/** Two classes by one output, in no order. */
const points = `
sample x = [[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0.2]]
sample t = [0, 1, 1, 0, 1]
batch n = all, mean, together
param W = [[3, -2], [-1, 4]]
param b = [-1, -2]
param V = [4, 3]
eta = 0.5
forward
  z[j] = sum(i: W[j,i] * x[i]) + b[j]
  h[j] = sigmoid(z[j])
  y = sigmoid(sum(j: V[j] * h[j]) - 4)
  L = (t - y)^2 / 2
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]
  b[j] <- b[j] - eta * dL/db[j]
  V[j] <- V[j] - eta * dL/dV[j]
`;

describe('a field', () => {
  const program = programOf(lecture);
  const text = { field: 'L', over: 'W2[1,1] = -2..2, W2[1,2] = -1..3' };

  /** The loss with other weights to the output, by a run of its own that begins there. */
  const lossAt = (from: Machine, frame: number, x: number, y: number): number => {
    const edits: Record<string, number> = { 'W2[1,1]': x, 'W2[1,2]': y };
    for (const i of [1, 2])
      for (const j of [1, 2]) edits[`W1[${i},${j}]`] = from.value(frame, 'W1', 'old', [i, j]);
    return new Machine(program, 'full', editing(edits)).value(1, 'L', 'old', []);
  };

  it.each([
    ['as it is', {}],
    ['after an edit', { 'W2[1,1]': -1.5, 'x[1]': 2 }],
  ])('has the walk of the run and the heights of others, %s', (_, edits) => {
    const machine = new Machine(program, 'full', editing(edits));
    const figure = figureOf(program, text);
    for (const frame of [1, 4, 9]) {
      const { table, marks } = figure.at(new Moment(machine, frame * program.size));
      expect(table).toHaveLength(1 + Math.max(1, frame));
      for (const [iteration, x, y] of frame === 1 ? [] : table.slice(1))
        expect([x, y].map(numberIn)).toEqual(
          [1, 2].map((i) => shown(machine.value(Number(iteration), 'W2', 'old', [1, i]))),
        );
      const [point] = marks.filter(({ attributes }) => attributes.class === 'point');
      const plane = planeOf(marks);
      // All of it is done by then.
      plane(Number(point.attributes.cx), Number(point.attributes.cy)).forEach((at, n) => {
        expect(at).toBeCloseTo(machine.value(frame, 'W2', 'new', [1, n + 1]), 1);
      });
    }
  });

  it('has its level lines where the loss is that high', () => {
    const machine = new Machine(program, 'full');
    const { marks } = figureOf(program, text).at(new Moment(machine, 3 * program.size));
    const plane = planeOf(marks);
    const levels = marks.filter(({ attributes }) => attributes.class === 'level');
    expect(levels.length).toBeGreaterThan(4);
    for (const level of levels) {
      const places = pointsOf(level)
        .flat()
        .map(([x, y]) => plane(x, y))
        .filter(([x, y]) => Math.abs(x) < 1.9 && y > -0.9 && y < 2.9);
      const losses = places.filter((_, n) => n % 9 === 0).map(([x, y]) => lossAt(machine, 3, x, y));
      // Along a line it is the same.
      expect(Math.max(...losses) - Math.min(...losses)).toBeLessThan(2e-3);
    }
  });

  it('is the mean over a batch, where the loss is of each sample', () => {
    const batch = programOf(points);
    const figure = figureOf(batch, { field: 'L', over: 'V[1] = -6..6, V[2] = -6..6' });
    const { table } = figure.at(new Moment(new Machine(batch, 'full'), 0));
    const machine = new Machine(batch, 'full');
    const losses = [1, 2, 3, 4, 5].map((n) => machine.value(1, 'L', 'old', [n]));
    expect(numberIn(table[1][3])).toBeCloseTo(losses.reduce((sum, one) => sum + one, 0) / 5, 4);
  });

  it('has other runs beside the reader’s', () => {
    const figure = figureOf(program, { ...text, runs: 'eta = 0.5, 20', iterations: '6' });
    const { marks } = figure.at(new Moment(new Machine(program, 'full'), program.size));
    const plane = planeOf(marks);
    [0.5, 20].forEach((eta, n) => {
      const run = new Machine(program, 'full', editing({ eta }));
      const [walk] = marks.filter(
        ({ tag, attributes }) => tag === 'path' && attributes.class === `walk r${n + 1}`,
      );
      const places = pointsOf(walk).flat();
      expect(places).toHaveLength(6);
      places.forEach((place, at) => {
        plane(...place).forEach((value, d) => {
          expect(Math.abs(value - run.value(at + 1, 'W2', 'old', [1, d + 1]))).toBeLessThan(0.02);
        });
      });
    });
  });

  it.each<[FigureText, string]>([
    [{ field: 'L' }, 'over: this needs a line that names two given numbers'],
    [{ field: 'L', over: 'W2[1,1] = 0..1' }, 'over: this needs a line that names two given numbers'],
    [{ field: 'L', over: 'W2[1,1] = 0..1, h[1] = 0..1' }, 'over: h[1] is no given number'],
    [{ field: 'L', over: 'W2[1,1] = 0..1, W2[1,2] = 1..0' }, 'over: this needs a line'],
    [{ field: 'h[j]', over: 'x[1] = 0..1, x[2] = 0..1' }, 'field: this has to be one number'],
    [{ field: 'Q', over: 'x[1] = 0..1, x[2] = 0..1' }, 'field: this model has no Q'],
    [{ ...text, runs: 'mu = 1' }, 'runs: runs needs a given number'],
    [{ ...text, runs: 'eta = one' }, 'runs: runs needs a given number'],
    [{ ...text, runs: 'eta = 1, 2, 3, 4, 5' }, 'runs: runs needs one to 4 values'],
  ])('is told what is wrong with it: %j', (wrong, message) => {
    expect(figureFault(lecture, wrong)).toContain(message);
  });
});

describe('the arrows of a field', () => {
  const program = programOf(points);
  const text = {
    field: 'L',
    over: 'V[1] = -6..6, V[2] = -6..6',
    arrows: '-(t - y)*y*(1-y)*h[1], -(t - y)*y*(1-y)*h[2]',
  };

  it('are the gradients of the samples, whose mean is that of the batch', () => {
    const machine = new Machine(program, 'full');
    const { marks, text: said } = figureOf(program, text).at(new Moment(machine, 2 * program.size));
    const plane = planeOf(marks);
    const arrows = marks.filter(({ attributes }) => String(attributes.class).startsWith('arrow'));
    const directions = arrows.map((arrow) => {
      const [[from, to]] = pointsOf(arrow).map((one) => one.map(([x, y]) => plane(x, y)));
      return Math.atan2(to[1] - from[1], to[0] - from[0]);
    });
    const gradient = (n: number, j: number) => {
      const [y, h] = [machine.value(2, 'y', 'old', [n]), machine.value(2, 'h', 'old', [n, j])];
      return -([0, 1, 1, 0, 1][n - 1] - y) * y * (1 - y) * h;
    };
    const expected = [1, 2, 3, 4, 5].map((n) => [gradient(n, 1), gradient(n, 2)]);
    const longest = Math.max(...expected.map((one) => Math.hypot(...one)));
    const drawn = expected.filter((one) => Math.hypot(...one) > 0.05 * longest);
    drawn.forEach(([x, y], n) => {
      expect(Math.abs(directions[n] - Math.atan2(y, x))).toBeLessThan(0.1);
    });
    // The model's own derivative is that of the mean.
    const [x, y] = [1, 2].map((j) => machine.value(2, 'dL/dV', 'old', [j]));
    const mean = [0, 1].map((d) => expected.reduce((sum, one) => sum + one[d], 0) / 5);
    expect(x).toBeCloseTo(mean[0], 12);
    expect(y).toBeCloseTo(mean[1], 12);
    const [, told] = /their mean, (\S+), /.exec(said) ?? [];
    expect(numberIn(told)).toBe(shown(x));
  });

  it('are not drawn while they are not computed, nor a mean of some of them', () => {
    const machine = new Machine(program, 'full');
    const figure = figureOf(program, text);
    expect(figure.at(new Moment(machine, 0)).text).toContain('0 arrows.');
    const some = Array.from({ length: program.size }, (_, step) => figure.at(new Moment(machine, step)).text);
    expect(some.filter((one) => /\b[1-4] arrows?\.$/.test(one)).length).toBeGreaterThan(0);
    expect(some.filter((one) => /[1-4] arrows, one a sample/.test(one))).toEqual([]);
  });

  it.each<[FigureText, string]>([
    [{ ...text, arrows: 'y' }, 'arrows: arrows are two numbers of each sample'],
    [{ ...text, arrows: 'h[j], y' }, 'arrows: arrows are two numbers of each sample'],
    [{ ...text, arrows: 'q, y' }, 'arrows: this model has no q'],
  ])('are told what is wrong with them: %j', (wrong, message) => {
    expect(figureFault(points, wrong)).toContain(message);
  });
});

describe('regions', () => {
  const program = programOf(points);
  const text = { regions: 'y', over: 'x[1] = -1..2, x[2] = -1..2', data: 't', lines: 'z[j]' };

  it('equal the model’s answers at places drawn by seed', () => {
    const machine = new Machine(program, 'full');
    const frame = 6;
    const { marks } = figureOf(program, text).at(new Moment(machine, (frame - 1) * program.size + 5));
    const plane = planeOf(marks);
    const within = (name: string) =>
      marks
        .filter(({ attributes }) => attributes.class === name)
        .slice(0, 1)
        .flatMap(pointsOf)
        .map((ring) => ring.map(([x, y]) => plane(x, y)));
    const numbers = new SeededNumbers(5);
    let judged = 0;
    for (let n = 0; n < 60; n++) {
      const place = [numbers.whole(-95, 195) / 100, numbers.whole(-95, 195) / 100] as const;
      const parameters = Object.fromEntries(
        (['W', 'b', 'V'] as const).flatMap((name) => {
          const cells =
            name === 'W'
              ? [
                  [1, 1],
                  [1, 2],
                  [2, 1],
                  [2, 2],
                ]
              : [[1], [2]];
          return cells.map((cell) => [`${name}[${cell}]`, machine.value(frame, name, 'old', cell)]);
        }),
      );
      const run = new Machine(
        program,
        'full',
        editing({ ...parameters, 'x[1,1]': place[0], 'x[1,2]': place[1] }),
      );
      const answer = run.value(1, 'y', 'old', [1]);
      // The grid is as fine as a fiftieth of the plane: beside the border it is not asked.
      if (Math.abs(answer - 0.5) < 0.03) continue;
      judged++;
      expect(liesWithin(within('region c1'), place), `seed 5, ${place}: ${answer}`).toBe(answer > 0.5);
      expect(liesWithin(within('region c0'), place), `seed 5, ${place}: ${answer}`).toBe(answer < 0.5);
    }
    expect(judged).toBeGreaterThan(30);
  });

  it('have the data with their classes, in a table as well, after an edit', () => {
    const edits = editing({ 'x[2,1]': 0.25, 't[5]': 0 });
    const machine = new Machine(program, 'full', edits);
    const { table, text: said, marks } = figureOf(program, text).at(new Moment(machine, 0), 3);
    const answers = [1, 2, 3, 4, 5].map((n) => machine.value(1, 'y', 'old', [n]));
    expect(table.slice(1).map((row) => numberIn(row[4]))).toEqual(answers.map(shown));
    expect(table[2]).toEqual(['2', '0.25', '1', '1', table[2][4], answers[1] > 0.5 ? '1' : '0']);
    const right = answers.filter((one, n) => one > 0.5 === [false, true, true, false, false][n]).length;
    expect(said).toContain(`Of 5 samples, ${right} lie in the region of their class.`);
    const data = marks.filter(({ attributes }) => String(attributes.class).startsWith('datum'));
    expect(data.map(({ attributes }) => attributes.class)).toEqual([
      'datum c0',
      'datum c1',
      'datum c1 now',
      'datum c0',
      'datum c0',
    ]);
    expect(data[2].cell).toBe('x[3,1]');
  });

  it('have the lines on which a unit’s number is 0', () => {
    const { marks } = figureOf(program, text).at(new Moment(new Machine(program, 'full'), 0));
    const plane = planeOf(marks);
    const lines = marks.filter(({ attributes }) => attributes.class === 'border');
    expect(lines).toHaveLength(2);
    const net = [(x: number, y: number) => 3 * x - 2 * y - 1, (x: number, y: number) => -x + 4 * y - 2];
    lines.forEach((line, n) => {
      const pieces = pointsOf(line).filter((piece) => piece.length > 1);
      expect(pieces.length).toBeGreaterThan(0);
      for (const [x, y] of pieces.flat()) expect(Math.abs(net[n](...plane(x, y)))).toBeLessThan(0.08);
    });
  });

  it('are those of the greatest of several numbers', () => {
    const three = programOf(
      'given x = [[1, 0], [0, 1], [-1, -1]]\nparam A = [[1, 0], [0, 1], [-1, -1]]\nforward\n  y[n,k] = sum(i: A[k,i] * x[n,i])',
    );
    const { marks, table } = figureOf(three, {
      regions: 'y[n,k]',
      over: 'x[n,1] = -2..2, x[n,2] = -2..2',
    }).at(new Moment(new Machine(three, 'full'), 0));
    expect(table.slice(1).map((row) => row.at(-1))).toEqual(['1', '2', '3']);
    const plane = planeOf(marks);
    const [first] = marks.filter(({ attributes }) => attributes.class === 'region c0');
    const rings = pointsOf(first).map((ring) => ring.map(([x, y]) => plane(x, y)));
    expect(liesWithin(rings, [1.5, 0.5])).toBe(true);
    expect(liesWithin(rings, [0.5, 1.5])).toBe(false);
    expect(liesWithin(rings, [-1, -1.5])).toBe(false);
  });

  it.each<[FigureText, string]>([
    [{ regions: 'y' }, 'over: this needs a line that names two given numbers'],
    [{ ...text, regions: 'z[j] * h[k]' }, 'regions: regions are of one number, or of one for each class'],
    [{ ...text, data: 'h[j]' }, 'data: h[j] is no given number or data'],
    [{ ...text, data: 'x[i]' }, 'data: the data have to be one number a sample'],
    [{ ...text, lines: 'q' }, 'lines: this model has no q'],
  ])('are told what is wrong with them: %j', (wrong, message) => {
    expect(figureFault(points, wrong)).toContain(message);
  });
});

describe('a plane of the inputs', () => {
  const batch = `sample x = [[0, 1], [1, 0], [1, 1]]
batch n = all, mean, together
param w = [1, 2]
forward
  z = sum(i: w[i] * x[i])
  m = sum(n: z[n]) / 3
  y = z - m
  L = y^2
update
  w[i] <- w[i] - 0.1 * dL/dw[i]`;

  it.each<[FigureText]>([
    [{ regions: 'y', over: 'x[1] = 0..1, x[2] = 0..1' }],
    [{ field: 'y', over: 'x[1] = 0..1, x[2] = 0..1' }],
    [{ fit: 'y', over: 'x[1] = 0..1' }],
  ])('is refused where the answer depends on the other samples: %j', (text) => {
    expect(figureFault(batch, text)).toContain('y of one sample depends on the other samples of its batch');
    const [kind] = Object.keys(text);
    expect(figureFault(batch, { ...text, [kind]: 'z' })).toBeUndefined();
  });
});
