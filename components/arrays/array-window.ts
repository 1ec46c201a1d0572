import { formatCount } from '../../src/number/format.ts';
import { arrayWindowWords as words } from '../../src/words/arrays/array-window.ts';

/** First and last, both included. */
export interface WindowSpan {
  readonly low: number;
  readonly high: number;
}

/** A part of an array, in its last two dimensions; the indices before them are fixed. Of a row there are only columns. */
export interface ArrayWindow {
  readonly shape: readonly number[];
  readonly leading: readonly number[];
  readonly rows: WindowSpan;
  readonly columns: WindowSpan;
}

/** How many rows and columns are in sight at once. */
export interface WindowExtent {
  readonly rows: number;
  readonly columns: number;
}

/** Which way a window is moved: by rows, by columns, or through the indices before them. */
export type WindowDirection = 'rows' | 'columns' | 'slices';

/** A list of some cells as a window: as many columns as there are, then as many rows as fit. */
export function listExtent(shape: readonly number[], cells: number): WindowExtent {
  const columns = Math.min(cells, shape.at(-1) ?? 1);
  return { columns, rows: Math.max(1, Math.floor(cells / columns)) };
}

const heightOf = (shape: readonly number[]): number => shape.at(-2) ?? 1;
const widthOf = (shape: readonly number[]): number => shape.at(-1) ?? 1;

/** A window with a cell in it: the one that there was, if the cell is in it, else one in which steps ahead have some room. */
export function windowAround(
  shape: readonly number[],
  cell: readonly number[],
  extent: WindowExtent,
  known?: ArrayWindow,
): ArrayWindow {
  const leading = cell.slice(0, Math.max(0, shape.length - 2));
  const row = shape.length < 2 ? 1 : (cell.at(-2) ?? 1);
  const column = cell.at(-1) ?? 1;
  const isSlice = known !== undefined && known.leading.join() === leading.join();
  return {
    shape,
    leading,
    rows: spanAround(heightOf(shape), row, extent.rows, isSlice ? known.rows : undefined),
    columns: spanAround(widthOf(shape), column, extent.columns, isSlice ? known.columns : undefined),
  };
}

function spanAround(size: number, at: number, count: number, known: WindowSpan | undefined): WindowSpan {
  if (known !== undefined && known.low <= at && at <= known.high) return known;
  return spanFrom(size, at - Math.floor((count - 1) / 3), count);
}

function spanFrom(size: number, low: number, count: number): WindowSpan {
  const first = Math.max(1, Math.min(low, size - count + 1));
  return { low: first, high: Math.min(size, first + count - 1) };
}

/** The window one page on or back. */
export function movedWindow(window: ArrayWindow, direction: WindowDirection, by: 1 | -1): ArrayWindow {
  const { shape, leading, rows, columns } = window;
  if (direction === 'slices') return { ...window, leading: neighbour(shape, leading, by) };
  const [span, size] = direction === 'rows' ? [rows, heightOf(shape)] : [columns, widthOf(shape)];
  const count = span.high - span.low + 1;
  return { ...window, [direction]: spanFrom(size, span.low + by * count, count) };
}

/** The next indices before the last two dimensions, in the order of the array; the same at the ends. */
function neighbour(shape: readonly number[], leading: readonly number[], by: 1 | -1): readonly number[] {
  const next = [...leading];
  for (let d = next.length - 1; d >= 0; d--) {
    next[d] += by;
    if (next[d] >= 1 && next[d] <= shape[d]) return next;
    next[d] = by > 0 ? 1 : shape[d];
  }
  return leading;
}

/** Whether there is more in a direction. */
export function canMoveWindow(window: ArrayWindow, direction: WindowDirection, by: 1 | -1): boolean {
  const next = movedWindow(window, direction, by);
  return cellsIn(next)[0].join() !== cellsIn(window)[0].join();
}

/** The cells in a window, row by row. */
export function cellsIn({ shape, leading, rows, columns }: ArrayWindow): number[][] {
  if (shape.length === 0) return [[]];
  const cells: number[][] = [];
  for (let row = rows.low; row <= rows.high; row++)
    for (let column = columns.low; column <= columns.high; column++)
      cells.push(shape.length === 1 ? [column] : [...leading, row, column]);
  return cells;
}

const ones = { rows: 'row', columns: 'column', entries: 'entry' } as const;
const manies = { rows: 'rowsOf', columns: 'columnsOf', entries: 'entriesOf' } as const;

/** What a window shows in a direction, in words: "rows 12–20 of 256". */
export function windowText(
  { shape, leading, rows, columns }: ArrayWindow,
  direction: WindowDirection,
): string {
  if (direction === 'slices') return words.slice(leading.join(','));
  const { low, high } = direction === 'rows' ? rows : columns;
  const size = formatCount((direction === 'rows' ? heightOf : widthOf)(shape));
  const what = shape.length === 1 ? 'entries' : direction;
  return low === high ? words[ones[what]](low, size) : words[manies[what]](low, high, size);
}

/** The directions in which a window does not show everything. */
export function windowDirections({ shape, rows, columns }: ArrayWindow): WindowDirection[] {
  const found: WindowDirection[] = [];
  if (shape.length > 2) found.push('slices');
  if (rows.high - rows.low + 1 < heightOf(shape)) found.push('rows');
  if (columns.high - columns.low + 1 < widthOf(shape)) found.push('columns');
  return found;
}
