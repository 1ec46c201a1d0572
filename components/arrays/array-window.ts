import { formatCount } from '../../src/number/format.ts';
import { arrayWindowWords as words } from '../../src/words/arrays/array-window.ts';

/** Rows or columns of a window: 1-based, both ends inclusive. */
export interface WindowSpan {
  /** The first one shown. */
  readonly low: number;
  /** The last one shown, inclusive. */
  readonly high: number;
}

/**
 * The visible part of an array: rows and columns of its last two dimensions. A vector has columns only, and a scalar one cell.
 */
export interface ArrayWindow {
  /** The shape of the whole array. */
  readonly shape: readonly number[];
  /** The fixed indices, from 1, before the last two dimensions; empty for fewer than three. */
  readonly leading: readonly number[];
  /** The rows shown; 1 to 1 for a vector or scalar. */
  readonly rows: WindowSpan;
  /** The columns shown. */
  readonly columns: WindowSpan;
}

/** How many rows and columns a window shows at most. */
export interface WindowExtent {
  /** Rows at most. */
  readonly rows: number;
  /** Columns at most. */
  readonly columns: number;
}

/** The direction in which a window moves: by rows, by columns, or through the leading indices. */
export type WindowDirection = 'rows' | 'columns' | 'slices';

/**
 * The extent of a window for a list of at most `cells` cells (from 1): as many whole rows of `shape` as fit; part of one row
 * where not even that fits. It may have more rows than the array.
 */
export function listExtent(shape: readonly number[], cells: number): WindowExtent {
  const columns = Math.min(cells, shape.at(-1) ?? 1);
  return { columns, rows: Math.max(1, Math.floor(cells / columns)) };
}

const heightOf = (shape: readonly number[]): number => shape.at(-2) ?? 1;
const widthOf = (shape: readonly number[]): number => shape.at(-1) ?? 1;

/**
 * A window that contains a cell (as many indices as `shape`, from 1). `known` is an earlier window of this array: its rows, and
 * its columns, stay as they are, whatever `extent` is, where the cell is in them and in the same slice. Else there are at most
 * as many as `extent` says, with the cell in the first third, so that following steps stay inside. It never reaches beyond the
 * array.
 */
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

/**
 * A new window, moved by its own size forward (1) or back (-1), by one slice in direction `slices`; at the ends it stays inside
 * the array, with its size.
 */
export function movedWindow(window: ArrayWindow, direction: WindowDirection, by: 1 | -1): ArrayWindow {
  const { shape, leading, rows, columns } = window;
  if (direction === 'slices') return { ...window, leading: neighbour(shape, leading, by) };
  const [span, size] = direction === 'rows' ? [rows, heightOf(shape)] : [columns, widthOf(shape)];
  const count = span.high - span.low + 1;
  return { ...window, [direction]: spanFrom(size, span.low + by * count, count) };
}

/** The next leading indices in the array's order; the same at the ends. */
function neighbour(shape: readonly number[], leading: readonly number[], by: 1 | -1): readonly number[] {
  const next = [...leading];
  for (let d = next.length - 1; d >= 0; d--) {
    next[d] += by;
    if (next[d] >= 1 && next[d] <= shape[d]) return next;
    next[d] = by > 0 ? 1 : shape[d];
  }
  return leading;
}

/** Whether `movedWindow` with the same arguments would show other cells. */
export function canMoveWindow(window: ArrayWindow, direction: WindowDirection, by: 1 | -1): boolean {
  const next = movedWindow(window, direction, by);
  return cellsIn(next)[0].join() !== cellsIn(window)[0].join();
}

/**
 * The cells of a window, row by row, one inner list of all indices (from 1) for each; a scalar gives one cell without indices.
 */
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

/**
 * The text for what a window shows in a direction: "rows 12–20 of 256", "row 3 of 4", "slice [2,·,·]"; a vector has "entries".
 * Plain text in the page's language.
 */
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

/**
 * The directions in which the array is larger than the window, in the order slices, rows, columns; empty where it is shown
 * whole.
 */
export function windowDirections({ shape, rows, columns }: ArrayWindow): WindowDirection[] {
  const found: WindowDirection[] = [];
  if (shape.length > 2) found.push('slices');
  if (rows.high - rows.low + 1 < heightOf(shape)) found.push('rows');
  if (columns.high - columns.low + 1 < widthOf(shape)) found.push('columns');
  return found;
}
