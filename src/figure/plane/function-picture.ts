import { format } from '../../number/format.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { spot } from '../base/arrow.ts';
import { FigureValues, figureText } from '../base/figure-values.ts';
import { OptionFault, readOver, readRange, separated } from '../base/options.ts';
import { type FigureMark, type FigurePicture, type FigureValue, isDrawn } from '../base/picture.ts';
import { type KindReader, readNumbers } from '../base/reader.ts';
import { type NumberFunction, readFunction } from './function.ts';
import { Plot } from './plot.ts';
import { type NamedPoint, pointNames } from './point-names.ts';

/** Half the length of a tangent. */
const reach = 34;

/** A number on a graph. */
export interface GraphPoint extends FigureValue {
  /** Whether it is where a step leads from the point before: it has no tangent, and a line that leads to it. */
  readonly isNext?: boolean;
}

/** The graph of a function on its plane, made once: only the points on it move from step to step. */
const graphs = new WeakMap<NumberFunction, { readonly plot: Plot; readonly graph: readonly FigureMark[] }>();

function graphOf(
  of: NumberFunction,
  [from, to]: readonly [number, number],
  range: readonly [number, number] | undefined,
  pieces: number,
): { readonly plot: Plot; readonly graph: readonly FigureMark[] } {
  const known = graphs.get(of);
  if (known !== undefined) return known;
  const samples = Array.from({ length: pieces + 1 }, (_, n) => from + ((to - from) * n) / pieces);
  const values = samples.map((z) => of.at(z));
  const plot = new Plot({ across: [from, to], values, range });
  const made = { plot, graph: [...plot.axes, plot.line(samples.map((z, n) => [z, values[n]]))] };
  graphs.set(of, made);
  return made;
}

/** A point that has no room, at the end of the graph beyond which it is; none where the graph has no end there. */
function away(
  of: NumberFunction,
  plot: Plot,
  [from, to]: readonly [number, number],
  { value, cell }: GraphPoint,
): FigureMark[] {
  const x = (value as number) > to ? to : from;
  if ((value as number) >= from && (value as number) <= to) return [];
  const y = of.at(x);
  if (!plot.holds(x, y)) return [];
  const side = x === to ? 1 : -1;
  const d = `M${spot([plot.x(x) + 7 * side, plot.y(y)])}l${-8 * side} -5v10z`;
  return [{ tag: 'path', attributes: { class: 'point away', d }, cell }];
}

/**
 * The graph of a function in so many straight pieces, with the points at which some numbers of the run are on it, and the tangents there.
 */
export function functionPicture(
  of: NumberFunction,
  [from, to]: readonly [number, number],
  range: readonly [number, number] | undefined,
  points: readonly GraphPoint[],
  pieces = 160,
): FigurePicture {
  const { plot, graph } = graphOf(of, [from, to], range, pieces);
  const marks: FigureMark[] = [...graph];
  const rows: string[][] = [];
  let before: readonly [number, number] | undefined;
  const named: NamedPoint[] = [];
  for (const point of points) {
    const slope = isDrawn(point) ? of.slopeAt(point.value) : Number.NaN;
    const value = isDrawn(point) ? of.at(point.value) : Number.NaN;
    rows.push([
      point.label,
      point.text,
      ...[value, slope].map((one) => (isDrawn(point) ? figureText(one) : words.notYet)),
    ]);
    if (!isDrawn(point)) continue;
    if (!plot.holds(point.value, value)) {
      marks.push(...away(of, plot, [from, to], point));
      continue;
    }
    const [ux, uy] = plot.direction(slope, reach);
    const [px, py] = [plot.x(point.value), plot.y(value)];
    const now = `${point.isNow ? ' now' : ''}${point.isNext === true ? ' next' : ''}`;
    const line =
      point.isNext === true
        ? before && { class: 'step', x1: before[0], y1: before[1], x2: px, y2: py }
        : { class: 'tangent', x1: px - ux, y1: py - uy, x2: px + ux, y2: py + uy };
    if (line !== undefined) marks.push({ tag: 'line', attributes: line });
    before = [px, py];
    if (point.isNext !== true) named.push({ x: px, y: py, name: point.label, cell: point.cell });
    marks.push({
      tag: 'circle',
      attributes: { class: `point${now}`, cx: px, cy: py, r: 4.5 },
      cell: point.cell,
    });
  }
  marks.push(...pointNames(named, [plot.x(from), plot.x(to)]));
  const told = rows
    .filter((_, n) => isDrawn(points[n]))
    .map(([label, z, value, slope]) => words.point(label, z, value, slope));
  const missing = points.filter(({ value }) => value === undefined).length;
  return {
    ...plot.size,
    marks,
    text: [
      words.graph(of.text, of.variable, format(from), format(to)),
      ...told,
      ...(missing > 0 ? [words.missing(missing)] : []),
    ].join(' '),
    table: [['', of.variable, of.text, words.slope], ...rows],
  };
}

/** Points of a function at most. */
const mostPoints = 16;

export const functionKind: KindReader = {
  options: ['over', 'points', 'range'],
  read({ model }, text) {
    const { variable, range: over } = readOver(text.over);
    const of = readFunction(model, text.function ?? '', variable);
    if ('message' in of) throw new OptionFault('function', of.message);
    const points = separated(text.points).map(
      (one) => new FigureValues(readNumbers(model, 'points', one, { most: mostPoints }).probe),
    );
    const range = readRange(text.range);
    return (moment, sample = 1) =>
      functionPicture(
        of.at(moment),
        over,
        range,
        points.flatMap((one) =>
          one.at(moment, sample).map((value) => ({ ...value, label: value.cell ?? value.label })),
        ),
      );
  },
};
