/** The longest formula that is typeset, in letters of TeX. */
export const longestSetTex = 8_000;
/** How deep groups may be nested. */
export const deepestSetTex = 60;
/** Options for KaTeX: how many macros it expands at most, and the largest size in em. */
export const texBounds = { maxExpand: 1_000, maxSize: 100 } as const;

/** Why a formula is not passed to KaTeX, and the offending part of its TeX: position from 0 and length in UTF-16 units. */
export interface TexFault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

/** Every command, brace and comment; a comment ends with its line. */
const pieces = /\\(?:[a-zA-Z@]+|[\s\S])|[{}]|%[^\n]*/g;
const opens = new Set(['{', '\\left', '\\begin', '\\bgroup', '\\begingroup']);
const closes = new Set(['}', '\\right', '\\end', '\\egroup', '\\endgroup']);
/** These apply to everything after them in their group. */
const switches =
  /^\\(?:color|(?:display|text|script|scriptscript)style|rm|sf|tt|bf|it|cal|tiny|sixptsize|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)$/;
/** A definition with an argument can double its text with every expansion, so no limit on expansions bounds it. */
const defines = /^\\(?:[gex]?def|let|futurelet|global|long|(?:re|provide)?(?:new)?command)$/;

/**
 * The first reason why a formula is too much for KaTeX, whose time grows with length (`longestSetTex`) and whose stack with
 * depth (`deepestSetTex`); undefined for any other. Definitions are refused as well; whether it is correct TeX is not checked.
 */
export function texFault(tex: string): TexFault | undefined {
  if (tex.length > longestSetTex) {
    const message = `a formula has at most ${longestSetTex} letters, this one ${tex.length}; split it`;
    return { at: 0, length: tex.length, message };
  }
  /** How deep what stands around each open group is. */
  const around: number[] = [];
  let depth = 0;
  for (const { 0: piece, index: at } of tex.matchAll(pieces)) {
    if (opens.has(piece)) {
      around.push(depth);
      depth += 1;
    } else if (closes.has(piece)) depth = around.pop() ?? 0;
    else if (switches.test(piece)) depth += 1;
    else if (defines.test(piece))
      return { at, length: piece.length, message: `${piece} is off; write out what it would stand for` };
    if (depth > deepestSetTex) {
      const message = `at most ${deepestSetTex} groups of a formula stand in one another; give a part of it a name`;
      return { at, length: piece.length, message };
    }
  }
  return undefined;
}
