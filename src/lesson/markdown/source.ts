import type { FindingPlace } from './finding.ts';
import { markdownLimits } from './limits.ts';

/** Replaces the bar inside a role while Markdown is parsed, so that a table does not cut the role in two. */
const shield = '\uFDD0';

/** The text of a lesson, normalized for parsing, and the places in it. Normalization keeps lines and columns. */
export class MarkdownSource {
  /** With `\n` line ends and bars in roles shielded (see `unshield`). */
  readonly text: string;
  /** The lesson's length in UTF-16 code units, if it is too long: then `text` has only the lines within the limit. */
  readonly overlong: number | undefined;
  private readonly starts = [0];

  constructor(markdown: string) {
    const read = markdown.slice(0, markdownLimits.lesson + 1);
    this.overlong = read.length < markdown.length ? markdown.length : undefined;
    const end = this.overlong === undefined ? read.length : read.lastIndexOf('\n') + 1;
    this.text = read
      .slice(0, end)
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n')
      .replaceAll(shield, ' ')
      // A name in braces makes a role; the braces of TeX, as in `x^{1}`, do not.
      .replace(/(?<![`^_\\\w}])\{[a-z][\w-]*\}`[^`\n]*`/g, (role) => role.replaceAll('|', shield));
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1))
      this.starts.push(at + 1);
  }

  /** Line and column, both from 1, of an offset in `text`, from 0. */
  place(offset: number, length = 1): FindingPlace {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.starts[low] + 1, length };
  }
}

/** Puts the bars back into text that comes from `MarkdownSource.text`. */
export const unshield = (text: string): string => text.replaceAll(shield, '|');

/**
 * Both sides of the shielded bar in a role's text, trimmed and without shields, and the offset in `text` at which the right one
 * begins; no `right`, and the text's length, where there is no bar.
 */
export function splitAtBar(text: string): { left: string; right?: string; rightAt: number } {
  const at = text.indexOf(shield);
  if (at < 0) return { left: text.trim(), rightAt: text.length };
  const right = text.slice(at + 1);
  return {
    left: text.slice(0, at).replace(/\\$/, '').trim(),
    right: unshield(right.trim()),
    rightAt: at + 1 + right.length - right.trimStart().length,
  };
}
