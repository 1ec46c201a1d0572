import type { Span } from './diagnostic.ts';
import { longestText, mostLines } from './limits.ts';

/** Why a text is too large to be read (`longestText`, `mostLines`) and where; undefined where it is not. */
export function sizeFault(text: string): { readonly span: Span; readonly message: string } | undefined {
  if (text.length > longestText) {
    const message = `this text has more than ${longestText} letters; put its numbers in a file beside the lesson`;
    return { span: { line: 1, column: 1, length: 1 }, message };
  }
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  if (lines <= mostLines) return undefined;
  return {
    span: { line: mostLines + 1, column: 1, length: 1 },
    message: `a model has at most ${mostLines} lines`,
  };
}
