import { deepestNotation, longestNotation } from '../limits.ts';

/** TeX that is not just one formula: it would change what other formulas mean, or grow when expanded. */
const definitions =
  /\\(?:[egx]?def|let|futurelet|global|long|(?:new|renew|provide)command|html[A-Za-z]*|href|url|includegraphics)(?![A-Za-z])/;

/** Braces, and what opens and closes like them. */
const bracket = /\\[\\{}]|[{}]|\\(begin|left|end|right)(?![A-Za-z])/g;

/**
 * How deep the braces, `\left`, and `\begin` of a TeX text are nested, 0 without any; undefined where they are not balanced.
 * Which closes which is not checked; `\{` and `\}` do not count.
 */
export function depthOfTex(text: string): number | undefined {
  let [depth, most] = [0, 0];
  for (const [sign, word] of text.matchAll(bracket)) {
    if (sign === '{' || word === 'begin' || word === 'left') most = Math.max(most, ++depth);
    else if (sign === '}' || word === 'end' || word === 'right') depth -= 1;
    if (depth < 0) return undefined;
  }
  return depth === 0 ? most : undefined;
}

/**
 * Why a text cannot be a notation inside formulas (too long, too deep, unbalanced, a definition or comment), and what to do;
 * undefined where it can. It is not parsed further: KaTeX does that.
 */
export function notationFault(text: string): { readonly rule: string; readonly message: string } | undefined {
  if (text.length > longestNotation)
    return {
      rule: 'size',
      message: `a notation has at most ${longestNotation} letters, and this has ${text.length}`,
    };
  const depth = depthOfTex(text);
  if (depth === undefined)
    return { rule: 'syntax', message: 'each { needs its }, and each \\left its \\right, in a notation' };
  if (depth > deepestNotation)
    return {
      rule: 'size',
      message: `a notation has at most ${deepestNotation} braces in each other, and this has ${depth}`,
    };
  const found = definitions.exec(text) ?? /(?<!\\)(?:\\\\)*%/.exec(text);
  if (found === null) return undefined;
  return { rule: 'syntax', message: `a notation is one formula; ${found[0]} is not for it` };
}
