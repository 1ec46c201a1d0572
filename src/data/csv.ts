import type { FileReading } from './file-reading.ts';
import { Lines } from './lines.ts';
import { Numbers, tooMany } from './numbers.ts';
import { distinct, failed, mostColumns, plainNames, type TableFault, type TableReading } from './table.ts';

const newline = 10;
const carriageReturn = 13;
const tab = 9;
const space = 32;
const quote = 34;
const hash = 35;
// Semicolon, tab, comma, in order of preference: where decimals have a comma, something else separates.
const separators = [59, tab, 44] as const;
/** Faults that are reported; after these the file is something else, or wrong in the same way throughout. */
const mostFaults = 10;
/** In bytes; no number or column name is as long as this. */
const longestField = 400;
/** In bytes: 32 for each of the most fields that a row can have. */
const longestLine = 8 << 20;
/** In letters: the comments that are kept. */
const longestNote = 2000;

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const notFinitePattern = /^[+-]?(?:nan|inf(?:inity)?)$/i;
const ownLine = 'every row stands on a line of its own';

/**
 * A reader (see `readFrom`) of comma-separated numbers straight from UTF-8 bytes; semicolons or tabs separate as well, as the
 * first line decides. If it has names it is a header, otherwise columns are called c1, c2, …. Lines beginning with # are
 * comments, empty lines are skipped, quotes around a field removed. Faults, at most eleven, have line and column, unless they
 * are about the whole file. The file is read twice.
 */
export function* readCsv(): FileReading<TableReading> {
  const numbers = new Numbers();
  const counted = yield* pass(numbers);
  if (counted.table === undefined) return counted;
  numbers.keep();
  const { table } = yield* pass(numbers);
  const values = numbers.kept;
  if (table === undefined || values === undefined) return failed('the file changed while it was read');
  return { table: { ...table, values } };
}

const noValues = new Uint8Array(0);

/** Reads the file once from its beginning; the table comes without its numbers. */
function* pass(numbers: Numbers): FileReading<TableReading> {
  const lines = new Lines();
  const reader = new CsvReader(numbers);
  for (let piece = yield 'again'; piece !== undefined && !reader.isOver; piece = yield 'next') {
    reader.read(lines.add(piece));
    if (!reader.isOver && lines.waiting > longestLine) reader.refuse(lines.rest);
  }
  if (!reader.isOver) reader.read(lines.end());
  return reader.result();
}

/** Reads blocks of whole lines. */
class CsvReader {
  /** Whether reading on is useless. */
  isOver = false;
  private readonly faults: TableFault[] = [];
  private separator: number = separators[2];
  private note = '';
  private columns: string[] | undefined;
  private rows = 0;
  /** The block that is being read, up to and including its last line end; the position in it, and where the line begins. */
  private bytes: Uint8Array = noValues;
  private at = 0;
  private lineStart = 0;
  private line = 1;
  private isFirst = true;

  constructor(private readonly numbers: Numbers) {}

  read(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.enter(bytes);
    while (this.at < bytes.length && !this.isOver) {
      this.lineStart = this.at;
      // A block that is shorter than the limit has no line that is longer.
      const isLong = bytes.length > longestLine && this.lineEnd(this.at) - this.at > longestLine;
      if (isLong) this.refuse(bytes.subarray(this.at));
      else this.readLine();
      if (!this.isOver) this.nextLine();
    }
  }

  /** Reports a line that is too long, given its beginning. */
  refuse(bytes: Uint8Array): void {
    this.enter(bytes.slice(0, longestLine));
    if (this.isOver) return;
    this.lineStart = this.at;
    const isWide = this.columns === undefined && this.bytes[this.at] !== hash && this.findSeparator();
    if (!isWide) this.fail(this.at, `this line is longer than ${longestLine} bytes; ${ownLine}`);
  }

  result(): TableReading {
    const { columns = [], rows, faults, note } = this;
    if (faults.length > 0) return { faults };
    if (this.isFirst) return failed('the file is empty');
    if (rows === 0) return failed('the file has no row of numbers');
    const table = { columns, rows, width: columns.length, values: noValues };
    return { table: note === '' ? table : { ...table, note } };
  }

  private enter(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.at = 0;
    if (!this.isFirst) return;
    this.isFirst = false;
    const [first, second, third] = bytes;
    if (first === 0xef && second === 0xbb && third === 0xbf) this.at = 3;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
      this.end({ message: 'the file is written in UTF-16; save it as UTF-8' });
  }

  private readLine(): void {
    if (this.isComment() || this.isBlank()) return;
    if (this.columns === undefined && this.header()) return;
    if (this.isOver) return;
    this.row();
    const wrong = tooMany(this.numbers.size, this.numbers.areBytes);
    if (wrong !== undefined) this.end({ message: wrong });
  }

  private fault(at: number, message: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ ...this.place(at), message });
    else this.end({ message: `there is more wrong; reading stopped in line ${this.line}` });
  }

  /** A fault after which everything else would be wrong as well. */
  private fail(at: number, message: string): void {
    this.fault(at, message);
    this.isOver = true;
  }

  private end(fault: TableFault): void {
    if (!this.isOver) this.faults.push(fault);
    this.isOver = true;
  }

  private place(at: number): { line: number; column: number } {
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      this.bytes.subarray(this.lineStart, at),
    );
    return { line: this.line, column: before.length + 1 };
  }

  private isComment(): boolean {
    if (this.bytes[this.at] !== hash) return false;
    if (this.rows === 0 && this.note.length < longestNote) {
      const start = this.at + 1;
      const more = this.decoded(start, this.lineEnd(start)).trim();
      this.note = this.note === '' ? more : `${this.note} ${more}`;
    }
    return true;
  }

  /** Whether the line is empty. Where tabs separate, a line of tabs is not: its numbers are missing. */
  private isBlank(): boolean {
    const { bytes } = this;
    const tabs = this.columns !== undefined && this.separator === tab ? space : tab;
    let { at } = this;
    while (bytes[at] === space || bytes[at] === tabs) at += 1;
    return isLineEnd(bytes[at]);
  }

  private lineEnd(from: number): number {
    let at = from;
    while (at < this.bytes.length && !isLineEnd(this.bytes[at])) at += 1;
    return at;
  }

  private nextLine(): void {
    const { bytes } = this;
    this.at = this.lineEnd(this.at);
    if (bytes[this.at] === carriageReturn && bytes[this.at + 1] === newline) this.at += 1;
    this.at += 1;
    this.line += 1;
  }

  /** Finds the separator in the first line; true after reporting that the line has too many fields. */
  private findSeparator(): boolean {
    const counts = [0, 0, 0];
    let isQuoted = false;
    for (let { at } = this; at < this.bytes.length && !isLineEnd(this.bytes[at]); at++) {
      const byte = this.bytes[at];
      if (byte === quote) isQuoted = !isQuoted;
      else if (!isQuoted && (byte === separators[0] || byte === separators[1] || byte === separators[2]))
        counts[separators.indexOf(byte)] += 1;
    }
    const found = counts.findIndex((count) => count > 0);
    if (found < 0) return false;
    this.separator = separators[found];
    if (counts[found] < mostColumns) return false;
    this.fail(this.at, `this line has more than ${mostColumns} fields; ${ownLine}`);
    return true;
  }

  /** Takes the separator and the columns from the first line; true if the line is a header, or wrong. */
  private header(): boolean {
    if (this.findSeparator()) return true;
    const start = this.at;
    const texts: string[] = [];
    do texts.push(this.fieldText());
    while (!this.isOver && this.separates());
    if (this.isOver) return true;
    const isName = (text: string) =>
      /\p{L}/u.test(text) && !numberPattern.test(text) && !notFinitePattern.test(text);
    const isHeader = texts.some(isName) && texts.every((text) => text === '' || isName(text));
    if (isHeader && !isLineEnd(this.bytes[this.at])) this.fail(this.at, this.endsHere);
    else if (isHeader && texts.includes('')) this.fault(start, 'a column has no name in this line');
    this.columns = isHeader ? distinct(texts) : plainNames(texts.length, 'c');
    if (!isHeader) this.at = start;
    return isHeader;
  }

  private row(): void {
    const { faults } = this;
    const width = (this.columns as string[]).length;
    const before = faults.length;
    const start = this.at;
    let count = 0;
    do {
      count += 1;
      const value = this.plainNumber();
      if (value !== undefined) this.numbers.add(value);
      else this.number();
    } while (!this.isOver && this.separates());
    if (this.isOver) return;
    if (!isLineEnd(this.bytes[this.at])) this.fault(this.at, this.endsHere);
    else if (count !== width && faults.length === before) {
      const has = `this line has ${count} ${count === 1 ? 'field' : 'fields'}, the first has ${width}`;
      this.fault(count < width ? this.at : start, `${has}; every line needs the same number`);
    }
    this.rows += 1;
  }

  /** The message for a field that goes on after its end. */
  private get endsHere(): string {
    const { separator } = this;
    return `a ${separator === tab ? 'tab' : String.fromCharCode(separator)} or the line’s end belongs here`;
  }

  /** Skips a separator, if one is here. */
  private separates(): boolean {
    while (this.bytes[this.at] === space) this.at += 1;
    if (this.bytes[this.at] !== this.separator) return false;
    this.at += 1;
    return true;
  }

  /**
   * The usual case without a string: up to 15 digits and a point make two whole numbers below 2^53, whose quotient is rounded
   * once and therefore is what `Number` gives. Undefined, with nothing skipped, for anything else.
   */
  private plainNumber(): number | undefined {
    const { bytes } = this;
    let { at } = this;
    while (bytes[at] === space) at += 1;
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
    while (bytes[at] === space) at += 1;
    const ends = bytes[at] === this.separator || isLineEnd(bytes[at]);
    if (!ends || digits === 0 || digits > 15) return undefined;
    this.at = at;
    const value = decimals > 0 ? whole / tens[decimals] : whole;
    return isNegative ? -value : value;
  }

  /** Any other field: a long number, one in quotes, or a fault. */
  private number(): void {
    const start = this.at;
    const text = this.fieldText();
    if (this.isOver) return;
    const value = Number(text);
    const short = text.length > 24 ? `${text.slice(0, 24)}…` : text;
    let wrong: string | undefined;
    if (text === '') wrong = 'a number is missing here; every field needs one';
    else if (notFinitePattern.test(text))
      wrong = `${text} is no number to compute with; leave out rows that have none`;
    else if (!numberPattern.test(text)) {
      const hint = /^[+-]?\d+,\d+$/.test(text)
        ? 'decimals have a point, as in 0.5'
        : 'fields are numbers, with commas, semicolons or tabs between';
      wrong = `${JSON.stringify(short)} is not a number; ${hint}`;
    } else if (!Number.isFinite(value)) wrong = `${short} is too large`;
    if (wrong === undefined) this.numbers.add(value);
    else this.fault(start, wrong);
  }

  /** The text of a field, trimmed and without its quotes; moves `at` behind it. */
  private fieldText(): string {
    const { bytes } = this;
    while (bytes[this.at] === space) this.at += 1;
    const start = this.at;
    if (bytes[start] === quote) {
      let at = start + 1;
      while (!isLineEnd(bytes[at]) && (bytes[at] !== quote || bytes[at + 1] === quote)) {
        at += bytes[at] === quote ? 2 : 1;
      }
      if (bytes[at] === quote) {
        this.at = at + 1;
        return this.decoded(start + 1, at)
          .replaceAll('""', '"')
          .trim();
      }
      this.fail(start, 'this quote does not close in its line; close it, or take it out');
      return '';
    }
    while (!isLineEnd(bytes[this.at]) && bytes[this.at] !== this.separator) this.at += 1;
    return this.decoded(start, this.at).trim();
  }

  /** The text of some bytes; only the beginning of a field that is too long to be a number. */
  private decoded(start: number, end: number): string {
    const some = this.bytes.subarray(start, Math.min(end, start + longestField));
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(some);
    return end - start > longestField ? `${text}…` : text;
  }
}

const isLineEnd = (byte: number): boolean => byte === newline || byte === carriageReturn;

const tens = Array.from({ length: 16 }, (_, n) => Number(`1e${n}`));
