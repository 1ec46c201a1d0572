/** The longest formula that is set, in letters of TeX. */
export const longestSetTex = 8_000;
/** How many groups may stand in one another. */
export const deepestSetTex = 60;
/** What is passed to KaTeX: how many macros it expands, and how many em anything may be large. */
export const texBounds = { maxExpand: 1_000, maxSize: 100 } as const;

/** Why a formula is not given to KaTeX, and where in it, from 0. */
export interface TexFault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

/** Every command and every brace; a comment ends with its line. */
const pieces = /\\(?:[a-zA-Z@]+|[\s\S])|[{}]|%[^\n]*/g;
const opens = new Set(['{', '\\left', '\\begin', '\\bgroup', '\\begingroup']);
const closes = new Set(['}', '\\right', '\\end', '\\egroup', '\\endgroup']);
/** These take all that follows them in their group. */
const switches =
  /^\\(?:color|(?:display|text|script|scriptscript)style|rm|sf|tt|bf|it|cal|tiny|sixptsize|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge)$/;
/** A definition with an argument can double what it stands for with every expansion, so no count of expansions bounds it. */
const defines = /^\\(?:[gex]?def|let|futurelet|global|long|(?:re|provide)?(?:new)?command)$/;

/** What makes a formula too much for KaTeX, which takes time by its length and a stack by its depth; undefined for any other. */
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
