import { nice, ticks } from 'd3-array';
import { format } from '../number/format.ts';
import { figureWords as words } from '../words/figure/figure.ts';
import type { NumberFunction } from './function.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from './picture.ts';

/** In the picture's units: the plot's corner, its size, and the room below. */
const [left, top, width, height, below] = [40, 8, 280, 150, 22];
/** Straight pieces of the curve. */
const pieces = 160;
/** Half the length of a tangent. */
const reach = 34;
const tickCount = 4;
const digits = 4;

/** Lengths in the picture are as fine as can be seen. */
const tenth = (length: number): number => Math.round(length * 10) / 10;

const shown = (value: number): string => format(value, { precision: { kind: 'significant', digits } });

/** The graph of a function, with the points at which some numbers of the run are on it, and the tangents there. */
export function functionPicture(
  of: NumberFunction,
  [from, to]: readonly [number, number],
  range: readonly [number, number] | undefined,
  points: readonly FigureValue[],
): FigurePicture {
  const samples = Array.from({ length: pieces + 1 }, (_, n) => from + ((to - from) * n) / pieces);
  const values = samples.map((z) => of.at(z));
  const finite = values.filter(Number.isFinite);
  const [low, high] =
    range ??
    nice(Math.min(...finite, 0), Math.max(...finite, finite.length === 0 ? 1 : -Infinity), tickCount);
  const x = (z: number) => left + (width * (z - from)) / (to - from);
  const y = (value: number) => top + height * (1 - (value - low) / (high > low ? high - low : 1));
  const isInside = (value: number) => value >= low && value <= high;
  const marks: FigureMark[] = [];
  for (const tick of ticks(low, high, tickCount)) {
    const at = y(tick);
    marks.push({
      tag: 'line',
      attributes: { class: tick === 0 ? 'axis' : 'grid', x1: left, y1: at, x2: left + width, y2: at },
    });
    marks.push({
      tag: 'text',
      attributes: { class: 'tick', x: left - 6, y: at + 4, 'text-anchor': 'end' },
      text: format(tick),
    });
  }
  for (const tick of ticks(from, to, 6))
    marks.push({
      tag: 'text',
      attributes: { class: 'tick', x: x(tick), y: top + height + 16, 'text-anchor': 'middle' },
      text: format(tick),
    });
  marks.push({
    tag: 'path',
    attributes: {
      class: 'curve',
      d: curve(samples.map((z, n) => [x(z), y(values[n]), isInside(values[n])])),
    },
  });
  const rows: string[][] = [];
  for (const point of points) {
    const slope = isDrawn(point) ? of.slopeAt(point.value) : Number.NaN;
    const value = isDrawn(point) ? of.at(point.value) : Number.NaN;
    rows.push([
      point.label,
      point.text,
      ...[value, slope].map((one) => (isDrawn(point) ? shown(one) : words.notYet)),
    ]);
    if (!isDrawn(point) || point.value < from || point.value > to || !isInside(value)) continue;
    // The tangent in the picture's units, whose axes differ in scale.
    const [dx, dy] = [width / (to - from), (-slope * height) / (high - low)];
    const length = Math.hypot(dx, dy);
    const [ux, uy] = [(reach * dx) / length, (reach * dy) / length];
    const [px, py] = [x(point.value), y(value)];
    const now = point.isNow ? ' now' : '';
    marks.push({
      tag: 'line',
      attributes: { class: 'tangent', x1: px - ux, y1: py - uy, x2: px + ux, y2: py + uy },
    });
    marks.push({
      tag: 'circle',
      attributes: { class: `point${now}`, cx: px, cy: py, r: 4.5 },
      cell: point.cell,
    });
  }
  const told = rows
    .filter((_, n) => isDrawn(points[n]))
    .map(([label, z, value, slope]) => words.point(label, z, value, slope));
  const missing = points.filter(({ value }) => value === undefined).length;
  return {
    width: left + width + 8,
    height: top + height + below,
    marks,
    text: [
      words.graph(of.text, of.variable, format(from), format(to)),
      ...told,
      ...(missing > 0 ? [words.missing(missing)] : []),
    ].join(' '),
    table: [['', of.variable, of.text, words.slope], ...rows],
  };
}

/** A line through points; where one is outside the plot, or no number, it is interrupted. */
function curve(points: readonly (readonly [x: number, y: number, isInside: boolean])[]): string {
  let isOpen = false;
  return points
    .map(([x, y, isInside]) => {
      const step = isInside ? `${isOpen ? 'L' : 'M'}${tenth(x)} ${tenth(y)}` : '';
      isOpen = isInside;
      return step;
    })
    .join('');
}
