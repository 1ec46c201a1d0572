import { nice } from 'd3-array';
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

/** Lines across a plot at some numbers, from `left` to `right`, with the numbers at their left. */
export function levels(
  numbers: readonly number[],
  y: Place,
  [left, right]: readonly [number, number],
  text: (tick: number) => string = format,
): FigureMark[] {
  return numbers.flatMap((tick): FigureMark[] => [
    {
      tag: 'line',
      attributes: { class: tick === 0 ? 'axis' : 'grid', x1: left, y1: y(tick), x2: right, y2: y(tick) },
    },
    {
      tag: 'text',
      attributes: { class: 'tick', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' },
      text: text(tick),
    },
  ]);
}
