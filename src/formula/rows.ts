import type { Table } from '../data/table.ts';
import type { Expression } from './expression.ts';
import type { FunctionStatement, Initial } from './statement.ts';

/** Columns of a table, the first counted from 1: a single one is read by every cell, of several each by its own. */
export interface TableColumns {
  readonly values: Table['values'];
  /** Numbers in a row of the table. */
  readonly stride: number;
  readonly first: number;
  readonly width: number;
}

/** How the cells of a data line are computed. Plain data, as everything in a model: it can be sent to another thread. */
export interface CellSource {
  /** The line's own name, under which random numbers are drawn. */
  readonly name: string;
  readonly expression: Expression;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** What a reference in the expression reads: the constant that is its index is the position here, from 1. */
  readonly selections: readonly TableColumns[];
  /** Of a row. */
  readonly shape: readonly number[];
  /** Indices that run over the shape. */
  readonly dimensions: Initial['dimensions'];
}

/**
 * Sample data: all samples there are, one after the other, or how to compute each from a table, so that a large table
 * of pixels is never written out as doubles.
 */
export interface SampleRows {
  readonly count: number;
  /** Numbers in a sample. */
  readonly size: number;
  readonly source: Float64Array | CellSource;
}

/** The samples of an array that holds them one after the other. */
export const sampleRows = (count: number, numbers: Float64Array): SampleRows => ({
  count,
  size: numbers.length / count,
  source: numbers,
});

/** Writes a sample, counted from 0, into memory. */
interface RowReader {
  read(row: number, memory: Float64Array, offset: number): void;
}

/** What computes samples, made ready when one is asked for. */
const ready = new WeakMap<CellSource, RowReader>();

let open: ((source: CellSource) => RowReader) | undefined;

/** Says how samples are computed; `data-cells.ts` does so. Who makes or receives a model with computed samples imports that. */
export function provideRowReader(reader: (source: CellSource) => RowReader): void {
  open = reader;
}

/** Writes a sample, counted from 0, into memory. */
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
    if (open === undefined) throw new Error('nothing is there that computes samples');
    cells = open(source);
    ready.set(source, cells);
  }
  cells.read(row, memory, offset);
}

/** One sample in an array of its own. */
export function rowAt(rows: SampleRows, row: number): Float64Array {
  const numbers = new Float64Array(rows.size);
  readRow(rows, row, numbers, 0);
  return numbers;
}

/** All samples, one after the other; nobody writes there. */
export function allRows(rows: SampleRows): Float64Array {
  if (rows.source instanceof Float64Array) return rows.source;
  const numbers = new Float64Array(rows.count * rows.size);
  for (let row = 0; row < rows.count; row++) readRow(rows, row, numbers, row * rows.size);
  return numbers;
}
