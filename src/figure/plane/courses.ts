import { figureWords as words } from '../../words/figure/figure.ts';
import { figureText } from '../base/figure-values.ts';
import type { FigureMark, FigurePicture } from '../base/picture.ts';
import { margins, Plot } from './plot.ts';

/** Columns of a curve at most; where several iterations share one, their lowest and highest value are drawn. */
const mostColumns = 250;
/** Looks of lines that are told apart without colour. */
const mostLooks = 5;
/** The plot's height in the picture's units. */
const height = 96;

/** What consecutive iterations have in common: the lowest and the highest of their values; none where `low` is above `high`. */
export interface Column {
  /** The last of the iterations, from 1. */
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The values of iterations 1, 2, … in at most `most` columns (250 by default) of equally many iterations, the last perhaps of
 * fewer; no extreme lost. Values that are not finite are left out, as is a column without any other.
 */
export function columnsOf(values: readonly number[], most = mostColumns): Column[] {
  const share = Math.max(1, Math.ceil(values.length / most));
  const columns: Column[] = [];
  for (let first = 0; first < values.length; first += share) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const last = Math.min(values.length, first + share);
    for (let at = first; at < last; at++) {
      if (!Number.isFinite(values[at])) continue;
      low = Math.min(low, values[at]);
      high = Math.max(high, values[at]);
    }
    if (low <= high) columns.push({ last, low, high });
  }
  return columns;
}

/** How the nth of some lines looks, from 0: its mark's class. */
export const lineOf = (n: number): string => `curve r${n % mostLooks}`;

/** Lines through points of a plane, with its axes; the first one lies above the others. */
export const courseLines = (
  plot: Plot,
  lines: readonly (readonly (readonly [x: number, y: number])[])[],
): FigureMark[] => [...plot.axes, ...lines.map((points, n) => plot.line(points, lineOf(n))).reverse()];

/** What there is to a picture of courses. */
interface CoursesRoom {
  /** The first iteration that it has room for; 1 by default. */
  readonly first?: number;
  /** How many iterations it has room for. */
  readonly iterations: number;
  /** The present iteration, from 1. */
  readonly present: number;
  /** The picture's width, in CSS pixels. */
  readonly width: number;
  /** Whether equal factors are equal lengths. */
  readonly isLog?: boolean;
  /** What is less has the place of this on a logarithmic scale. */
  readonly least?: number | undefined;
  /** What an iteration is called at the axis; its number by default. */
  readonly iterationText?: ((iteration: number) => string) | undefined;
}

/** Numbers over iterations, as curves in a view; `names` are theirs, for those who do not see them. */
export function coursesPicture(
  courses: readonly (readonly Column[])[],
  names: readonly string[],
  { first = 1, iterations, present, width, isLog = false, least, iterationText }: CoursesRoom,
): Omit<FigurePicture, 'table'> {
  const columns = courses.flat();
  const plot = new Plot({
    across: [first, Math.max(first + 1, iterations)],
    values: columns.flatMap(({ low, high }) => [low, high]),
    isLog,
    least,
    acrossText: iterationText,
    ...{ height, width, around: margins.unnamed },
  });
  // A column goes from its highest to its lowest.
  const lines = courses.map((course) =>
    course.flatMap(({ last, low, high }): (readonly [number, number])[] =>
      low === high
        ? [[last, high]]
        : [
            [last, high],
            [last, low],
          ],
    ),
  );
  return {
    ...plot.size,
    marks: [...courseLines(plot, lines), plot.upright(present, 'present')],
    // Before a training there is no course yet.
    text: names
      .map((name, n) => {
        const range = rangeOf(courses[n] ?? []);
        const what =
          range === undefined ? words.none : words.lowHigh(figureText(range.low), figureText(range.high));
        return words.said(words.series, name, what);
      })
      .join(' '),
  };
}

/** A course without axes, for a small place to which it is stretched: its highest values, and its lowest with a band between where they differ. */
export function sparkOf(
  course: readonly Column[],
  iterations: number,
  present: number,
): Omit<FigurePicture, 'table' | 'text'> {
  const { low, high } = rangeOf(course) ?? { low: 0, high: 0 };
  const plot = new Plot({
    across: [1, Math.max(2, iterations)],
    values: [],
    range: low < high ? [low, high] : [low - 1, high + 1],
    ...{ height: 24, width: 240, around: margins.bare },
  });
  const known = course.filter((one) => one.low <= one.high);
  const line = (of: (one: Column) => number): FigureMark =>
    plot.line(
      course.map((one) => [one.last, one.low <= one.high ? of(one) : Number.NaN]),
      lineOf(0),
    );
  const isBand = known.some((one) => one.low < one.high);
  return {
    ...plot.size,
    marks: [
      plot.upright(present, 'present'),
      ...(isBand ? [plot.band(known.map((one) => [one.last, one.low, one.high]))] : []),
      line((one) => one.high),
      ...(isBand ? [line((one) => one.low)] : []),
    ],
  };
}

/** The lowest and the highest value of a course; undefined where it has none. */
export function rangeOf(
  course: readonly Column[],
): { readonly low: number; readonly high: number } | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const one of course) {
    low = Math.min(low, one.low);
    high = Math.max(high, one.high);
  }
  return low <= high ? { low, high } : undefined;
}
