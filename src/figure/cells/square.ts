import { type FigureMark, type FigureValue, isDrawn } from '../base/picture.ts';

/** Where a square is, and what is the strongest number beside it. */
interface SquarePlace {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly strongest: number;
}

/** The greatest distance from 0 of some numbers, or of the range that is given for them. */
export const strongestOf = (
  values: readonly FigureValue[],
  range: readonly [number, number] | undefined,
): number =>
  Math.max(0, ...(range ?? values.filter(isDrawn).map(({ value }) => value)).map((value) => Math.abs(value)));

/** How strongly a number is shown, from 0 to 1: by its distance from 0 beside that of the strongest; one that is not finite, fully. */
export function strengthOf(value: number, strongest: number): number {
  if (!Number.isFinite(value)) return 1;
  return strongest > 0 ? Math.min(1, Math.abs(value) / strongest) : 0;
}

/** What the colour of a number says: on which side of 0 it is. */
export const sideOf = (value: number): 'minus' | 'plus' => (value < 0 ? 'minus' : 'plus');

/** A number as a square: the farther from 0 the stronger, from 0 to 1; an empty one while it is not computed. */
export function squareOf(
  one: FigureValue,
  { x, y, side, strongest }: SquarePlace,
): { readonly mark: FigureMark; readonly strength: number } {
  const strength = isDrawn(one) ? strengthOf(one.value, strongest) : 0;
  const kind = isDrawn(one) ? sideOf(one.value) : 'missing';
  return {
    strength,
    mark: {
      tag: 'rect',
      attributes: {
        class: `square ${kind}${one.isNow ? ' now' : one.isRead ? ' read' : ''}`,
        ...{ x, y, width: side, height: side },
        ...(kind === 'missing' ? {} : { 'fill-opacity': Math.round(strength * 100) / 100 }),
      },
      cell: one.cell,
    },
  };
}
