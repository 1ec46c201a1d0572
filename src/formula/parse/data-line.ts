import { type GeneratorName, generatorNames, isGenerator } from '../../data/generator.ts';
import type { Range } from '../affine.ts';
import { closest, type Span } from '../diagnostic.ts';
import { domainNames } from '../domain.ts';
import { mostTokens } from '../limits.ts';
import type {
  DataRole,
  DataStatement,
  DrawnSource,
  FileSource,
  Initial,
  NestedNumbers,
  Onehot,
  TableStatement,
} from '../statement.ts';
import { transposedShape } from '../transposition.ts';
import type { DataParser } from './data-parser.ts';
import type { Parser } from './parser.ts';
import { SyntaxFault } from './syntax-fault.ts';
import { deepestList } from './token.ts';

/** The greatest size, index value or row count that a text may write. */
export const farthest = 1e6;

/**
 * Reads `given x = [1, 2] : positive`, `param W[3,2] = he(1, 2)` or `sample x = digits[1..64] / 16 as 8 x 8`, from the name
 * on; the word of the role has been taken. `tokens` is the number of tokens of the line, to refuse a formula that is too long.
 * The caller calls `parser.finish()` for the rest of the line. Throws a `SyntaxFault`.
 */
export function readDataLine(role: DataRole, parser: DataParser, tokens: number): DataStatement {
  const name = parser.name('for the numbers');
  const opening = parser.next.span;
  const dimensions = parser.accept('[') ? readDimensions(parser) : [];
  parser.expect('=', `after ${name.text}`);
  const start = parser.next.span;
  if (dimensions.length > 0 && parser.listsNumbers)
    throw new SyntaxFault(
      start,
      `a list says its shape itself; write ${role} ${name.text} = [1, 2]`,
      'shape',
    );
  const isEvenly = dimensions.length === 0 && parser.peek('linspace') && parser.peek('(', 1);
  const isList = isEvenly || (dimensions.length === 0 && (parser.peek('[') || parser.next.kind === 'list'));
  if (!isList && tokens > mostTokens)
    throw new SyntaxFault(start, 'this line is too long for a formula', 'size');
  const value = isEvenly
    ? { numbers: readEvenly(parser) }
    : isList
      ? { numbers: readNumbers(parser) }
      : readInitial(parser, dimensions, dimensions.length > 0 ? opening : start);
  const reshape = parser.accept('as') && readSizes(parser);
  const like = parser.accept('like') && parser.name('whose shape to take');
  const transposed = parser.accept('transposed');
  const domain = parser.accept(':') && parser.name(`of a domain: ${domainNames}`);
  return {
    kind: 'data',
    role,
    name: name.text,
    ...value,
    ...(reshape && { reshape }),
    ...(like && { like: { name: like.text, span: like.span } }),
    ...(transposed && { transposed: transposed.span }),
    ...(domain && { domain: { name: domain.text, span: domain.span } }),
    span: name.span,
    numbersSpan: start,
  };
}

type Value = { readonly numbers: NestedNumbers } | { readonly initial: Initial };

function readInitial(parser: DataParser, dimensions: Initial['dimensions'], sizeSpan: Span): Value {
  for (const { name } of dimensions) parser.indices.add(name);
  const expression = parser.expression();
  // A single number is plain data without dimensions.
  if (expression.kind === 'number' && dimensions.length === 0) return { numbers: expression.value };
  const { columns, onehots } = parser;
  return { initial: { expression, dimensions, columns, onehots, sizeSpan } };
}

/**
 * The shape of a data line as far as the line itself tells, `[]` for a single number, for sample data that of one sample.
 * Undefined where it depends on another line or on a table, or where a list is empty. Taken from first entries only; neither
 * raggedness nor the sizes of `as` are checked.
 */
export function writtenShape(statement: DataStatement): number[] | undefined {
  const { reshape, like, role, initial, transposed } = statement;
  if (like !== undefined) return undefined;
  const isRead = initial !== undefined && initial.columns.length > 0;
  const shape = isRead
    ? rowShape(initial)
    : initial
      ? initial.dimensions.map(({ range }) => range.high)
      : listShape(statement);
  if (shape === undefined || (isRead && role !== 'sample')) return undefined;
  const whole = reshape === undefined ? shape : [...shape.slice(0, -1), ...reshape.sizes];
  const own = role === 'sample' && !isRead ? whole.slice(1) : whole;
  return transposed ? [...transposedShape(own)] : own;
}

/** How many numbers a `onehot` gives for a row. */
export const classCount = (classes: Onehot['classes']): number =>
  'low' in classes ? classes.high - classes.low + 1 : classes.length;

function rowShape({ columns, onehots }: Initial): number[] | undefined {
  const ranges = [
    ...onehots.map(({ classes }) => classCount(classes)),
    ...columns.map(({ first, last }) =>
      first === last
        ? 1
        : typeof first === 'number' && typeof last === 'number'
          ? last - first + 1
          : undefined,
    ),
  ].filter((width) => width !== 1);
  if (ranges.length === 0) return [];
  const [width] = ranges;
  return width === undefined ? undefined : [width];
}

function listShape({ numbers = 0 }: DataStatement): number[] | undefined {
  const shape: number[] = [];
  for (let inner = numbers; typeof inner !== 'number'; inner = inner[0]) {
    if (inner.length === 0) return undefined;
    shape.push(inner.length);
  }
  return shape;
}

/** `256,784]` or `t = 1..8]`; the opening bracket has been taken. */
function readDimensions(parser: Parser): Initial['dimensions'] {
  const dimensions: { name: string; range: Range }[] = [];
  do {
    const { next } = parser;
    let name = `§${dimensions.length + 1}`;
    if (next.kind === 'name') {
      name = parser.take().text;
      parser.expect('=', `after ${name}, as in [${name} = 1..8]`);
      if (readWhole(parser) !== 1)
        throw new SyntaxFault(next.span, `indices of data count from 1, as in [${name} = 1..8]`, 'index');
      parser.expect('..', 'between the first and the last value');
    }
    const { span } = parser.next;
    const high = readWhole(parser);
    if (high < 1) throw new SyntaxFault(span, 'a dimension has at least one entry', 'shape');
    if (dimensions.length === deepestList)
      throw new SyntaxFault(span, `an array has at most ${deepestList} dimensions`, 'shape');
    if (dimensions.some((other) => other.name === name))
      throw new SyntaxFault(next.span, `the index ${name} stands twice in the brackets`, 'index');
    dimensions.push({ name, range: { low: 1, high } });
  } while (parser.accept(','));
  parser.expect(']', 'after the dimensions');
  return dimensions;
}

/** `8 x 8`, also without spaces. */
function readSizes(parser: Parser): DataStatement['reshape'] {
  const { span } = parser.next;
  const sizes = [readWhole(parser)];
  for (let token = parser.next; token.kind === 'name'; token = parser.next) {
    if (!/^(?:x\d+)*x?$/.test(token.text)) break;
    parser.take();
    for (const digits of token.text.split('x').slice(1))
      sizes.push(digits === '' ? readWhole(parser) : Number(digits));
  }
  if (sizes.length > deepestList || sizes.some((size) => size < 1))
    throw new SyntaxFault(span, 'a shape is written like 8 x 8', 'shape');
  return { sizes, span };
}

function readNumbers(parser: Parser, depth = 0): NestedNumbers {
  if (parser.next.kind === 'list') return parser.take().numbers as NestedNumbers;
  const open = parser.accept('[');
  if (open !== undefined && depth === deepestList) {
    throw new SyntaxFault(open.span, `an array has at most ${deepestList} dimensions`, 'shape');
  }
  if (open !== undefined) {
    const rows: NestedNumbers[] = [];
    do {
      if (parser.peek(']')) break;
      rows.push(readNumbers(parser, depth + 1));
    } while (parser.accept(','));
    parser.expect(']', 'to close the list');
    return rows;
  }
  return readNumber(parser);
}

/** Reads `-0.5` or a fraction, `1/3`. Throws a `SyntaxFault`. */
function readNumber(parser: Parser): number {
  const sign = parser.accept('-') ? -1 : 1;
  const above = readDecimal(parser);
  const line = parser.accept('/');
  if (line === undefined) return sign * above;
  const { span } = parser.next;
  const below = readDecimal(parser);
  if (below === 0) throw parser.fault('nothing can be divided by 0', span);
  return finite(parser, (sign * above) / below, line.span);
}

function readDecimal(parser: Parser): number {
  const token = parser.next;
  if (token.kind !== 'number') throw parser.fault('expected a number');
  parser.take();
  return finite(parser, Number(token.text), token.span);
}

function finite(parser: Parser, value: number, span: Span): number {
  if (!Number.isFinite(value)) throw parser.fault('this number is too large to be stored', span);
  return value;
}

/** `linspace(-1, 1, 5)`: so many numbers, evenly spread, both ends included. */
function readEvenly(parser: Parser): number[] {
  parser.take();
  parser.expect('(', 'after linspace, as in linspace(-1, 1, 5)');
  const from = readNumber(parser);
  parser.expect(',', 'before the last number');
  const to = readNumber(parser);
  parser.expect(',', 'before how many there are');
  const { span } = parser.next;
  const count = readWhole(parser);
  if (count < 2) throw new SyntaxFault(span, 'linspace has at least two numbers, its ends', 'range');
  parser.expect(')', 'to close linspace');
  // From whichever end is nearer, so that both are exact and what is symmetric stays so.
  const at = (n: number): number => {
    const share = n / (count - 1);
    return share <= 0.5 ? from + (to - from) * share : to - (to - from) * (1 - share);
  };
  return Array.from({ length: count }, (_, n) => at(n));
}

/**
 * Reads a whole number, at most a million in size, with an optional `-` in front; what follows is left to the caller. How it is
 * written does not matter: `2.0` and `1e3` are whole, and `-0` gives −0. Throws a `SyntaxFault` where there is none.
 */
export function readWhole(parser: Parser): number {
  const sign = parser.accept('-') ? -1 : 1;
  const token = parser.next;
  if (token.kind !== 'number' || !Number.isInteger(Number(token.text)))
    throw parser.fault('expected a whole number');
  parser.take();
  if (Number(token.text) > farthest)
    throw new SyntaxFault(token.span, `an index runs to ${farthest} at most`, 'size');
  return sign * Number(token.text);
}

/**
 * Reads `table moons = moons(200, 0.1, 7)`, `table digits = "digits-8x8.csv" rows 1..100`, or files that the reader provides:
 * `table mnist = dropped "images", "labels" like 784 + 1`. The word `table` has been taken; the caller calls `parser.finish()`
 * for the rest of the line. Throws a `SyntaxFault`.
 */
export function readTableLine(parser: DataParser): TableStatement {
  const name = parser.name('for the table');
  parser.expect('=', `after ${name.text}`);
  const { next } = parser;
  const isDrawn = next.kind === 'name' && next.text !== 'dropped';
  const source = isDrawn ? readDrawn(parser) : readFiles(parser);
  const words = parser.accept('rows');
  const rows = words && { span: parser.next.span, ...parser.range() };
  if (rows !== undefined && rows.low < 1) throw new SyntaxFault(rows.span, 'rows count from 1', 'index');
  return { kind: 'table', name: name.text, source, ...(rows && { rows }), span: name.span };
}

function readDrawn(parser: Parser): DrawnSource {
  const { text, span } = parser.name('of a data set');
  if (!isGenerator(text)) {
    const near = closest(text, generatorNames);
    const hint = near ? `do you mean ${near}?` : `there are ${generatorNames.join(', ')}`;
    throw new SyntaxFault(
      span,
      `there is no data set ${text}; ${hint}; a file's name stands in quotes`,
      'name',
    );
  }
  parser.expect('(', `after ${text}, as in ${text}(200, 0.1, 7)`);
  const argument = (what: string, isRight: (value: number) => boolean, rule: string): number => {
    const place = parser.next.span;
    const value = readNumber(parser);
    if (!isRight(value)) throw new SyntaxFault(place, `${what} is ${rule}`, 'range');
    return value;
  };
  const isCount = (n: number) => Number.isInteger(n) && n >= 1 && n <= farthest;
  const count = argument('how many rows there are', isCount, `a whole number from 1 to ${farthest}`);
  parser.expect(',', 'before the noise');
  const noise = argument('the noise', (n) => n >= 0 && n <= farthest, 'a standard deviation, 0 or more');
  parser.expect(',', 'before the seed');
  const seed = argument('the seed', Number.isSafeInteger, 'a whole number');
  parser.expect(')', 'after the seed');
  return { kind: 'drawn', generator: text as GeneratorName, count, noise, seed };
}

function readFiles(parser: Parser): FileSource {
  const awaited = parser.accept('dropped');
  const files: { name: string; span: Span }[] = [];
  do {
    const token = parser.next;
    if (token.kind !== 'string')
      throw parser.fault('expected a data set, as in moons(200, 0.1, 7), or the name of a file in quotes');
    parser.take();
    const name = token.text.slice(1, -1);
    if (!/^[A-Za-z0-9][\w.-]*(?:\.npz\/[\w./-]+)?$/i.test(name)) {
      const rule = 'letters a to z, digits, points, hyphens and underscores';
      throw new SyntaxFault(
        token.span,
        `a file stands beside the lesson, and its name has only ${rule}`,
        'file',
      );
    }
    files.push({ name, span: token.span });
  } while (parser.accept(','));
  if (awaited === undefined) return { kind: 'files', files };
  parser.expect('like', 'and how many columns each file has, as in like 784 + 1');
  const { span } = parser.next;
  const widths: number[] = [];
  do widths.push(readWhole(parser));
  while (parser.accept('+'));
  if (widths.length !== files.length || widths.some((width) => width < 1)) {
    const needs = `${files.length} ${files.length === 1 ? 'file needs its number' : 'files need their numbers'} of columns`;
    throw new SyntaxFault(
      span,
      `${needs}, as in like ${files.map((_, n) => (n === 0 ? 784 : 1)).join(' + ')}`,
      'shape',
    );
  }
  return { kind: 'files', files, widths };
}
