import { programOf } from '../../machine/testing/agreement.testing.ts';
import { parseNumber } from '../../number/parse-number.ts';
import type { Program } from '../../program/program.ts';
import { type Figure, readFigure } from '../figure.ts';
import type { FigureMark } from './picture.ts';
import type { FigureText } from './reader.ts';

/** A figure of a program; throws what is wrong with it. */
export function figureOf(program: Program, text: FigureText): Figure {
  const figure = readFigure(program, text);
  if ('message' in figure) throw new Error(`${figure.option}: ${figure.message}`);
  return figure;
}

/** What is wrong with a figure of a model or its text, with its line; undefined for nothing. */
export function figureFault(model: string | Program, text: FigureText): string | undefined {
  const found = readFigure(typeof model === 'string' ? programOf(model) : model, text);
  return 'message' in found ? `${found.option}: ${found.message}` : undefined;
}

/** A number as a figure writes it; NaN for what is none. */
export function numberIn(text: string): number {
  const found = parseNumber(text);
  return 'value' in found ? found.value : Number.NaN;
}

/** Where a place of the picture is in the plane, by the numbers at its axes alone. */
export function planeOf(marks: readonly FigureMark[]): (x: number, y: number) => [number, number] {
  const ticks = marks.filter(({ attributes }) => attributes.class === 'tick');
  const along = (anchor: string, at: 'x' | 'y', shift: number) => {
    const own = ticks.filter(({ attributes }) => attributes['text-anchor'] === anchor);
    const [first, last] = [own[0], own.at(-1) as FigureMark].map(({ attributes, text = '' }) => ({
      place: Number(attributes[at]) - shift,
      value: numberIn(text),
    }));
    return (place: number) =>
      first.value + ((place - first.place) * (last.value - first.value)) / (last.place - first.place);
  };
  const [across, up] = [along('middle', 'x', 0), along('end', 'y', 4)];
  return (x, y) => [across(x), up(y)];
}

/** The points of a path, one list for each piece. */
export const pointsOf = ({ attributes }: FigureMark): [number, number][][] =>
  String(attributes.d)
    .split('M')
    .slice(1)
    .map((piece) =>
      [...piece.matchAll(/([-\d.]+)[ ,]([-\d.]+)/g)].map(([, x, y]): [number, number] => [
        Number(x),
        Number(y),
      ]),
    );

/** Whether a point lies within closed rings, of which those inside others are holes. */
export function liesWithin(
  rings: readonly (readonly [number, number][])[],
  [x, y]: readonly [number, number],
): boolean {
  let isWithin = false;
  for (const ring of rings)
    ring.forEach(([x1, y1], n) => {
      const [x2, y2] = ring[(n + 1) % ring.length];
      if (y1 > y !== y2 > y && x < x1 + ((y - y1) * (x2 - x1)) / (y2 - y1)) isWithin = !isWithin;
    });
  return isWithin;
}
