/** A token of a line of Python: a word, a sign, a string, or a bracket with its content. */
export interface PythonToken {
  /** Of a bracket, including its content, without line breaks. */
  readonly text: string;
  /** Whether a space stands before it. */
  readonly spaced: boolean;
  /** The content of a bracket; undefined for other tokens. */
  readonly inside?: readonly PythonToken[];
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The tokens of a line of Python, which must contain neither a comment nor triple quotes, and close every bracket. Strings stay
 * whole, a bracket is one token with its content.
 */
export function pythonTokens(code: string): PythonToken[] {
  let at = 0;
  const read = (end: string | undefined): PythonToken[] => {
    const found: PythonToken[] = [];
    while (at < code.length && code[at] !== end) {
      const spaced = code[at] === ' ';
      while (code[at] === ' ') at += 1;
      if (at >= code.length || code[at] === end) break;
      const from = at;
      const close = closing[code[at]];
      if (close !== undefined) {
        at += 1;
        const inside = read(close);
        at += 1;
        found.push({ text: code.slice(from, at), spaced, inside });
      } else {
        at = Math.max(at + 1, endOfWord(code, at));
        found.push({ text: code.slice(from, at), spaced });
      }
    }
    return found;
  };
  return read(undefined);
}

/** Where a word ends: at a space, a comma or a bracket outside of strings. */
function endOfWord(code: string, from: number): number {
  let at = from;
  for (; at < code.length && !/[\s,()[\]{}]/.test(code[at]); at++) {
    const quote = code[at];
    if (quote !== "'" && quote !== '"') continue;
    for (at++; at < code.length && code[at] !== quote; at++) if (code[at] === '\\') at += 1;
  }
  return at;
}

/** The inverse of `pythonTokens`: tokens as one line, without space around it, and one space for several outside of brackets. */
export const joinTokens = (tokens: readonly PythonToken[]): string =>
  tokens.map(({ text, spaced }, at) => (spaced && at > 0 ? ` ${text}` : text)).join('');
