import { nice, ticks } from 'd3-array';
import { format } from '../../number/format.ts';
import type { FigureMark } from '../base/picture.ts';

/** A number's place on an axis, in the picture's units. */
type Place = (value: number) => number;

/** The numbers that have room on an axis: a `range` where there is one, else 0 and all finite values, to round ends. */
export function roomFor(
  values: readonly number[],
  range: readonly [number, number] | undefined,
  count: number,
): readonly [low: number, high: number] {
  if (range !== undefined) return range;
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  return nice(low, high > low ? high : low + 1, count);
}

/** Lines across a plot at round numbers, from `left` to `right`, with the numbers at their left. */
export function levels(
  [low, high]: readonly [number, number],
  count: number,
  y: Place,
  left: number,
  right: number,
): FigureMark[] {
  return ticks(low, high, count).flatMap((tick): FigureMark[] => [
    {
      tag: 'line',
      attributes: { class: tick === 0 ? 'axis' : 'grid', x1: left, y1: y(tick), x2: right, y2: y(tick) },
    },
    {
      tag: 'text',
      attributes: { class: 'tick', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' },
      text: format(tick),
    },
  ]);
}

/** Round numbers below a plot, on a line of text at `y`. */
export const below = (
  [low, high]: readonly [number, number],
  count: number,
  x: Place,
  y: number,
): FigureMark[] =>
  ticks(low, high, count).map((tick) => ({
    tag: 'text',
    attributes: { class: 'tick', x: x(tick), y, 'text-anchor': 'middle' },
    text: format(tick),
  }));

/** Lengths in a picture are as fine as can be seen. */
const tenth = (length: number): number => Math.round(length * 10) / 10;

/** A line through points, as the `d` of a path; where one is outside the plot, or no number, it is interrupted. */
export function pathThrough(points: readonly (readonly [x: number, y: number, isInside: boolean])[]): string {
  let isOpen = false;
  return points
    .map(([x, y, isInside]) => {
      const step = isInside ? `${isOpen ? 'L' : 'M'}${tenth(x)} ${tenth(y)}` : '';
      isOpen = isInside;
      return step;
    })
    .join('');
}
