import { closest, type Span } from '../diagnostic.ts';
import { type Expression, references } from '../expression.ts';
import { cellAt, cellName, sizeOf } from '../model.ts';
import { classCount } from '../parse/data-line.ts';
import type { SampleRows, TableColumns } from '../rows.ts';
import { sampleRows } from '../sample-rows.ts';

import type { Columns, DataRole, DataStatement, Initial, Onehot } from '../statement.ts';

import { checkCalls } from './calls.ts';
import { DataCells } from './data-cells.ts';
import type { Draft } from './draft.ts';
import { costOf } from './evaluation.ts';
import { IndexRanges } from './index-ranges.ts';
import { tableNamed } from './tables.ts';

type InitialStatement = DataStatement & { readonly initial: Initial };

/** Numbers of one quantity that is held in memory as a whole. */
const mostNumbers = 1 << 24;
/** How many numbers of sample data are computed before the model runs; the rest of a larger table is not checked. */
const mostChecked = 1 << 20;

/** What is known about a computed data line before its numbers. */
export interface Planned {
  /** Rows of the tables that it reads; absent where it reads none. */
  readonly rows?: number;
  /** The shape of the whole, or of one row where there are `rows`. */
  readonly shape: readonly number[];
  /** The table columns that the expression reads, in the order of `Initial.columns`. */
  readonly selections: readonly TableColumns[];
}

/**
 * The shape of a computed data line: `given` (from its `like`, if it has one), or from its brackets, or from the tables that
 * it reads. Undefined after reporting (`shape`, `range`, `name`, `size`) why there is none. Tables must be declared.
 */
export function plan(
  draft: Draft,
  statement: InitialStatement,
  given?: readonly number[],
): Planned | undefined {
  const { initial, name } = statement;
  const { columns, onehots, dimensions, sizeSpan } = initial;
  const selections: (TableColumns & { readonly rows: number })[] = [];
  const widths: { readonly width: number; readonly span: Span }[] = onehots.map(({ classes, span }) => ({
    width: classCount(classes),
    span,
  }));
  for (const one of columns) {
    const found = select(draft, one, statement.role);
    if (found === undefined) return undefined;
    if (found.width > 1) widths.push({ width: found.width, span: one.span });
    selections.push(found);
  }
  const [first] = widths;
  for (const { width, span } of widths) {
    if (width !== first.width)
      return complain(
        draft,
        span,
        'shape',
        `here are ${width} columns, elsewhere in the line ${first.width}`,
      );
  }
  for (const [at, { rows }] of selections.entries()) {
    if (rows === selections[0].rows) continue;
    const other = `${columns[at].table} has ${rows} rows, ${columns[0].table} ${selections[0].rows}`;
    return complain(draft, columns[at].span, 'shape', `${other}; they cannot be read together`);
  }
  if (selections.length > 0 || onehots.length > 0) {
    if (dimensions.length > 0 || given !== undefined)
      return complain(
        draft,
        sizeSpan,
        'shape',
        `the shape of ${name} follows from the table; write ${name} = …`,
      );
    if (selections.length === 0)
      return complain(draft, onehots[0].span, 'shape', 'onehot is for columns of a table');
    const [{ rows }] = selections;
    const shape = first ? [first.width] : [];
    if (statement.role !== 'sample' && rows * sizeOf(shape) > mostNumbers) {
      const how = `${rows} rows of ${first?.width ?? 1} are too many to be held at once`;
      return complain(
        draft,
        sizeSpan,
        'size',
        `${how}; write sample ${name} = …, and every iteration takes some`,
      );
    }
    return { rows, shape, selections };
  }
  const shape = given ?? dimensions.map(({ range }) => range.high);
  if (sizeOf(shape) > mostNumbers) {
    return complain(
      draft,
      sizeSpan,
      'size',
      `${name} would have ${shape.join(' × ')} entries; ${mostNumbers} fit`,
    );
  }
  return { shape, selections };
}

function select(
  draft: Draft,
  { table: name, first, last, span }: Columns,
  role: DataRole,
): (TableColumns & { readonly rows: number }) | undefined {
  const found = tableNamed(draft, name, span);
  const table = (role === 'sample' && draft.extended.get(name)) || found;
  if (table === undefined) return undefined;
  const position = (column: number | string): number | undefined => {
    const at = typeof column === 'number' ? column : table.columns.indexOf(column) + 1;
    if (at >= 1 && at <= table.width) return at;
    const near = typeof column === 'string' ? closest(column, table.columns) : undefined;
    const few = table.width <= 8 ? `: ${table.columns.join(', ')}` : '';
    const hint = near ? `do you mean ${near}?` : `it has ${table.width} columns${few}`;
    return complain(draft, span, 'range', `${name} has no column ${column}; ${hint}`);
  };
  const low = position(first);
  const high = last === first ? low : position(last);
  if (low === undefined || high === undefined) return undefined;
  return high < low
    ? complain(draft, span, 'range', `no column of ${name} lies in ${first}..${last}`)
    : { values: table.values, rows: table.rows, stride: table.width, first: low, width: high - low + 1 };
}

/**
 * The numbers of a data line, `planned` by `plan`: one row without a table. Sample data of more than about a million numbers
 * stays a source that is computed on demand. Undefined after reporting (`size`, `range`, `finite`, `name`, …) what is wrong,
 * and without a report where the draft has an error already.
 */
export function compute(draft: Draft, statement: InitialStatement, planned: Planned): SampleRows | undefined {
  const { initial, name, role } = statement;
  const expression = checked(draft, statement);
  if (expression === undefined || draft.failed) return undefined;
  const count = planned.rows ?? 1;
  const size = sizeOf(planned.shape);
  const isLazy = role === 'sample' && planned.rows !== undefined && count * size > mostChecked;
  const first = isLazy ? Math.max(1, Math.floor(mostChecked / size)) : count;
  if (!draft.canCompute(costOf(expression, draft.functions) * first * size)) {
    const message = `${name} would take more than ${draft.mostComputed} operations to compute; make it smaller`;
    return complain(draft, initial.sizeSpan, 'size', message);
  }
  const { dimensions } = initial;
  const { shape, selections } = planned;
  const source = { name, expression, functions: draft.functions, selections, shape, dimensions };
  const cells = new DataCells(source);
  const numbers = new Float64Array(first * size);
  for (let row = 0; row < first; row++) cells.read(row, numbers, row * size);
  const span = statement.numbersSpan;
  const wrong =
    faultyOnehot(cells, initial, count) ??
    faultySeed(cells, span) ??
    faultyNumber(statement, planned, numbers);
  if (wrong !== undefined) return complain(draft, wrong.span, wrong.rule, wrong.message);
  return isLazy ? { count, size, source } : sampleRows(count, numbers);
}

interface Wrong {
  readonly span: Span;
  readonly rule: string;
  readonly message: string;
}

/** The expression with its ranges, its calls and names checked; undefined after reporting. */
function checked(draft: Draft, { initial, name, numbersSpan }: InitialStatement): Expression | undefined {
  const before = draft.diagnostics.all.length;
  checkCalls(draft, initial.expression, numbersSpan, 'data');
  for (const { name: read, indices, span = numbersSpan } of references(initial.expression)) {
    if (indices.length > 0 || draft.isUnread(read)) continue;
    const why = `${name} is computed before the model runs, from numbers, functions and columns of tables`;
    draft.error(span, 'name', `${why}; ${read} cannot be read here`);
  }
  const line = {
    indices: initial.dimensions.map(({ name: dimension }) => dimension),
    expression: initial.expression,
    span: numbersSpan,
  };
  const ranges = new IndexRanges(line, draft.declared, draft.diagnostics);
  for (const [d, { range }] of initial.dimensions.entries()) ranges.left[d].range = range;
  const shapes = () => [initial.columns.length];
  ranges.learnFromArithmetic(shapes);
  ranges.learnFromConditions(shapes);
  return draft.diagnostics.all.length === before ? ranges.settle(shapes) : undefined;
}

const isAmong = (classes: Onehot['classes'], label: number): boolean =>
  'low' in classes
    ? Number.isInteger(label) && label >= classes.low && label <= classes.high
    : classes.includes(label);

/** The first row with a number that is no class of a `onehot`. */
function faultyOnehot(cells: DataCells, { onehots }: Initial, rows: number): Wrong | undefined {
  for (const { operand, classes, span } of onehots) {
    const named = 'low' in classes ? `${classes.low}..${classes.high}` : classes.join(', ');
    const value = cells.ready(operand);
    for (let row = 0; row < rows; row++) {
      cells.enter(row, 0);
      const label = value();
      if (isAmong(classes, label)) continue;
      const message = `row ${row + 1} has ${label} here, which is none of ${named}`;
      return { span, rule: 'range', message };
    }
  }
  return undefined;
}

function faultySeed({ faultySeed }: DataCells, span: Span): Wrong | undefined {
  if (faultySeed === undefined) return undefined;
  return { span, rule: 'range', message: `the seed ${faultySeed} is no whole number` };
}

function faultyNumber(
  { name, numbersSpan }: InitialStatement,
  { rows, shape }: Planned,
  numbers: Float64Array,
): Wrong | undefined {
  const flat = numbers.findIndex((one) => !Number.isFinite(one));
  if (flat < 0) return undefined;
  const whole = rows === undefined ? shape : [rows, ...shape];
  const message = `${cellName(name, cellAt(whole, flat))} comes out as ${numbers[flat]}; only finite numbers can be computed with`;
  return { span: numbersSpan, rule: 'finite', message };
}

function complain(draft: Draft, span: Span, rule: string, message: string): undefined {
  draft.error(span, rule, message);
  return undefined;
}
