import { failed, mostValues, plainNames, type TableFault, type TableReading } from './table.ts';

const newline = 10;
const carriageReturn = 13;
const quote = 34;
const hash = 35;
// Semicolon, tab, comma: where decimals have a comma, something else separates.
const separators = [59, 9, 44] as const;
/** Wider rows than any lesson's; a file without line breaks is one row. */
const mostColumns = 100_000;
/** After so many faults the file is something else, or all wrong in the same way. */
const mostFaults = 10;
/** In bytes; nobody writes a number, or a name, as long as this. */
const longestField = 400;

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const notFinitePattern = /^[+-]?(?:nan|inf(?:inity)?)$/i;

/**
 * Reads comma-separated numbers from the bytes of a file: straight into numbers, since a file may have a hundred
 * million of them. Semicolons or tabs separate as well. A first line of names is a header; lines that begin with # are
 * comments, empty ones nothing. Quotes around a field are taken off.
 */
export function readCsv(bytes: Uint8Array): TableReading {
  if (bytes.length === 0) return failed('the file is empty');
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return failed('the file is written in UTF-16; save it as UTF-8');
  }
  return new CsvReader(bytes).read();
}

class CsvReader {
  private readonly numbers = new Numbers();
  private readonly faults: TableFault[] = [];
  private separator: number = separators[2];
  private readonly notes: string[] = [];
  private columns: string[] | undefined;
  private rows = 0;
  private at = 0;
  private line = 1;
  private lineStart = 0;

  constructor(private readonly bytes: Uint8Array) {
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
    this.lineStart = this.at;
  }

  read(): TableReading {
    const { bytes } = this;
    for (; this.at < bytes.length && this.faults.length < mostFaults; this.nextLine()) {
      this.lineStart = this.at;
      if (this.isComment() || this.isBlank()) continue;
      if (this.columns === undefined && this.header()) continue;
      this.row();
      if (this.numbers.size > mostValues) return failed('the file has more numbers than can be held');
    }
    if (this.faults.length >= mostFaults) {
      this.faults.push({ message: `there is more wrong; reading stopped in line ${this.line - 1}` });
    }
    if (this.faults.length > 0) return { faults: this.faults };
    const { columns = [], rows } = this;
    if (rows === 0) return failed('the file has no row of numbers');
    const table = { columns, rows, width: columns.length, values: this.numbers.taken() };
    return { table: this.notes.length === 0 ? table : { ...table, note: this.notes.join(' ') } };
  }

  private fault(at: number, message: string): void {
    const before = new TextDecoder().decode(this.bytes.subarray(this.lineStart, at));
    this.faults.push({ line: this.line, column: before.length + 1, message });
  }

  private isComment(): boolean {
    if (this.bytes[this.at] !== hash) return false;
    let end = this.at;
    while (!this.isLineEnd(end)) end += 1;
    if (this.rows === 0) this.notes.push(this.decoded(this.at + 1, end).trim());
    return true;
  }

  private isBlank(): boolean {
    let { at } = this;
    while (this.bytes[at] === 32 || this.bytes[at] === 9) at += 1;
    return this.isLineEnd(at);
  }

  private isLineEnd(at: number): boolean {
    return at >= this.bytes.length || this.bytes[at] === newline || this.bytes[at] === carriageReturn;
  }

  private nextLine(): void {
    const { bytes } = this;
    while (!this.isLineEnd(this.at)) this.at += 1;
    if (bytes[this.at] === carriageReturn && bytes[this.at + 1] === newline) this.at += 1;
    this.at += 1;
    this.line += 1;
  }

  /** The first line tells the separator and the columns; true if it holds their names. */
  private header(): boolean {
    const counts = new Map<number, number>();
    let isQuoted = false;
    for (let at = this.at; !this.isLineEnd(at); at++) {
      if (this.bytes[at] === quote) isQuoted = !isQuoted;
      else if (!isQuoted) counts.set(this.bytes[at], (counts.get(this.bytes[at]) ?? 0) + 1);
    }
    this.separator = separators.find((one) => counts.has(one)) ?? this.separator;
    if ((counts.get(this.separator) ?? 0) >= mostColumns) {
      this.fault(
        this.at,
        `this line has more than ${mostColumns} fields; every row stands on a line of its own`,
      );
      this.columns = [];
      return true;
    }
    const start = this.at;
    const texts: string[] = [];
    do texts.push(this.fieldText());
    while (this.separates());
    const isName = (text: string) =>
      /\p{L}/u.test(text) && !numberPattern.test(text) && !notFinitePattern.test(text);
    const isHeader = texts.some(isName) && texts.every((text) => text === '' || isName(text));
    if (isHeader && texts.includes('')) this.fault(start, 'a column has no name in this line');
    this.columns = isHeader ? texts : plainNames(texts.length, 'c');
    if (!isHeader) this.at = start;
    return isHeader;
  }

  private row(): void {
    const { separator } = this;
    const width = (this.columns as string[]).length;
    const before = this.faults.length;
    const start = this.at;
    let count = 0;
    do {
      count += 1;
      const value = this.plainNumber();
      if (value !== undefined) this.numbers.add(value);
      else this.number();
    } while (this.separates());
    if (!this.isLineEnd(this.at)) {
      this.fault(
        this.at,
        `a ${separator === 9 ? 'tab' : String.fromCharCode(separator)} or the line’s end belongs here`,
      );
    } else if (count !== width && this.faults.length === before) {
      const has = `this line has ${count} ${count === 1 ? 'field' : 'fields'}, the first has ${width}`;
      this.fault(count < width ? this.at : start, `${has}; every line needs the same number`);
    }
    this.rows += 1;
  }

  /** Steps over a separator, if one stands here. */
  private separates(): boolean {
    while (this.bytes[this.at] === 32) this.at += 1;
    if (this.bytes[this.at] !== this.separator) return false;
    this.at += 1;
    return true;
  }

  /**
   * The usual case, done without a string: up to 15 digits and a point make two whole numbers below 2^53, whose
   * quotient is rounded once and so is what `Number` gives. Undefined, and nowhere moved, for anything else.
   */
  private plainNumber(): number | undefined {
    const { bytes } = this;
    let { at } = this;
    while (bytes[at] === 32) at += 1;
    const isNegative = bytes[at] === 45;
    if (isNegative) at += 1;
    let digits = 0;
    let whole = 0;
    let decimals = -1;
    for (; ; at++) {
      const digit = bytes[at] - 48;
      if (digit >= 0 && digit <= 9) {
        whole = whole * 10 + digit;
        digits += 1;
        if (decimals >= 0) decimals += 1;
      } else if (bytes[at] === 46 && decimals < 0) decimals = 0;
      else break;
    }
    while (bytes[at] === 32) at += 1;
    const ends = this.isLineEnd(at) || bytes[at] === this.separator;
    if (!ends || digits === 0 || digits > 15) return undefined;
    this.at = at;
    const value = decimals > 0 ? whole / tens[decimals] : whole;
    return isNegative ? -value : value;
  }

  /** Any other field: a long number, one in quotes, or a fault. */
  private number(): void {
    const start = this.at;
    const text = this.fieldText();
    const value = Number(text);
    let wrong: string | undefined;
    if (text === '') wrong = 'a number is missing here; every field needs one';
    else if (notFinitePattern.test(text))
      wrong = `${text} is no number to compute with; leave out rows that have none`;
    else if (!numberPattern.test(text)) {
      const shown = JSON.stringify(text.length > 24 ? `${text.slice(0, 24)}…` : text);
      const hint = /^[+-]?\d+,\d+$/.test(text)
        ? 'decimals have a point, as in 0.5'
        : 'fields are numbers, with commas, semicolons or tabs between';
      wrong = `${shown} is not a number; ${hint}`;
    } else if (!Number.isFinite(value)) wrong = `${text} is too large`;
    if (wrong === undefined) this.numbers.add(value);
    else this.fault(start, wrong);
  }

  /** The text of a field, trimmed and without its quotes; `at` is moved behind it. */
  private fieldText(): string {
    const { bytes } = this;
    while (bytes[this.at] === 32) this.at += 1;
    const start = this.at;
    if (bytes[start] === quote) {
      let at = start + 1;
      while (!this.isLineEnd(at) && (bytes[at] !== quote || bytes[at + 1] === quote)) {
        at += bytes[at] === quote ? 2 : 1;
      }
      if (bytes[at] === quote) {
        this.at = at + 1;
        return this.decoded(start + 1, at)
          .replaceAll('""', '"')
          .trim();
      }
    }
    while (!this.isLineEnd(this.at) && bytes[this.at] !== this.separator) this.at += 1;
    return this.decoded(start, this.at).trim();
  }

  /** The text of some bytes; of a field too long to be a number, its beginning. */
  private decoded(start: number, end: number): string {
    const text = new TextDecoder().decode(this.bytes.subarray(start, Math.min(end, start + longestField)));
    return end - start > longestField ? `${text}…` : text;
  }
}

const tens = Array.from({ length: 16 }, (_, n) => Number(`1e${n}`));

/** A growing array that stays one of bytes as long as it can. */
class Numbers {
  size = 0;
  private values: Uint8Array | Float64Array = new Uint8Array(1 << 12);

  add(value: number): void {
    const { values, size } = this;
    const isByte = value >= 0 && value <= 255 && Number.isInteger(value) && !Object.is(value, -0);
    if (values instanceof Uint8Array && !isByte) {
      this.values = new Float64Array(values.length);
      this.values.set(values);
    }
    if (size === values.length) {
      const larger =
        this.values instanceof Uint8Array ? new Uint8Array(2 * size) : new Float64Array(2 * size);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[size] = value;
    this.size += 1;
  }

  /** The numbers, in no more memory than they need. */
  taken(): Uint8Array | Float64Array {
    return this.values.slice(0, this.size);
  }
}
