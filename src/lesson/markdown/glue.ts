import type { Token, Tokens } from 'marked';
import type { MathToken } from './markdown.ts';

/** Signs that must not begin a line, and those that must not end one. */
const closing = /^[,.;:!?)\]’”]+/;
const opening = /[([“‘]+$/;

/** TeX of more letters may have to be broken itself. */
const longest = 40;

/**
 * Takes the punctuation around short formulas out of the text and into their tokens, as `before` and `after`: a browser takes a formula
 * for a picture, and would break the line between both. To be called once, when nothing needs the text as it was written any more.
 */
export function gluePunctuation(tokens: readonly Token[] | undefined): void {
  tokens?.forEach((token, at) => {
    if (token.type !== 'inline-math' || token.raw.length > longest) return;
    const math = token as MathToken;
    const [left, right] = [tokens[at - 1], tokens[at + 1]];
    if (isText(right)) [math.after, right.text] = cut(right.text, closing);
    if (isText(left)) [math.before, left.text] = cut(left.text, opening);
  });
}

const isText = (token: Token | undefined): token is Tokens.Text =>
  token?.type === 'text' && !('tokens' in token && token.tokens);

/** What of a text is found, and the rest. */
function cut(text: string, sign: RegExp): [string, string] {
  const [found = ''] = sign.exec(text) ?? [];
  return [found, text.replace(sign, '')];
}
