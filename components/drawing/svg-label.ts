import { type SVGTemplateResult, svg } from 'lit';
import { remembered } from '../base/remembered.ts';

/** A run of a name: letters of one style at one height. */
export interface TextRun {
  /** The letters. */
  readonly text: string;
  /** Italic for variables, upright for digits, signs and `\mathrm`. */
  readonly style: 'italic' | 'upright';
  /** On the line, or as a superscript or subscript. */
  readonly level: 'base' | 'sup' | 'sub';
}

const greek: Record<string, string> = Object.fromEntries(
  (
    'alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ ' +
    'sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω'
  )
    .split(' ')
    .flatMap((word, at, all) => (at % 2 === 0 ? [[word, all[at + 1]]] : [])),
);
const signs: Record<string, string> = {
  partial: '∂',
  nabla: '∇',
  ell: 'ℓ',
  infty: '∞',
  prime: '′',
  top: '⊤',
  star: '⋆',
  ast: '∗',
  cdot: '·',
  _: '_',
  ',': '\u2009',
  ' ': ' ',
};
const upright = new Set(['mathrm', 'operatorname', 'text', 'textrm', 'mathbf', 'mathsf', 'mathtt']);
const script: Record<string, string> = { L: 'ℒ', E: 'ℰ', H: 'ℋ', B: 'ℬ', F: 'ℱ' };
const accents: Record<string, string> = {
  hat: '\u0302',
  bar: '\u0304',
  tilde: '\u0303',
  dot: '\u0307',
  vec: '\u20d7',
};

/**
 * Parses the TeX of a simple name (letters, Greek, superscripts and subscripts, accents, a fraction on one line) for an SVG,
 * which cannot contain KaTeX. Runs are in reading order, neighbours alike joined. Undefined for any other TeX. The result is
 * cached and shared.
 */
export const textRuns = remembered(
  2000,
  (tex: string) => tex,
  (tex): readonly TextRun[] | undefined => {
    try {
      return new NameReader(tex).read();
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  },
);

class NameReader {
  private readonly tokens: readonly string[];
  private at = 0;

  constructor(tex: string) {
    this.tokens = tex.match(/\\[a-zA-Z]+\s*|\\.|\s+|[^\\\s]/gu)?.map((token) => token.trim() || ' ') ?? [];
  }

  read(): TextRun[] {
    const runs = this.sequence('base', 'italic');
    if (this.at < this.tokens.length) throw new RangeError('a brace too many');
    return join(runs);
  }

  private sequence(level: TextRun['level'], style: TextRun['style']): TextRun[] {
    const runs: TextRun[] = [];
    while (this.at < this.tokens.length && this.tokens[this.at] !== '}') {
      const token = this.tokens[this.at];
      if (token === '^' || token === '_') {
        this.at++;
        // A superscript within a subscript stays at its height: names are small already.
        const own = level === 'base' ? (token === '^' ? 'sup' : 'sub') : level;
        runs.push(...this.atom(own, 'italic'));
      } else runs.push(...this.atom(level, style));
    }
    return runs;
  }

  private atom(level: TextRun['level'], style: TextRun['style']): TextRun[] {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new RangeError('ends too soon');
    if (token === '{') {
      const runs = this.sequence(level, style);
      if (this.tokens[this.at++] !== '}') throw new RangeError('a brace too few');
      return runs;
    }
    if (token === ' ') return [];
    if (!token.startsWith('\\'))
      return [{ text: token, style: /\p{L}/u.test(token) ? style : 'upright', level }];
    return this.command(token.slice(1), level, style);
  }

  private command(name: string, level: TextRun['level'], style: TextRun['style']): TextRun[] {
    if (Object.hasOwn(greek, name))
      return [{ text: greek[name], style: /^[A-Z]/.test(name) ? 'upright' : style, level }];
    if (Object.hasOwn(signs, name)) return [{ text: signs[name], style: 'upright', level }];
    if (upright.has(name)) return this.atom(level, 'upright');
    if (name === 'mathit') return this.atom(level, 'italic');
    if (name === 'mathcal' || name === 'mathscr')
      return this.atom(level, 'italic').map((run) => ({ ...run, text: script[run.text] ?? run.text }));
    if (Object.hasOwn(accents, name))
      return this.atom(level, style).map((run) => ({ ...run, text: run.text + accents[name] }));
    if (name === 'frac' || name === 'tfrac' || name === 'dfrac')
      return [...this.atom(level, style), { text: '/', style: 'upright', level }, ...this.atom(level, style)];
    throw new RangeError(`unknown command ${name}`);
  }
}

function join(runs: readonly TextRun[]): TextRun[] {
  const joined: TextRun[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.style === run.style && last.level === run.level)
      joined[joined.length - 1] = { ...last, text: last.text + run.text };
    else joined.push(run);
  }
  return joined;
}

/** The size of a script beside its letter's, and its least, which is legible. */
const small = 0.78;
const leastScript = 11;
const sizeOf = (level: TextRun['level'], size: number): number =>
  level === 'base' ? size : Math.max(leastScript, small * size);

const widths: ReadonlyMap<string, number> = new Map(
  (
    [
      ['.,·′ilj/|', 0.3],
      ['WMm', 0.96],
      ['…', 0.9],
      ['wℒℰℋℬℱ', 0.74],
      ['tfrδ', 0.45],
      ['0123456789', 0.57],
      ['\u2009', 0.2],
    ] as const
  ).flatMap(([chars, width]) => [...chars].map((char) => [char, width] as const)),
);

/**
 * The approximate width of an upright plain text at a font size, in the unit of that size; digits are tabular, other letters
 * have an average width.
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const char of text) {
    width += widths.get(char) ?? (/\p{M}/u.test(char) ? 0 : /[A-ZΓ-Ω]/.test(char) ? 0.76 : 0.57);
  }
  return width * size;
}

/** Widths of what numbers are written with, in the widest of the usual sans-serif fonts. */
const figures: readonly (readonly [chars: string, width: number])[] = [
  ['.,', 0.32],
  ['−×+', 0.84],
  ['…', 1],
  ['⁰¹²³⁴⁵⁶⁷⁸⁹⁻', 0.45],
];

/**
 * The width of a number at a font size, in the unit of that size: about, and not less than in any usual sans-serif font, since the
 * reader's is not known.
 */
export const numberWidth = (text: string, size: number): number =>
  size *
  [...text].reduce((sum, char) => sum + (figures.find(([chars]) => chars.includes(char))?.[1] ?? 0.64), 0);

const widthOf = (run: TextRun, size: number): number => textWidth(run.text, sizeOf(run.level, size));

/**
 * The approximate width of a symbol's TeX at a font size, in the unit of that size; a subscript is below its superscript. What
 * `textRuns` cannot parse counts as plain text.
 */
export function symbolWidth(tex: string, size: number): number {
  return layOut(textRuns(tex) ?? plain(tex), size).width;
}

const plain = (text: string): TextRun[] => [{ text, style: 'upright', level: 'base' }];

interface LaidRun extends TextRun {
  readonly dx: number;
  readonly dy: number;
}

/**
 * Places the runs by `dx` and `dy`: not every browser draws SVG's `baseline-shift`. A superscript and the subscript beneath it do not
 * touch; where there is room above and below the line, they are further apart.
 */
function layOut(runs: readonly TextRun[], size: number, isRoomy = false): { laid: LaidRun[]; width: number } {
  const [up, down] = isRoomy ? [0.42, 0.3] : [0.345, 0.215];
  const height = { base: 0, sup: -up * size, sub: down * size };
  const laid: LaidRun[] = [];
  let width = 0;
  let y = 0;
  let scripts: { from: number; end: number } | undefined;
  let pen = 0;
  for (const run of runs) {
    const own = widthOf(run, size);
    const start: number = run.level === 'base' ? (scripts?.end ?? pen) : (scripts?.from ?? pen);
    const previous = laid.at(-1);
    // A script at the same height as the previous one continues after it.
    const from = previous && previous.level === run.level ? pen : start;
    laid.push({ ...run, dx: from - pen, dy: height[run.level] - y });
    y = height[run.level];
    pen = from + own;
    scripts =
      run.level === 'base'
        ? undefined
        : { from: scripts?.from ?? from, end: Math.max(scripts?.end ?? 0, pen) };
    width = Math.max(width, pen);
  }
  return { laid, width };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * A symbol's TeX as `tspan`s for a `<text>`; `size` is the font size in drawing units. The baseline at its end is the one at
 * its start, so that more text may follow. What `textRuns` cannot parse is shown as plain text. `isRoomy`: nothing else is close
 * above and below.
 */
export function symbol(tex: string, size: number, isRoomy = false): SVGTemplateResult {
  const { laid } = layOut(textRuns(tex) ?? plain(tex), size, isRoomy);
  const back = -laid.reduce((sum, { dy }) => sum + dy, 0);
  return svg`${laid.map(
    ({ text, style, level, dx, dy }) =>
      svg`<tspan class="symbol ${style}" dx=${round(dx)} dy=${round(dy)} font-size=${round(sizeOf(level, size))}>${text}</tspan>`,
  )}<tspan dy=${round(back)}>\u200b</tspan>`;
}
