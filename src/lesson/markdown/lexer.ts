import { Lexer, type Marked, type MarkedOptions, type Token, type TokensList } from 'marked';
import { markdownLimits } from './limits.ts';

/** Text that is shown as written, since parsing it would take too long; `message` says which limit it exceeds. */
export interface RefusedToken {
  readonly type: 'refused';
  /** As in all tokens: the source that it takes. */
  readonly raw: string;
  readonly text: string;
  /** Whether it stands for blocks, or else for text within a paragraph. */
  readonly block: boolean;
  readonly message: string;
}

/** marked's lexer within limits: its recursion is unbounded, and its time grows faster than a paragraph's length. */
class BoundedLexer extends Lexer {
  private blocks = 0;
  private spans = 0;

  override blockTokens(src: string, tokens?: Token[], clipped?: boolean): Token[];
  override blockTokens(src: string, tokens?: TokensList, clipped?: boolean): TokensList;
  override blockTokens(src: string, tokens: Token[] = [], clipped?: boolean): Token[] {
    // The lesson itself is the first.
    if (this.blocks > markdownLimits.blocks) return refuse(tokens, src, true, tooDeep);
    this.blocks += 1;
    try {
      return super.blockTokens(src, tokens, clipped);
    } finally {
      this.blocks -= 1;
    }
  }

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    if (src.length > markdownLimits.text)
      return refuse(
        tokens,
        src,
        false,
        `a paragraph has at most ${markdownLimits.text} letters, this one ${src.length}; split it`,
      );
    if (this.spans > markdownLimits.spans)
      return refuse(
        tokens,
        src,
        false,
        `at most ${markdownLimits.spans} emphases and links stand in one another; write this plainly`,
      );
    this.spans += 1;
    try {
      return super.inlineTokens(src, tokens);
    } finally {
      this.spans -= 1;
    }
  }
}

function refuse(tokens: Token[], src: string, block: boolean, message: string): Token[] {
  tokens.push({ type: 'refused', raw: src, text: src, block, message } satisfies RefusedToken);
  return tokens;
}

/**
 * The tokens of a lesson's prose (front matter blanked, bars shielded), by a parser from `lessonMarkdown`. Where a limit of
 * `markdownLimits` is exceeded, there is a `RefusedToken` instead.
 */
export const markdownTokens = (marked: Marked, prose: string): TokensList =>
  new BoundedLexer(marked.defaults as MarkedOptions).lex(prose);

/** The text before the first empty line. */
function firstBlock(src: string): string {
  const end = src.search(/\n[ \t]*(?:\n|$)/);
  return end < 0 ? src : src.slice(0, end + 1);
}

/** The nested signs of quotes and list items with which a line begins. */
const markers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const marker = />|[-*+]|\d+[.)]/g;
/** A line without three or more equal signs at its end, which are a thematic break and no lists. */
function withoutRule(line: string): string {
  const sign = line.trimEnd().at(-1);
  if (sign !== '-' && sign !== '*') return line;
  let [start, count] = [line.length, 0];
  for (; start > 0 && (line[start - 1] === sign || /[ \t]/.test(line[start - 1])); start--)
    if (line[start - 1] === sign) count += 1;
  return count < 3 ? line : line.slice(0, start);
}

/**
 * Refuses the quotes or lists at the beginning of `src`, the rest of a lesson, if they are nested too deeply, before they are
 * parsed: marked descends into such a line again and again without calling the lexer. Looks as far as the first empty line;
 * undefined where all is within the limit.
 */
export function refusedDepth(src: string): RefusedToken | undefined {
  const raw = firstBlock(src);
  const depth = (line: string) => (markers.exec(withoutRule(line))?.[0].match(marker) ?? []).length;
  if (raw.split('\n').every((line) => depth(line) <= markdownLimits.blocks)) return undefined;
  return { type: 'refused', raw, text: raw, block: true, message: tooDeep };
}

const tooDeep = `at most ${markdownLimits.blocks} quotes, lists and directives stand in one another; set this apart`;

const delimiterRow = /^ {0,3}(?:\| *)?:?-+:? *(?:\| *:?-+:? *)*(?:\| *)?$/;

/**
 * Refuses a table at the beginning of `src`, the rest of a lesson, if it is too large, before marked fills its rows up with
 * cells. Undefined where it is within the limit, or `src` does not begin with one.
 */
export function refusedTable(src: string): RefusedToken | undefined {
  const first = src.indexOf('\n');
  if (first < 0) return undefined;
  const second = src.indexOf('\n', first + 1);
  const delimiters = src.slice(first + 1, second < 0 ? src.length : second);
  if (!delimiters.includes('-') || !delimiterRow.test(delimiters)) return undefined;
  const raw = firstBlock(src);
  const columns = delimiters.split('|').length;
  const cells = columns * (raw.split('\n').length - 1);
  if (cells <= markdownLimits.cells) return undefined;
  const message = `a table has at most ${markdownLimits.cells} cells, this one about ${cells}; split it`;
  return { type: 'refused', raw, text: raw, block: true, message };
}
