import { greek } from '../../formula/notation.ts';

/*
 * TeX for KaTeX, MathJax and LaTeX alike: without the data attributes of our own views, and with commands for letters that a
 * LaTeX with its usual fonts does not have.
 */

/** Signs that authors type directly. */
const signs: ReadonlyMap<string, string> = new Map([
  ['∂', '\\partial '],
  ['∇', '\\nabla '],
  ['·', '\\cdot '],
  ['×', '\\times '],
  ['−', '-'],
  ['∞', '\\infty '],
  ['′', "'"],
  ['…', '\\dots '],
  ['ℓ', '\\ell '],
  ['≤', '\\le '],
  ['≥', '\\ge '],
  ['\u202f', '\\,'],
]);

/** Accents on a letter, as a command around it. */
const accents: ReadonlyMap<string, string> = new Map([
  ['\u0300', 'grave'],
  ['\u0301', 'acute'],
  ['\u0302', 'hat'],
  ['\u0303', 'tilde'],
  ['\u0304', 'bar'],
  ['\u0306', 'breve'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u030a', 'mathring'],
  ['\u030c', 'check'],
]);

/**
 * Mathematical TeX (no text mode) without `\htmlData` and in ASCII, except for letters without a command, which are put in
 * `\text`.
 */
export const plainTex = (tex: string): string => inAscii(withoutData(tex));

/** Removes `\htmlData{…}{…}` from around its content. */
function withoutData(tex: string): string {
  const mark = '\\htmlData{';
  let text = '';
  /** Whether each of the open braces belongs to a mark, and so is left out with its closing one. */
  const open: boolean[] = [];
  for (let at = 0; at < tex.length; at++) {
    if (tex.startsWith(mark, at)) {
      at = tex.indexOf('}{', at) + 1;
      open.push(true);
      continue;
    }
    const sign = tex[at];
    if (sign === '\\') text += sign + (tex[++at] ?? '');
    else if (sign === '{') {
      open.push(false);
      text += sign;
    } else if (sign === '}') text += open.pop() === true ? '' : sign;
    else text += sign;
  }
  return text;
}

function inAscii(tex: string): string {
  if (/^[\x20-\x7e\n]*$/.test(tex)) return tex;
  return tex.normalize('NFD').replace(/(\P{M})(\p{M}*)/gu, (whole, base: string, marks: string) => {
    let text = letter(base);
    for (const mark of marks) {
      const accent = accents.get(mark);
      if (accent === undefined) return `\\text{${whole.normalize('NFC')}}`;
      text = `\\${accent}{${text.trim()}}`;
    }
    return text;
  });
}

function letter(char: string): string {
  if (/[\x20-\x7e\n]/.test(char)) return char;
  const name = greek.get(char);
  return name === undefined ? (signs.get(char) ?? `\\text{${char}}`) : `\\${name} `;
}

/** Escapes plain text for LaTeX's text mode; letters outside ASCII stay. */
export const texText = (words: string): string =>
  words.replace(/[\\{}$&#%_~^\u202f]/g, (sign) => escapes.get(sign) ?? `\\${sign}`);

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\textbackslash{}'],
  ['~', '\\textasciitilde{}'],
  ['^', '\\textasciicircum{}'],
  ['\u202f', '\\,'],
]);

/** A right side wider than this (see `texWidth`) continues on another line. */
const longest = 62;
/** Content wider than this is taken out of fractions and tall parentheses, in which no line can end. */
const wide = 40;

/**
 * A formula (a right side, without `\htmlData`) in lines, none of which is much too long; the second and later ones begin with
 * their sign. One line, the same, where it fits; in others, wide fractions may be written with a slash.
 */
export function texLines(tex: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const part of partsOf(tex)) {
    if (line !== '' && texWidth(line) + texWidth(part) > longest) {
      lines.push(line.trim());
      line = '';
    }
    line += part;
  }
  return [...lines, line.trim()];
}

/** What opens or closes something that no line may end in, parentheses, other commands, and signs between terms and factors. */
const pieces =
  /(\\left\\?.|\\begin\{\w+\}|\{)|(\\right\\?.|\\end\{\w+\}|\})|(\\bigl.|[([])|(\\bigr.|[)\]])|( [+-] )|( \\cdot )|\\(?:[a-zA-Z]+|.)/g;

interface Cut {
  readonly at: number;
  /** The smaller, the better: the number of parentheses around it, and one half more between factors. */
  readonly depth: number;
}

/** Where lines may end: before signs that stand between terms, or where there are none, between factors. */
function cutsOf(tex: string): Cut[] {
  const cuts: Cut[] = [];
  let [fixed, depth] = [0, 0];
  for (const { index, 1: fixes, 2: frees, 3: opens, 4: closes, 5: term, 6: factor } of tex.matchAll(pieces)) {
    if (fixes !== undefined) fixed += 1;
    else if (frees !== undefined) fixed -= 1;
    else if (opens !== undefined) depth += 1;
    else if (closes !== undefined) depth -= 1;
    else if (fixed === 0 && index > 0 && (term ?? factor) !== undefined)
      cuts.push({ at: index, depth: term === undefined ? depth + 0.5 : depth });
  }
  return cuts;
}

/** As few parts as possible, each of which fits a line. */
function partsOf(tex: string): string[] {
  if (texWidth(tex) <= longest) return [tex];
  const loose = loosened(tex);
  const cuts = cutsOf(loose);
  if (cuts.length === 0) return [loose];
  const best = Math.min(...cuts.map(({ depth }) => depth));
  const ends = cuts.filter(({ depth }) => depth === best).map(({ at }) => at);
  return [0, ...ends].flatMap((start, n) => partsOf(loose.slice(start, ends[n])));
}

/** Wide fractions as quotients, and wide tall parentheses as ones that may be broken. */
function loosened(tex: string): string {
  return tex
    .replace(/\\left\(((?:(?!\\left|\\right).)*)\\right\)/g, (whole, inner: string) =>
      texWidth(inner) > wide ? `\\bigl(${inner}\\bigr)` : whole,
    )
    .replace(fraction, (whole, above: string, below: string) =>
      texWidth(above) > wide
        ? `\\bigl(${above}\\bigr) / ${/^[\w.]+$/.test(below) ? below : `(${below})`}`
        : whole,
    );
}

const braced = String.raw`\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}`;
const fraction = new RegExp(String.raw`\\frac${braced}${braced}`, 'g');

/** The approximate width of TeX in letters: a command counts as one, braces and the signs of scripts as none. */
export const texWidth = (tex: string): number =>
  tex
    .replace(/\\(?:mathrm|text|operatorname|left|right|bigl|bigr|frac|substack|begin|end)\b/g, '')
    .replace(/\\[a-zA-Z]+/g, 'x')
    .replace(/[\\{}^_\s]/g, '').length;
