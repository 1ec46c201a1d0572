import type { Diagnostics, Span } from '../diagnostic.ts';
import { longestName } from '../limits.ts';
import type { NestedNumbers } from '../statement.ts';

/** A word or sign of a line. */
export interface Token {
  /** A `list` is a whole list of numbers, which only data lines have; `end` comes last in every line. */
  readonly kind: 'name' | 'number' | 'sign' | 'string' | 'list' | 'end';
  /** As written; `[` for a list, empty for `end`. */
  readonly text: string;
  /** For a `list`: its numbers. */
  readonly numbers?: NestedNumbers;
  readonly span: Span;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

// Letters of any script, so δ1 is a name; subscripts are written in brackets, not in names.
const name = String.raw`[\p{L}_][\p{L}\p{N}_]*`;
const number = String.raw`(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?`;
const quoted = String.raw`"[^"\n]*"`;
const sign = String.raw`<-|<=|>=|!=|\.\.|\?\[|[-+*/^()[\]=<>:,;.?]`;
const nothing = String.raw`[^\S\n]+|#[^\n]*`;
/** How many unknown characters of a line are reported. */
const mostUnknown = 8;

/** Everything that can start at a position; the group that matches gives the kind. */
const pattern = new RegExp(`(${name})|(${number})|(${quoted})|(${sign})|(${nothing})|(\n)`, 'uy');

type WrittenKind = 'name' | 'number' | 'sign';

/** For each ASCII character that `simplePiece` knows, what starts with it; a `name` or `number` goes on with what follows. */
const starts: (WrittenKind | 'space' | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(char)) return 'name';
  if (/[0-9]/.test(char)) return 'number';
  if (/[-+*/^()[\]=:,;]/.test(char)) return 'sign';
  return char === ' ' ? 'space' : undefined;
});

/**
 * The end of the name or whole number of ASCII characters at a position; undefined where it goes on with anything else than these,
 * so that only `pattern` can tell.
 */
function simpleEnd(text: string, start: number, kind: 'name' | 'number'): number | undefined {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) return undefined;
    const next = starts[code];
    if (next === 'number' || (kind === 'name' && next === 'name')) continue;
    // A number may have a fraction or an exponent.
    return kind === 'number' && (code === 46 || code === 69 || code === 101) ? undefined : at;
  }
}

/** A line whose numbers stand in it. */
const data = /^\s*(?:given|sample|param|state|rate)\s/;
const list = /\[[\s\d.,eE+\-[\]]*\]/y;
/** Dimensions of a written list or array, at most. */
export const deepestList = 8;

/**
 * The list of numbers at a position, parsed as JSON, which is fast even for a million of them. Undefined where it is anything
 * else or in any way unusual: then it is read token by token, so that errors get their exact place.
 */
function listAt(
  text: string,
  at: number,
): { readonly whole: string; readonly numbers: NestedNumbers } | undefined {
  list.lastIndex = at;
  const [whole] = list.exec(text) ?? [];
  if (whole === undefined) return undefined;
  try {
    const numbers = JSON.parse(whole) as NestedNumbers;
    return isPlain(numbers, 0) ? { whole, numbers } : undefined;
  } catch {
    return undefined;
  }
}

const isPlain = (numbers: NestedNumbers, depth: number): boolean =>
  typeof numbers === 'number'
    ? Number.isFinite(numbers)
    : depth < deepestList && numbers.every((one) => isPlain(one, depth + 1));

/**
 * The tokens of one logical line, with an `end` token last; white space and comments are skipped here, each comment up to its
 * line break. Unknown characters are skipped, or replaced by the sign that was meant; the first 8 are reported (`character`). A
 * name that is too long is reported (`size`) and still a token. The caller has joined the physical lines that are one logical
 * line, with `\n` between them: `start` is the place of the first character, counted from 1, and places of tokens count these
 * line breaks.
 */
export function tokenize(
  text: string,
  start: { line: number; column: number },
  diagnostics: Diagnostics,
): Token[] {
  const tokens: Token[] = [];
  let { line, column } = start;
  let at = 0;
  let spaced = true;
  let unknown = 0;
  const isData = data.test(text);
  while (at < text.length) {
    const listed = isData && text[at] === '[' && tokens.at(-1)?.text === '=' ? listAt(text, at) : undefined;
    if (listed !== undefined) {
      const { whole, numbers } = listed;
      tokens.push({ kind: 'list', text: '[', numbers, span: { line, column, length: 1 }, spaced });
      const rows = whole.split('\n');
      line += rows.length - 1;
      column = rows.length > 1 ? 1 + rows[rows.length - 1].length : column + whole.length;
      at += whole.length;
      spaced = false;
      continue;
    }
    // Most pieces are known by their first character; anything else is left to the pattern.
    const start = starts[text.charCodeAt(at)];
    if (start === 'space') {
      at += 1;
      column += 1;
      spaced = true;
      continue;
    }
    const end = start === 'sign' ? at + 1 : start && simpleEnd(text, at, start);
    if (start !== undefined && end !== undefined && end - at <= longestName) {
      const span = { line, column, length: end - at };
      tokens.push({ kind: start, text: text.slice(at, end), span, spaced });
      column += end - at;
      at = end;
      spaced = false;
      continue;
    }
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) {
      const whole = String.fromCodePoint(text.codePointAt(at) as number);
      const span = { line, column, length: whole.length };
      unknown += 1;
      if (unknown <= mostUnknown) diagnostics.error(span, 'character', unknownCharacter(whole));
      // The sign that was meant stands in for it, so the rest of the line can still be read.
      const meant = replacements[whole];
      if (meant !== undefined) tokens.push({ kind: 'sign', text: meant, span, spaced });
      at += whole.length;
      column += whole.length;
      continue;
    }
    const [taken, isName, isNumber, isString, isSign, , isLineEnd] = found;
    at += taken.length;
    if (isLineEnd !== undefined) {
      line += 1;
      column = 1;
      spaced = true;
      continue;
    }
    const kind = isName ? 'name' : isNumber ? 'number' : isString ? 'string' : isSign ? 'sign' : undefined;
    if (kind === 'name' && taken.length > longestName) {
      const message = `a name has at most ${longestName} letters, and this one has ${taken.length}`;
      diagnostics.error({ line, column, length: taken.length }, 'size', message);
    }
    if (kind !== undefined)
      tokens.push({ kind, text: taken, span: { line, column, length: taken.length }, spaced });
    spaced = kind === undefined;
    column += taken.length;
  }
  tokens.push({ kind: 'end', text: '', span: { line, column, length: 1 }, spaced });
  return tokens;
}

/**
 * The piece of a line that starts at position `at` (from 0, inside the line), for colouring; an unknown character is
 * `strange`. `text` is never empty: the next piece starts at `at + text.length`.
 */
export function glance(
  line: string,
  at: number,
): {
  readonly kind: Exclude<Token['kind'], 'list' | 'end'> | 'comment' | 'space' | 'strange';
  readonly text: string;
} {
  pattern.lastIndex = at;
  const found = pattern.exec(line);
  if (found === null) return { kind: 'strange', text: String.fromCodePoint(line.codePointAt(at) as number) };
  const [text, isName, isNumber, isString, isSign] = found;
  if (isName) return { kind: 'name', text };
  if (isNumber) return { kind: 'number', text };
  if (isString) return { kind: 'string', text };
  if (isSign) return { kind: 'sign', text };
  return { kind: text.startsWith('#') ? 'comment' : 'space', text };
}

/** A line of the same length in which what stands in quotes is only quotes. */
export const withoutQuoted = (line: string): string =>
  line.replace(/"[^"]*"/g, (quoted) => '"'.repeat(quoted.length));

const replacements: Record<string, string> = {
  '−': '-',
  '–': '-',
  '·': '*',
  '×': '*',
  '÷': '/',
  '←': '<-',
  '≤': '<=',
  '≥': '>=',
};

function unknownCharacter(char: string): string {
  const better = replacements[char];
  return better === undefined
    ? `the character ${JSON.stringify(char)} means nothing in a formula`
    : `write ${better} instead of ${char}`;
}
