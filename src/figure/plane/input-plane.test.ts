import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../../machine/machine.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { liesWithin, pointsOf } from '../base/marks.testing.ts';
import type { FigureMark } from '../base/picture.ts';
import { InputRegions, inputPlaneOf } from './input-plane.ts';
import type { Regions } from './regions.ts';

const xor = `
sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
sample t = [0, 1, 1, 0]
batch n = 4
param W1 = [[20, 20], [-20, -20]]
param b1 = [-10, 30]
param W2 = [20, 20]
eta = 0.5
forward
  h[j] = sigmoid(sum(i: W1[j,i] * x[i]) + b1[j])
  y = sigmoid(sum(j: W2[j] * h[j]) - 30)
  L = (t - y)^2 / 2
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
  W2[j] <- W2[j] - eta * dL/dW2[j]
`;

const three = `
sample x = [[0, 1], [1, 0], [-1, -1]]
sample t = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] : onehot
param W = [[0, 5], [5, 0], [-5, -5]]
eta = 0.1
forward
  z[k] = sum(i: W[k,i] * x[i])
  e[k] = exp(z[k])
  p[k] = e[k] / sum(j: e[j])
  L = -sum(k: t[k] * log(p[k]))
update
  W[k,i] <- W[k,i] - eta * dL/dW[k,i]
`;

/** The regions of a model at a frame of a run, and that run. */
function regionsAt(text: string, frame = 1, edits: Record<string, number> = {}) {
  const program = programOf(text);
  const machine = new Machine(program, 'full', editsOf(new Map(Object.entries(edits))));
  const regions = InputRegions.of(program.model)?.at(machine, frame);
  regions?.find(machine, frame);
  return { machine, regions: regions as Regions };
}

describe('the plane of two inputs', () => {
  it('is there where the inputs are two numbers', () => {
    expect(inputPlaneOf(programOf(lecture).model)).toMatchObject({
      input: { name: 'x' },
      output: { name: 'y' },
    });
    const wide = lecture
      .replace('x = [0.35, 0.9]', 'x = [0.35, 0.9, 1]')
      .replace('[[0.1, 0.8], [0.4, 0.6]]', '[[0.1, 0.8, 1], [0.4, 0.6, 1]]');
    expect(inputPlaneOf(programOf(wide).model)).toBeUndefined();
  });

  it.each([1, 4])('is parted by one output at the middle of two targets, at iteration %s', (frame) => {
    const { machine, regions } = regionsAt(xor, frame);
    const { classes, points, varied } = regions;
    expect([classes.targets, classes.level]).toEqual([[0, 1], 0.5]);
    expect(points.map(({ place, target }) => [...place, target])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    points.forEach(({ place, answer, target }, n) => {
      expect(answer).toEqual([machine.value(frame, 'y', 'old', [n + 1])]);
      expect(regions.answer(...place)).toEqual(answer);
      expect(classes.of(answer)).toBe(target);
    });
    expect(regions.right).toHaveLength(4);
    expect(varied.ranges).toEqual([
      [-0.25, 1.25],
      [-0.25, 1.25],
    ]);
  });

  it('is parted by several outputs where another is the greatest', () => {
    // Without a batch an iteration takes one sample; nothing is learnt meanwhile.
    const { machine, regions } = regionsAt(three, 1, { eta: 0 });
    expect(regions.classes.count).toBe(3);
    regions.points.forEach(({ answer, target }, n) => {
      expect(answer).toEqual([1, 2, 3].map((k) => machine.value(n + 1, 'p', 'old', [k])));
      expect(target).toBe(n);
      expect(regions.classes.of(answer)).toBe(n);
    });
  });

  it('has an area for each class, with the sample at work in it', () => {
    const { regions } = regionsAt(xor);
    const { marks } = regions.picture(2, 300);
    const plot = regions.plot(300);
    const areas = (one: number) =>
      pointsOf(marks.find(({ attributes }) => attributes.class === `region c${one}`) as FigureMark);
    for (const { place, target } of regions.points) {
      const at = [plot.x(place[0]), plot.y(place[1])] as const;
      expect([0, 1].map((one) => liesWithin(areas(one), at))).toEqual([target === 0, target === 1]);
    }
    const data = marks.flatMap(({ attributes }) =>
      String(attributes.class).startsWith('datum') ? [attributes.class] : [],
    );
    expect(data).toEqual(['datum c0', 'datum c1 now', 'datum c1', 'datum c0']);
    expect(regions.picture(2, 300).width).toBe(300);
  });

  it('has a line between its classes where an answer is at the level, and none where none is', () => {
    const { regions } = regionsAt(xor);
    const plot = regions.plot(300);
    const dividing = (of: Regions) =>
      of.picture(1, 300).marks.filter(({ attributes }) => attributes.class === 'divide');
    const [line, ...more] = dividing(regions);
    expect(more).toEqual([]);
    const places = pointsOf(line)
      .filter((piece) => piece.length > 1)
      .flat();
    expect(places.length).toBeGreaterThan(10);
    for (const [x, y] of places) {
      const at = plot.pointAt(x, y);
      if (at === undefined) continue;
      // Beside it, a fiftieth of the plane on either side, the answers are on both sides of the level.
      const around = [-0.03, 0.03].flatMap((dx) =>
        [-0.03, 0.03].map((dy) => regions.answer(at[0] + dx, at[1] + dy)[0] > 0.5),
      );
      expect(new Set(around).size).toBe(2);
    }
    expect(dividing(regionsAt(lecture).regions)).toEqual([]);
  });

  it('is found in slices, and shown whole', () => {
    const program = programOf(xor);
    const machine = new Machine(program, 'full');
    const regions = InputRegions.of(program.model)?.at(machine, 1) as Regions;
    const areas = () =>
      regions.picture(1).marks.filter(({ attributes }) => String(attributes.class).startsWith('region'));
    let slices = 0;
    for (let isFound = false; !isFound; slices++) {
      expect(areas()).toEqual([]);
      let left = 100;
      isFound = regions.find(machine, 1, () => left-- <= 0);
      // Meanwhile, somebody asks for something else.
      regions.answer(9, 9);
    }
    expect(slices).toBeGreaterThan(2);
    expect(areas()).toEqual(
      regionsAt(xor)
        .regions.picture(1)
        .marks.filter(({ attributes }) => String(attributes.class).startsWith('region')),
    );
  });

  it('takes what the reader has changed', () => {
    expect(regionsAt(xor, 1, { 'x[4,1]': 3 }).regions.points[3].place).toEqual([3, 1]);
  });

  it('leads a point of the picture back to the plane', () => {
    const plot = regionsAt(xor).regions.plot(400);
    const [x, y] = plot.pointAt(plot.x(0.3), plot.y(1.1)) ?? [];
    expect(x).toBeCloseTo(0.3, 12);
    expect(y).toBeCloseTo(1.1, 12);
    expect(plot.pointAt(plot.x(-0.3), plot.y(1))).toBeUndefined();
  });
});
