import type { Table } from '../data/table.ts';
import type { Expression } from './expression.ts';
import type { FunctionStatement, Initial } from './statement.ts';

/** A run of neighbouring columns of a table. A single column is read by every cell; of several, each cell reads its own. */
export interface TableColumns {
  /** All numbers of the table, row by row. */
  readonly values: Table['values'];
  /** Numbers in a row of the table. */
  readonly stride: number;
  /** The first column, from 1. */
  readonly first: number;
  /** How many columns. */
  readonly width: number;
}

/** How the cells of a data line are computed. Plain data, like everything in a model, so it can be posted to another thread. */
export interface CellSource {
  /** The name of the line, which chooses its stream of random numbers. */
  readonly name: string;
  readonly expression: Expression;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** What references in the expression read: one with the constant index n reads the n-th of these, counted from 1. */
  readonly selections: readonly TableColumns[];
  /** Entries along each dimension of one row, `[]` for a single number. */
  readonly shape: readonly number[];
  /** The indices that run over `shape`, in order. */
  readonly dimensions: Initial['dimensions'];
  /** The shape of a row whose last two dimensions are swapped after it is computed; absent where they are not. */
  readonly transposed?: readonly number[];
}

/**
 * All samples of a quantity: written out one after the other, or computed from a table on demand, so that a large table of
 * pixels is never expanded to doubles.
 */
export interface SampleRows {
  /** How many samples. */
  readonly count: number;
  /** Numbers in a sample. */
  readonly size: number;
  readonly source: Float64Array | CellSource;
}

/** Computes a sample, counted from 0, into `memory` from `offset` on. */
interface RowReader {
  read(row: number, memory: Float64Array, offset: number): void;
}

/** The reader of each source, made when a first row is read. */
const ready = new WeakMap<CellSource, RowReader>();

let open: ((source: CellSource) => RowReader) | undefined;

/**
 * Sets how computed samples are read; `reader` is called once for each source, at its first row. `compile/data-cells.ts` calls
 * this when it is loaded; import that wherever a model with computed samples is made or received.
 */
export function provideRowReader(reader: (source: CellSource) => RowReader): void {
  open = reader;
}

/**
 * Writes the sample `row`, counted from 0, into `memory` from `offset` on (`rows.size` numbers). Bounds are not checked.
 * Throws an `Error` where samples are computed and no reader was provided.
 */
export function readRow(
  { size, source }: SampleRows,
  row: number,
  memory: Float64Array,
  offset: number,
): void {
  if (source instanceof Float64Array) {
    const from = row * size;
    // A view of a few numbers costs more than copying them.
    if (size > 64) memory.set(source.subarray(from, from + size), offset);
    else for (let n = 0; n < size; n++) memory[offset + n] = source[from + n];
    return;
  }
  let cells = ready.get(source);
  if (cells === undefined) {
    if (open === undefined) throw new Error('samples are not loaded');
    cells = open(source);
    ready.set(source, cells);
  }
  cells.read(row, memory, offset);
}

/** One sample, counted from 0, as its `rows.size` numbers in a new array. Throws like `readRow`. */
export function rowAt(rows: SampleRows, row: number): Float64Array {
  const numbers = new Float64Array(rows.size);
  readRow(rows, row, numbers, 0);
  return numbers;
}
