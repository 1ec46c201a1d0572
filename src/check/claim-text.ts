import type { Formula } from '../formula/model.ts';

/** The claim for each formula, as text: `dL/dW[j,i]`. */
export type ClaimTexts = ReadonlyMap<Formula, string>;

/**
 * A model's text with a claim appended to the line of each given formula, and with other lines inserted before some, which are
 * given by line number from 1.
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
