import type { FigureMark } from '../base/picture.ts';

/** A point of a picture that wants its name beside it. */
export interface NamedPoint {
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly cell: string | undefined;
}

/** In the picture's units: a letter, a line, and how far from its point a name may stand, below it first. */
const [letter, line] = [6.4, 13];
const asides: readonly (readonly [dx: number, dy: number, isBefore: boolean])[] = [
  [9, 14, false],
  [-9, -6, true],
  [9, 28, false],
  [-9, -20, true],
  [9, 42, false],
  [-9, -34, true],
];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
}

/** The names of points between two sides of a picture, none over another; one that has no room is left out. */
export function pointNames(
  points: readonly NamedPoint[],
  [left, right]: readonly [number, number],
): FigureMark[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 5, right: x + 5, middle: y }));
  return points.flatMap(({ x, y, name, cell }): FigureMark[] => {
    for (const [dx, dy, isBefore] of asides) {
      const start = x + dx - (isBefore ? letter * name.length : 0);
      const box = { left: start, right: start + letter * name.length, middle: y + dy - 4 };
      const isFree = taken.every(
        (one) => one.right < box.left || one.left > box.right || Math.abs(one.middle - box.middle) > line - 1,
      );
      if (!isFree || box.left < left || box.right > right || box.middle < line / 2) continue;
      taken.push(box);
      const at = { x: x + dx, y: y + dy, 'text-anchor': isBefore ? 'end' : 'start' };
      return [{ tag: 'text', attributes: { class: 'beside', ...at }, text: name, cell }];
    }
    return [];
  });
}
