import { joinTokens, type PythonToken, pythonTokens } from './tokens.ts';

const indent = '    ';

/**
 * The tokens that may begin a new line, the loosest level first: a line that is too long is broken at the loosest that it has.
 */
const looseness: readonly ReadonlySet<string>[] = [
  ['for'],
  ['if', 'else'],
  ['or', 'and'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '@'],
].map((words) => new Set(words));
const clauses = 0;
/** At this level, a long bracket is broken rather than a line begun. */
const products = looseness.length - 1;

/**
 * A statement of one line, indented by `depth` levels of four, in lines of at most `width` characters (the indentation
 * included) where that is possible, without a line break at the end. Lines are broken inside brackets only, between tokens, so
 * its meaning stays; a pair of brackets may be added around a whole right side. Code with line breaks is only indented.
 */
export function wrapped(code: string, depth: number, width: number): string {
  const whole = indent.repeat(depth) + code;
  if (whole.length <= width || code.includes('\n')) return whole;
  return new Wrapping(width).statement(pythonTokens(code), depth).join('\n');
}

class Wrapping {
  constructor(private readonly width: number) {}

  statement(tokens: readonly PythonToken[], depth: number): string[] {
    const equals = tokens.findIndex(({ text, spaced }) => text === '=' && spaced);
    const start = tokens[0].text === 'return' ? 1 : equals + 1;
    const right = tokens.slice(start);
    const level = levelOf(right);
    if (start === 0 || level === undefined || (level === products && longest(right) * 2 >= this.width))
      return this.brackets(tokens, depth);
    const head = `${indent.repeat(depth)}${joinTokens(tokens.slice(0, start))} (`;
    return [head, ...this.content(right, depth + 1), `${indent.repeat(depth)})`];
  }

  /** The content of a bracket, on lines of its own. */
  private content(tokens: readonly PythonToken[], depth: number): string[] {
    const elements = cutAfter(tokens, ({ text }) => text === ',');
    return elements.flatMap((element) => this.element(element, depth, elements.length === 1 ? 0 : 1));
  }

  /** One entry of a bracket; where it takes several lines, those after the first are indented by `more` levels. */
  private element(tokens: readonly PythonToken[], depth: number, more: number): string[] {
    const flat = indent.repeat(depth) + joinTokens(tokens);
    const level = levelOf(tokens);
    // A comprehension that is not on one line with its bracket has a line for each of its clauses.
    if (flat.length <= this.width && level !== clauses) return [flat];
    if (level === undefined || (level === products && longest(tokens) * 2 >= this.width))
      return this.brackets(tokens, depth);
    const pieces = cutBefore(tokens, (at) => isHead(tokens, at, level));
    return pieces.flatMap((piece, at) => this.element(piece, depth + (at === 0 ? 0 : more), 1));
  }

  /** Tokens one after the other; the longest bracket, and any other that does not fit, is broken. */
  private brackets(tokens: readonly PythonToken[], depth: number): string[] {
    const lines: string[] = [];
    const most = longest(tokens);
    let line = indent.repeat(depth);
    let isFirst = true;
    tokens.forEach(({ text, spaced, inside }) => {
      line += spaced && !isFirst ? ' ' : '';
      isFirst = false;
      const isTooLong = text.length === most || line.length + text.length > this.width;
      if (inside === undefined || inside.length === 0 || text.length < 12 || !isTooLong) {
        line += text;
        return;
      }
      lines.push(line + text[0], ...this.content(inside, depth + 1));
      line = indent.repeat(depth) + text[text.length - 1];
    });
    return [...lines, line];
  }
}

const longest = (tokens: readonly PythonToken[]): number =>
  Math.max(0, ...tokens.filter(({ inside }) => inside !== undefined).map(({ text }) => text.length));

/** The loosest level that some token begins a line on. */
function levelOf(tokens: readonly PythonToken[]): number | undefined {
  const found = looseness.findIndex((_, level) => tokens.some((_token, at) => isHead(tokens, at, level)));
  return found < 0 ? undefined : found;
}

/** Whether a token is a binary operator or word of a level: not a sign before its operand. */
const isHead = (tokens: readonly PythonToken[], at: number, level: number): boolean =>
  at > 0 && looseness[level].has(tokens[at].text) && tokens[at].spaced && tokens[at + 1]?.spaced === true;

function cutBefore(tokens: readonly PythonToken[], isCut: (at: number) => boolean): PythonToken[][] {
  const parts: PythonToken[][] = [[]];
  tokens.forEach((token, at) => {
    if (isCut(at)) parts.push([]);
    parts[parts.length - 1].push(token);
  });
  return parts;
}

const cutAfter = (tokens: readonly PythonToken[], isLast: (token: PythonToken) => boolean): PythonToken[][] =>
  cutBefore(tokens, (at) => at > 0 && isLast(tokens[at - 1]));
