import type { Token } from 'marked';
import type { Findings } from './markdown/finding.ts';
import type { Locations } from './markdown/location.ts';
import type { MarkdownSource } from './markdown/source.ts';

/** What the lessons of a course have agreed on. */
export interface Wording {
  /** Words that are not used, in lower case, each with the one that is. */
  readonly words: ReadonlyMap<string, string>;
  /** Whether a number with a decimal point has to be a fact, or said to be none. */
  readonly areNumbersFacts: boolean;
}

/** A number as prose writes it, with a decimal point. */
const decimal = /(?<![\p{L}\p{N}.,-])[−-]?\d[\d,]*\.\d+(?![\p{L}\p{N}-]|\.\d)/gu;

/**
 * Warns where a lesson's prose has another word for a thing than its course has agreed on, and where a number in it is neither
 * computed nor said to be none. Code, formulas and roles are no prose; what stands in emphasis or in quotation marks is a word that is
 * spoken of, not used.
 */
export class WordingCheck {
  private readonly pattern: RegExp | undefined;
  /** Parts of what stands in emphasis. */
  private readonly mentioned = new WeakSet<Token>();

  constructor(
    private readonly wording: Wording,
    private readonly findings: Findings,
    private readonly source: MarkdownSource,
    private readonly locations: Locations,
  ) {
    const words = [...wording.words.keys()].map((word) => word.replace(/[^\p{L}\p{N} ]/gu, ''));
    if (words.length > 0)
      this.pattern = new RegExp(
        `(?<![\\p{L}\\p{N}“"‘])(${words.join('|')})(?:s|es|d|ed|ing)?(?![\\p{L}\\p{N}])`,
        'giu',
      );
  }

  /** To be called with every token, parents first. */
  examine(token: Token): void {
    const parts = 'tokens' in token && token.tokens !== undefined ? token.tokens : [];
    if (token.type === 'em' || this.mentioned.has(token)) for (const part of parts) this.mentioned.add(part);
    if (token.type !== 'text' || parts.length > 0) return;
    if (!this.mentioned.has(token)) this.examineWords(token);
    if (this.wording.areNumbersFacts) this.examineNumbers(token);
  }

  private examineWords(token: Token): void {
    for (const found of this.pattern === undefined ? [] : token.raw.matchAll(this.pattern)) {
      const [word, stem] = found;
      const agreed = this.wording.words.get(stem.toLowerCase());
      this.warn(
        token,
        found,
        'word',
        `one name for a thing: ${agreed}, not ${word.toLowerCase()}; where the word is only mentioned, emphasize it`,
      );
    }
  }

  private examineNumbers(token: Token): void {
    for (const found of token.raw.matchAll(decimal))
      this.warn(
        token,
        found,
        'number',
        `${found[0]} is checked by nothing: make it a fact, or write {number}\`${found[0]}\` if no model computes it`,
      );
  }

  private warn(
    token: Token,
    { 0: text, index }: RegExpExecArray | RegExpMatchArray,
    rule: string,
    message: string,
  ): void {
    const offset = (this.locations.get(token) ?? 0) + (index ?? 0);
    this.findings.warning(this.source.place(offset, text.length), rule, message);
  }
}
