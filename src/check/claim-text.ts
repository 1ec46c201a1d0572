import type { Formula } from '../formula/model.ts';

/** The claim for each formula, as text: `dL/dW[j,i]`. */
export type ClaimTexts = ReadonlyMap<Formula, string>;

/**
 * A model's text with ` : claim` appended to the line of each given formula (before its comment), and with other text, of one or
 * more lines, inserted before some lines, by their number from 1 in `text`. The formulas must be compiled from `text`.
 */
export function withClaims(text: string, claims: ClaimTexts, before: ReadonlyMap<number, string>): string {
  const lines = text.split('\n');
  for (const [{ lineSpan }, claim] of claims) {
    const at = lineSpan.line - 1;
    const end = lineSpan.column - 1 + lineSpan.length;
    lines[at] = `${lines[at].slice(0, end)} : ${claim} ${lines[at].slice(end)}`;
  }
  for (const [line, content] of before) lines[line - 1] = `${content}\n${lines[line - 1]}`;
  return lines.join('\n');
}
