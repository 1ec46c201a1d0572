import { type SVGTemplateResult, svg } from 'lit';
import { sideOf, strengthOf } from '../../src/figure/cells/square.ts';
import { format } from '../../src/number/format.ts';
import type { Shades } from '../charts/heat-map.ts';
import type { ArrayWindow } from './array-window.ts';

/** The width of a number in a square, in the widest of the usual fonts, and what a frame around it takes, in CSS pixels. */
const widthIn = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char === '.' ? 3.6 : char === '−' ? 9.3 : 7.1), 0);
const frame = 5;
/** The numbers of squares of a size with two decimals each, or as many as fit in all of them; empty where not even one does. */
function textsOf(values: Shades['values'], size: number): readonly string[] {
  for (const digits of [2, 1, 0]) {
    const texts = values.map((value) =>
      value === undefined ? '' : format(value, { precision: { kind: 'decimals', digits } }),
    );
    if (texts.every((text) => widthIn(text) + frame <= size)) return texts;
  }
  return [];
}

/** A rectangle of cells in one slice: the first and the last row and column, from 1, inclusive. */
export interface CellRegion {
  /** The upper left cell. */
  readonly low: readonly [row: number, column: number];
  /** The lower right cell, inclusive. */
  readonly high: readonly [row: number, column: number];
}

/** A cell's last two indices, from 1; a missing one is 1. */
export const rowAndColumn = (cell: readonly number[]): readonly [number, number] => [
  cell.length < 2 ? 1 : (cell[cell.length - 2] as number),
  cell.length < 1 ? 1 : (cell[cell.length - 1] as number),
];

/** A new region, the smallest that contains a region and one more cell (row and column from 1). */
export const enclosing = (
  { low, high }: CellRegion,
  [row, column]: readonly [number, number],
): CellRegion => ({
  low: [Math.min(low[0], row), Math.min(low[1], column)],
  high: [Math.max(high[0], row), Math.max(high[1], column)],
});

/** Row and column of a cell in a window, from 0; undefined where the window does not show it. */
export function placeIn(
  { leading, rows, columns }: ArrayWindow,
  cell: readonly number[],
): readonly [number, number] | undefined {
  const [row, column] = rowAndColumn(cell);
  const isIn =
    cell.slice(0, -2).join() === leading.join() &&
    row >= rows.low &&
    row <= rows.high &&
    column >= columns.low &&
    column <= columns.high;
  return isIn ? [row - rows.low, column - columns.low] : undefined;
}

/**
 * A frame around the region that a cell reads, clipped to the window and one pixel outside its cells; `size` is a cell's side
 * in CSS pixels. Empty where the region lies outside; whether it is in the window's slice is not checked.
 */
export function regionBox(
  { low, high }: CellRegion,
  { rows, columns }: ArrayWindow,
  size: number,
): SVGTemplateResult {
  const top = Math.max(low[0], rows.low) - rows.low;
  const left = Math.max(low[1], columns.low) - columns.low;
  const height = Math.min(high[0], rows.high) - rows.low - top + 1;
  const width = Math.min(high[1], columns.high) - columns.low - left + 1;
  if (height < 1 || width < 1) return svg``;
  return svg`<rect class="mark read" x=${left * size - 1} y=${top * size - 1} width=${width * size + 2} height=${height * size + 2}/>`;
}

/**
 * The numbers in the cells, of at most two decimals (none where undefined, or where one is too wide), as SVG texts in an ink that contrasts with the cell's
 * shade. `size` is a cell's side in CSS pixels; the origin is the grid's upper left corner.
 */
export function squares({ values, columns, most }: Omit<Shades, 'rows'>, size: number): SVGTemplateResult {
  const texts = textsOf(values, size);
  return svg`${values.map((value, at) => {
    if (value === undefined || texts.length === 0) return svg``;
    const [x, y] = [((at % columns) + 0.5) * size, (Math.floor(at / columns) + 0.5) * size + 4];
    return svg`<text class=${inkOn(value, most)} x=${x} y=${y}>${texts[at]}</text>`;
  })}`;
}

/** Strengths (0 to 1) from which a cell is dark in the light scheme, and light in the dark one, for values above and below 0. */
const turns = { plus: { light: 0.58, dark: 0.38 }, minus: { light: 0.95, dark: 0.6 } } as const;

function inkOn(value: number, most: number): string {
  const { light, dark } = turns[sideOf(value)];
  const strength = strengthOf(value, most);
  return `${strength > light ? 'on-dark' : ''} ${strength > dark ? 'on-light' : ''}`;
}

/**
 * The lines between the cells of a grid, as an SVG path without the outer border. `rows` and `columns` are numbers of cells,
 * `size` a cell's side in CSS pixels; the origin is the grid's upper left corner.
 */
export function rulings(rows: number, columns: number, size: number): SVGTemplateResult {
  const lines = [
    ...Array.from({ length: rows - 1 }, (_, at) => `M0 ${(at + 1) * size}h${columns * size}`),
    ...Array.from({ length: columns - 1 }, (_, at) => `M${(at + 1) * size} 0v${rows * size}`),
  ];
  return svg`<path class="rulings" d=${lines.join('')}/>`;
}
