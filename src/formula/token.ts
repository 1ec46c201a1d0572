import type { Diagnostics, Span } from './diagnostic.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'sign' | 'string' | 'end';
  readonly text: string;
  readonly span: Span;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
}

const signs = ['<-', '<=', '>=', '!=', '..', '?[', ...'+-*/^()[]=<>:,;.?'];
// Letters of any script, so δ1 is a name; subscripts are written in brackets, not in names.
const namePattern = /[\p{L}_][\p{L}\p{N}_]*/uy;
const numberPattern = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const stringPattern = /"[^"\n]*"/y;

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
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const take = (kind: Token['kind'], taken: string) => {
    tokens.push({ kind, text: taken, span: { line, column, length: taken.length }, spaced });
    at += taken.length;
    column += taken.length;
    spaced = false;
  };
  while (at < text.length) {
    const char = text[at];
    if (char === '\n') {
      at += 1;
      line += 1;
      column = 1;
      spaced = true;
      continue;
    }
    if (/\s/.test(char)) {
      at += 1;
      column += 1;
      spaced = true;
      continue;
    }
    if (char === '#') {
      while (at < text.length && text[at] !== '\n') at += 1;
      continue;
    }
    const name = match(namePattern);
    const digits = name === undefined ? match(numberPattern) : undefined;
    const quoted = match(stringPattern);
    const sign = signs.find((candidate) => text.startsWith(candidate, at));
    if (name !== undefined) take('name', name);
    else if (digits !== undefined) take('number', digits);
    else if (quoted !== undefined) take('string', quoted);
    else if (sign !== undefined) take('sign', sign);
    else {
      const whole = String.fromCodePoint(text.codePointAt(at) as number);
      const span = { line, column, length: whole.length };
      diagnostics.error(span, 'character', unknownCharacter(whole));
      // What was meant stands in for it, so the rest of the line can still be read.
      const meant = replacements[whole];
      if (meant !== undefined) tokens.push({ kind: 'sign', text: meant, span, spaced });
      at += whole.length;
      column += whole.length;
    }
  }
  tokens.push({ kind: 'end', text: '', span: { line, column, length: 1 }, spaced });
  return tokens;
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
