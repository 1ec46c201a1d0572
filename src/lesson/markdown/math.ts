import katex from 'katex';
import { longestSetTex, texBounds, texFault } from '../../formula/tex-limits.ts';
import { escapeHtml } from './html.ts';
import { markdownLimits } from './limits.ts';
import { legibleMathml } from './mathml.ts';
import type { StyleClasses } from './style-class.ts';

/** A fault of a formula; `at` is an offset in its TeX, from 0. */
export interface MathFault {
  readonly severity: 'error' | 'warning';
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

interface LocatedToken {
  readonly loc?: { readonly start: number; readonly end: number } | null;
}

/**
 * How a formula is set: as HTML for the eye with MathML for the ear, or as MathML alone, a third as long, where it is rarely seen.
 */
type MathOutput = 'htmlAndMathml' | 'mathml';

/** Sets the formulas of one lesson as HTML and MathML, with classes in place of inline styles (collected in `styles`). */
export class MathRenderer {
  /** How much TeX may still be set, in UTF-16 code units. */
  private left: number = markdownLimits.tex;

  constructor(private readonly styles: StyleClasses) {}

  /**
   * The HTML of a formula, in display style or inline. Never throws: faults are reported, and TeX that cannot be set is shown as
   * code.
   */
  render(
    tex: string,
    display: boolean,
    report: (fault: MathFault) => void = () => {},
    output: MathOutput = 'htmlAndMathml',
  ): string {
    const refuse = (at: number, length: number, message: string): string => {
      report({ severity: 'error', at, length: Math.max(1, length), message });
      const shown = tex.length > longestSetTex ? `${tex.slice(0, longestSetTex)}…` : tex;
      return `<code class="math-error">${escapeHtml(shown)}</code>`;
    };
    const fault = texFault(tex);
    if (fault !== undefined) return refuse(fault.at, fault.length, fault.message);
    if (tex.length > this.left) {
      const message = `the formulas of a lesson have at most ${markdownLimits.tex} letters together; make two lessons of it`;
      return refuse(0, tex.length, message);
    }
    this.left -= tex.length;
    try {
      const html = katex.renderToString(tex, {
        ...texBounds,
        displayMode: display,
        output,
        trust: ({ command }) => {
          report({ severity: 'error', at: 0, length: tex.length, message: `${command} is off in lessons` });
          return false;
        },
        throwOnError: true,
        strict: (code, message, token) => {
          if (code === 'htmlExtension') return 'ignore'; // told by `trust`
          const { start, end } = (token as LocatedToken | undefined)?.loc ?? { start: 0, end: 1 };
          report({ severity: 'warning', at: start, length: end - start, message });
          return 'ignore';
        },
      });
      return this.styles.replace(legibleMathml(html));
    } catch (thrown) {
      // Some commands take all that follows them, so a long row of them nests without a brace and overflows the stack.
      if (thrown instanceof RangeError)
        return refuse(0, tex.length, 'this formula is too deep to be set; split it');
      if (!(thrown instanceof katex.ParseError))
        return refuse(0, tex.length, `this formula cannot be set: ${thrown}`);
      // Faults that KaTeX finds late have no place: the whole formula is marked.
      const { position = 0, length = tex.length, rawMessage } = thrown as Partial<typeof thrown>;
      return refuse(position, length, rawMessage ?? String(thrown));
    }
  }
}
