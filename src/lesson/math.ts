import katex from 'katex';
import { escapeHtml } from './html.ts';
import type { StyleClasses } from './style-class.ts';

/** What is wrong with a formula, and where in its text, from 0. */
export interface MathFault {
  readonly severity: 'error' | 'warning';
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

interface LocatedToken {
  readonly loc?: { readonly start: number; readonly end: number } | null;
}

/** Formulas as HTML and MathML without inline styles. */
export class MathRenderer {
  constructor(private readonly styles: StyleClasses) {}

  render(tex: string, display: boolean, report: (fault: MathFault) => void = () => {}): string {
    try {
      const html = katex.renderToString(tex, {
        displayMode: display,
        output: 'htmlAndMathml',
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
      return this.styles.replace(html);
    } catch (fault) {
      if (!(fault instanceof katex.ParseError)) throw fault;
      // Faults that KaTeX finds late have no place; then it is the whole formula.
      const { position = 0, length = tex.length, rawMessage } = fault as Partial<typeof fault>;
      report({
        severity: 'error',
        at: position,
        length: Math.max(1, length),
        message: rawMessage ?? String(fault),
      });
      return `<code class="math-error">${escapeHtml(tex)}</code>`;
    }
  }
}
