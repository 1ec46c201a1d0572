import { describe, expect, it } from 'vitest';
import { numberIn, pointsOf } from '../base/marks.testing.ts';
import { evenlySpaced, type FigureMark } from '../base/picture.ts';
import { type Column, columnsOf, coursesPicture, lineOf, rangeOf, sparkOf } from './courses.ts';

const course = (values: readonly number[]): Column[] => columnsOf(values);
const classed = (marks: readonly FigureMark[], name: string): FigureMark[] =>
  marks.filter(({ attributes }) => attributes.class === name);

/** Numbers at the left axis with their heights, and at the one below with their places. */
function axesOf(marks: readonly FigureMark[]) {
  const ticks = classed(marks, 'tick');
  const of = (anchor: string, at: 'x' | 'y', shift: number) =>
    ticks
      .filter(({ attributes }) => attributes['text-anchor'] === anchor)
      .map(({ attributes, text = '' }) => ({ value: numberIn(text), place: Number(attributes[at]) - shift }));
  return { up: of('end', 'y', 4), across: of('middle', 'x', 0) };
}

describe('courses', () => {
  it('are told of, too, before there is anything of them', () => {
    const { text } = coursesPicture([], ['loss'], { iterations: 1, present: 1, width: 300 });
    expect(text).toBe('Series of loss. Nothing of it is computed yet.');
  });

  it('lose no peak and no valley of a long run', () => {
    const values = Array.from({ length: 100_000 }, (_, at) => 1 + (at % 7));
    values[54_321] = 1000;
    values[77_777] = -3;
    const columns = columnsOf(values);
    expect(columns.length).toBeLessThanOrEqual(250);
    expect(columns.at(-1)?.last).toBe(100_000);
    expect(rangeOf(columns)).toEqual({ low: -3, high: 1000 });
    const { marks } = coursesPicture([columns], ['L'], { iterations: 100_000, present: 1, width: 400 });
    const heights = pointsOf(classed(marks, lineOf(0))[0])
      .flat()
      .map(([, y]) => y);
    const { up } = axesOf(marks);
    const [first, last] = [up[0], up.at(-1) as (typeof up)[0]];
    const at = (y: number) =>
      first.value + ((y - first.place) * (last.value - first.value)) / (last.place - first.place);
    expect(at(Math.min(...heights))).toBeCloseTo(1000, -1);
    expect(at(Math.max(...heights))).toBeCloseTo(-3, -1);
  });

  it('leave out what is not finite', () => {
    expect(columnsOf([1, Number.NaN, Number.POSITIVE_INFINITY, 2])).toEqual([
      { last: 1, low: 1, high: 1 },
      { last: 4, low: 2, high: 2 },
    ]);
    expect(rangeOf(columnsOf([Number.NaN]))).toBeUndefined();
    const { marks, text } = coursesPicture([columnsOf([Number.NaN])], ['L'], {
      ...{ iterations: 1, present: 1, width: 400 },
    });
    expect(JSON.stringify(marks)).not.toMatch(/NaN|null|Infinity/);
    expect(text).toBe('Series of L. Nothing of it is computed yet.');
  });

  it('are as wide as their place, with lines that look different', () => {
    for (const width of [240, 700]) {
      const picture = coursesPicture([course([3, 2, 1]), course([1, 2, 5])], ['L', 'M'], {
        ...{ iterations: 3, present: 2, width },
      });
      expect(picture.width).toBe(width);
      const { across, up } = axesOf(picture.marks);
      const [first, last] = [across[0], across.at(-1) as (typeof across)[0]];
      const place = (x: number) =>
        first.place + ((x - first.value) * (last.place - first.place)) / (last.value - first.value);
      const [low, high] = [up[0], up.at(-1) as (typeof up)[0]];
      const height = (y: number) =>
        low.place + ((y - low.value) * (high.place - low.value)) / (high.value - low.value);
      expect(height(low.value)).toBe(low.place);
      const points = pointsOf(classed(picture.marks, 'curve r1')[0]).flat();
      points.forEach(([x], n) => {
        expect(x).toBeCloseTo(place(n + 1), 0);
      });
      expect(classed(picture.marks, 'present')[0].attributes.x1).toBeCloseTo(place(2), 6);
      expect(picture.text).toBe(
        'Series of L. Its least is 1, its greatest 3. Series of M. Its least is 1, its greatest 5.',
      );
    }
  });

  it('have equal factors as equal lengths, and 0 at the lower edge, on a logarithmic scale', () => {
    const { marks } = coursesPicture([course([1, 0.1, 0.01, 0])], ['L'], {
      ...{ iterations: 4, present: 1, width: 400, isLog: true, least: 1e-4 },
    });
    const [heights] = pointsOf(classed(marks, lineOf(0))[0]).map((piece) => piece.map(([, y]) => y));
    expect(heights[1] - heights[0]).toBeCloseTo(heights[2] - heights[1], 0);
    expect(heights[3] - heights[2]).toBeCloseTo(2 * (heights[1] - heights[0]), 0);
    const zero = axesOf(marks).up.find(({ value }) => value === 0);
    expect(zero?.place).toBeCloseTo(heights[3], 1);
  });

  it('list the first and the last iteration', () => {
    expect(evenlySpaced(3, 12)).toEqual([1, 2, 3]);
    const some = evenlySpaced(1000, 12);
    expect([some[0], some.at(-1), some.length]).toEqual([1, 1000, 12]);
  });
});

describe('a spark', () => {
  it('goes from its lowest to its highest value, is interrupted where there is none, and has a band where they differ', () => {
    const samples: Column[] = [
      { last: 1, low: 2, high: 2 },
      { last: 2, low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY },
      { last: 3, low: 1, high: 5 },
      { last: 4, low: 3, high: 3 },
    ];
    const { marks, height } = sparkOf(samples, 4, 3);
    const lines = classed(marks, lineOf(0)).map((one) => pointsOf(one));
    expect(lines).toHaveLength(2);
    expect(lines.map((pieces) => pieces.length)).toEqual([2, 2]);
    const heights = lines.flat(2).map(([, y]) => y);
    expect([Math.min(...heights), Math.max(...heights)]).toEqual([2, height - 2]);
    expect(classed(marks, 'band')).toHaveLength(1);
    expect(classed(sparkOf([samples[0], samples[3]], 4, 1).marks, 'band')).toEqual([]);
  });
});
