import { tooMany } from './numbers.ts';

/** Rows of numbers, each column with a name: what a CSV or IDX file holds, or a generator draws. */
export interface Table {
  /** One name a column. */
  readonly columns: readonly string[];
  readonly rows: number;
  /** Numbers in a row. */
  readonly width: number;
  /** Row by row. Whole numbers from 0 to 255, such as pixels, stay single bytes. */
  readonly values: Float64Array | Uint8Array;
  /** What the file says about itself: the comments above its first row, such as whose data they are. */
  readonly note?: string;
}

/** Why a file makes no table, and where in it: 1-based line and column, for files that have lines. */
export interface TableFault {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What comes of reading a file. */
export type TableReading =
  | { readonly table: Table; readonly faults?: undefined }
  | { readonly table?: undefined; readonly faults: readonly TableFault[] };

/** Wider rows than any lesson's, and than pictures of 288 × 288 points in three colours; each column has a name in memory. */
export const mostColumns = 250_000;

export const failed = (message: string): TableReading => ({ faults: [{ message }] });

/** `line 3, column 7: …`, or the message alone where the file has no lines. */
export const faultText = ({ message, line, column }: TableFault): string =>
  line === undefined ? message : `line ${line}, column ${column}: ${message}`;

/** `p1`, `p2`, … for columns that have no name of their own. */
export const plainNames = (count: number, prefix: string): string[] =>
  Array.from({ length: count }, (_, n) => `${prefix}${n + 1}`);

/**
 * Tables side by side, as one: images and their labels. They must have the same number of rows; a name that is taken
 * gets a number.
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

/** The names, of which each that is taken gets a number: a, a_2, a_3. */
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

/** Some of a table's rows, counted from 1, both ends included; nothing is copied. */
export function rowsOf({ columns, width, values }: Table, first: number, last: number): Table {
  return {
    columns,
    width,
    rows: last - first + 1,
    values: values.subarray((first - 1) * width, last * width),
  };
}
