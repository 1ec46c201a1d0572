import type { Marked, Token } from 'marked';
import type { MarkdownSource } from './source.ts';

/**
 * The offset in the source, from 0, at which a token begins: for tokens that findings may be about. marked itself keeps no
 * places.
 */
export type Locations = ReadonlyMap<Token, number>;

/** Tokens that are found again by their text; that of other kinds may stand in many places. */
const leaves = new Set(['role', 'inline-math', 'block-math', 'code', 'codespan', 'html', 'image', 'refused']);
const containers = new Set(['directive', 'link', 'heading', 'paragraph', 'text']);

/**
 * Finds the tokens of the whole `source.text` (from the first on) in it, in their order. Top-level tokens follow one another
 * without a gap, so a search never leaves its own; inside them, only indentation and quote marks are missing from marked's
 * `raw`.
 */
export function locate(marked: Marked, tokens: readonly Token[], source: MarkdownSource): Locations {
  const found = new Map<Token, number>();
  let start = 0;
  for (const top of tokens) {
    const end = start + top.raw.length;
    const whole = source.text.slice(start, end);
    let cursor = start;
    // The text of a picture stands within it: it must not be searched after it.
    const within = new Set<Token>();
    marked.walkTokens([top], (token) => {
      if (within.has(token) || leaves.has(token.type))
        for (const part of 'tokens' in token ? (token.tokens ?? []) : []) within.add(part);
      if (within.has(token)) {
        found.set(token, cursor);
        return;
      }
      if (token === top) {
        found.set(token, start + (/^\n+/.exec(token.raw)?.[0].length ?? 0));
        if (leaves.has(token.type)) cursor = end;
        return;
      }
      const [firstLine] = token.raw.replace(/^\n+/, '').split('\n');
      const text = leaves.has(token.type) ? firstLine : firstLine.slice(0, 12);
      if (!leaves.has(token.type) && !containers.has(token.type)) return;
      const inside = text === '' ? -1 : whole.indexOf(text, cursor - start);
      const at = start + inside;
      if (inside < 0) {
        found.set(token, cursor);
        return;
      }
      found.set(token, at);
      if (leaves.has(token.type)) {
        const isUnbroken = source.text.startsWith(token.raw, at);
        cursor = at + (isUnbroken ? token.raw.trimEnd().length : firstLine.length);
      } else if (token.type === 'directive') cursor = at + firstLine.length;
    });
    start = end;
  }
  return found;
}
