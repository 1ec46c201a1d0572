import { tooMany } from './numbers.ts';

/** Rows of numbers with named columns: the content of a CSV or IDX file, or a generated data set. */
export interface Table {
  /** One name for each column. */
  readonly columns: readonly string[];
  /** How many rows. */
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** Row by row. Whole numbers from 0 to 255, such as pixels, stay single bytes. */
  readonly values: Float64Array | Uint8Array;
  /** The comments above the first row, such as where the data come from. */
  readonly note?: string;
}

/** Why a file is not a table; line and column, from 1, only for text files. */
export interface TableFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** The result of reading a file: a table, or at least one fault. */
export type TableReading =
  | { readonly table: Table; readonly faults?: undefined }
  | { readonly table?: undefined; readonly faults: readonly TableFault[] };

/** Numbers of a row, at most: more than images of 288 × 288 pixels in three colours. Each column has a name in memory. */
export const mostColumns = 250_000;

/** A result with a single fault that has no place. */
export const failed = (message: string): TableReading => ({ faults: [{ message }] });

/** `line 3, column 7: …`, or the message alone where the fault has no place. */
export const faultText = ({ message, line, column }: TableFault): string =>
  line === undefined ? message : `line ${line}, column ${column}: ${message}`;

/** Names for `count` columns that have none: the prefix and a number from 1, `p1`, `p2`, … for `p`. */
export const plainNames = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);

/**
 * Tables side by side as one, such as images and their labels; at least one table. Faults where their numbers of rows differ
 * or the result is too large. A column name that is taken gets a number, as in `distinct`; notes are left out; the values are
 * bytes where those of all tables are. A single table is returned as it is.
 */
export function sideBySide(tables: readonly Table[]): TableReading {
  const [first] = tables;
  if (tables.length === 1) return { table: first };
  const other = tables.find(({ rows }) => rows !== first.rows);
  if (other !== undefined) {
    return failed(`one file has ${first.rows} rows, another ${other.rows}; they must belong together`);
  }
  const width = tables.reduce((sum, table) => sum + table.width, 0);
  const areBytes = tables.every(({ values }) => values instanceof Uint8Array);
  const wrong = tooMany(first.rows * width, areBytes);
  if (wrong !== undefined) return failed(wrong);
  const values = new (areBytes ? Uint8Array : Float64Array)(first.rows * width);
  let start = 0;
  for (const table of tables) {
    for (let row = 0; row < table.rows; row++) {
      values.set(table.values.subarray(row * table.width, (row + 1) * table.width), row * width + start);
    }
    start += table.width;
  }
  return {
    table: { columns: distinct(tables.flatMap(({ columns }) => columns)), rows: first.rows, width, values },
  };
}

/**
 * The rows of two tables of the same width, one below the other, with the first one's names and note; the values are bytes where those
 * of both are.
 */
export function oneBelowOther(above: Table, below: Table): Table {
  const areBytes = above.values instanceof Uint8Array && below.values instanceof Uint8Array;
  const values = new (areBytes ? Uint8Array : Float64Array)(above.values.length + below.values.length);
  values.set(above.values);
  values.set(below.values, above.values.length);
  return { ...above, rows: above.rows + below.rows, values };
}

/** The names in their order, those that occurred before with a number: a, a_2, a_3. */
export function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>();
  /** From which number on a name may be free. */
  const numbers = new Map<string, number>();
  return names.map((name) => {
    let own = name;
    let n = numbers.get(name) ?? 2;
    for (; taken.has(own); n++) own = `${name}_${n}`;
    numbers.set(name, n);
    taken.add(own);
    return own;
  });
}

/**
 * Rows `first` to `last` of a table, from 1, both included, without its note; the values are a view, not a copy. Bounds are
 * not checked.
 */
export function rowsOf({ columns, width, values }: Table, first: number, last: number): Table {
  return {
    columns,
    width,
    rows: last - first + 1,
    values: values.subarray((first - 1) * width, last * width),
  };
}
