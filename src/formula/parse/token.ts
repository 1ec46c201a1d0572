import type { Diagnostics, Span } from '../diagnostic.ts';
import { longestName } from '../limits.ts';
import type { NestedNumbers } from '../statement.ts';

export interface Token {
  /** A `list` is one of numbers, read as a whole: only data has them. */
  readonly kind: 'name' | 'number' | 'sign' | 'string' | 'list' | 'end';
  readonly text: string;
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
/** So many strange characters of a line are told; the others are no news. */
const mostUnknown = 8;

/** What can stand at a place: one exec a token, and its group tells the kind. */
const pattern = new RegExp(`(${name})|(${number})|(${quoted})|(${sign})|(${nothing})|(\n)`, 'uy');

/** Data whose numbers stand in the line. */
const data = /^\s*(?:given|sample|param|state|rate)\s/;
const list = /\[[\s\d.,eE+\-[\]]*\]/y;
/** Deeper than any array needs to be. */
export const deepestList = 8;

/**
 * The list of numbers at a place, read as JSON, which is soon done for a million of them. Undefined where it is no such list, or
 * anything about it is out of the ordinary: then it is gone through sign by sign, and what is wrong is told at its place.
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
 * The tokens of one logical line, its comment left off, with an `end` token last.
 * Characters that mean nothing here are reported and passed over. A line may have been joined from
 * several physical ones: `start` gives where the text begins, and line breaks in it count.
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
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) {
      const whole = String.fromCodePoint(text.codePointAt(at) as number);
      const span = { line, column, length: whole.length };
      unknown += 1;
      if (unknown <= mostUnknown) diagnostics.error(span, 'character', unknownCharacter(whole));
      // What was meant stands in for it, so the rest of the line can still be read.
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

/** What stands at a place of a line, as an editor colours it; what means nothing here is `strange`. */
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
