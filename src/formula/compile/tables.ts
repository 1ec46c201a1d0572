import { generate } from '../../data/generator.ts';
import {
  faultText,
  plainNames,
  rowsOf,
  sideBySide,
  type Table,
  type TableReading,
} from '../../data/table.ts';
import { closest, Diagnostics, type Span } from '../diagnostic.ts';
import { rowCost } from '../limits.ts';
import { readModel } from '../parse/reader.ts';
import type { FileSource, TableStatement } from '../statement.ts';
import type { Draft } from './draft.ts';

/** The content of a data file, by the name that the model's text gives it; undefined where there is no such file. */
export type Tables = (file: string) => TableReading | undefined;

/** Rows that stand in for files that the reader has not provided yet, unless the line says which rows it takes. */
const placeholderRows = 100;
/** Numbers of one placeholder. */
const mostPlaceholders = 1e7;

/** A data file that a model's text names. */
export interface TableFile {
  /** As written: letters, digits, points, hyphens and underscores; behind `.npz/` the name of an array in it. */
  readonly name: string;
  /** The reader of the page provides it; until then the model runs on placeholders. */
  readonly awaited: boolean;
  /** How many columns it must have, where the text says so. */
  readonly width?: number;
}

/** The files that a text names, each once, to be read before it is compiled. Errors in the text are ignored here. */
export function tablesIn(text: string): TableFile[] {
  if (!/^[^\S\n]*table\s/m.test(text)) return [];
  const found = new Map<string, TableFile>();
  for (const { source } of tableLines(readModel(text, new Diagnostics()))) {
    if (source.kind !== 'files') continue;
    source.files.forEach(({ name }, at) => {
      const width = source.widths?.[at];
      found.set(name, { name, awaited: width !== undefined, ...(width !== undefined && { width }) });
    });
  }
  return [...found.values()];
}

const tableLines = (statements: readonly { kind: string }[]): TableStatement[] =>
  statements.filter((one): one is TableStatement => one.kind === 'table');

/**
 * Generates, or takes from `tables`, every table of the text into `draft.tables`; a file that is `dropped` and not yet there
 * gets placeholder rows and a place in `draft.awaited`. Reports `twice`, `file`, `size` and `range`.
 */
export function declareTables(draft: Draft, tables: Tables): void {
  const own = new Set<string>();
  for (const statement of tableLines(draft.statements)) {
    const { name, span, rows } = statement;
    if (own.has(name)) draft.error(span, 'twice', `${name} is already defined`);
    own.add(name);
    const table = tableOf(draft, statement, tables);
    if (table === undefined) continue;
    if (rows !== undefined && rows.high > table.rows)
      draft.error(rows.span, 'range', `${name} has ${table.rows} rows; there is no row ${rows.high}`);
    else draft.tables.set(name, rows === undefined ? table : rowsOf(table, rows.low, rows.high));
  }
}

function tableOf(
  draft: Draft,
  { source, rows, name, span }: TableStatement,
  tables: Tables,
): Table | undefined {
  if (source.kind === 'drawn' && !draft.canCompute(rowCost * source.count)) {
    const message = `${name} would take more than ${draft.mostComputed} operations to draw; make it smaller`;
    draft.error(span, 'size', message);
    return undefined;
  }
  if (source.kind === 'drawn') return generate(source.generator, source.count, source.noise, source.seed);
  const read = source.files.map((file) => ({ ...file, reading: tables(file.name) }));
  const missing = read.filter(({ reading }) => reading === undefined);
  for (const { name, span, reading } of read) {
    for (const fault of reading?.faults ?? []) draft.error(span, 'file', `${name}: ${faultText(fault)}`);
  }
  if (source.widths !== undefined && missing.length > 0) {
    draft.awaited.push(...missing.map(({ name }) => name));
    return placeholder(draft, source.widths, rows?.high ?? placeholderRows, source.files[0].span);
  }
  for (const { name, span } of missing) {
    const hint = `put it there, or write dropped before "${name}" and have the reader bring it`;
    draft.error(span, 'file', `there is no file ${name} beside the lesson; ${hint}`);
  }
  const found = read.flatMap(({ reading }) => reading?.table ?? []);
  if (found.length < read.length) return undefined;
  return joined(draft, source, found);
}

function joined(draft: Draft, { files, widths }: FileSource, found: readonly Table[]): Table | undefined {
  for (const [at, { name, span }] of files.entries()) {
    const [wanted, { width }] = [widths?.[at] ?? found[at].width, found[at]];
    if (wanted === width) continue;
    draft.error(span, 'file', `${name} has ${width} columns, but the line says ${wanted}`);
    return undefined;
  }
  const { table, faults = [] } = sideBySide(found);
  for (const fault of faults) draft.error(files[0].span, 'file', faultText(fault));
  return table;
}

/** Bytes without a pattern, so that nobody mistakes them for data; a single column counts through ten classes. */
function placeholder(draft: Draft, widths: readonly number[], rows: number, span: Span): Table | undefined {
  const width = widths.reduce((sum, one) => sum + one, 0);
  if (rows * width > mostPlaceholders) {
    draft.error(span, 'size', `${rows} rows of ${width} columns are too many to stand in for a file`);
    return undefined;
  }
  const values = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    let at = row * width;
    for (const one of widths) {
      for (let column = 0; column < one; column++, at++)
        values[at] = one === 1 ? row % 10 : Math.imul(at + 1, 0x9e3779b1) >>> 24;
    }
  }
  return { columns: plainNames(width, 'p'), rows, width, values };
}

/**
 * The table that a data line reads; undefined after reporting (`name`, at `span`) that there is none, or without a report
 * where its own line has an error. `declareTables` comes before it.
 */
export function tableNamed(draft: Draft, name: string, span: Span): Table | undefined {
  const found = draft.tables.get(name);
  const isKnown = tableLines(draft.statements).some((statement) => statement.name === name);
  if (found === undefined && !isKnown && !draft.isUnread(name)) {
    const near = closest(name, draft.tables.keys());
    const hint = near ? `do you mean ${near}?` : `declare it, as in table ${name} = "${name}.csv"`;
    draft.error(span, 'name', `there is no table ${name}; ${hint}`);
  }
  return found;
}
