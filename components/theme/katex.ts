import katexCss from 'katex/dist/katex.min.css?inline';
import { css, unsafeCSS } from 'lit';

/**
 * KaTeX's stylesheet without its fonts: those can only be declared in the document, by the page's own stylesheet; in a shadow
 * tree they would be loaded in vain.
 */
const library = unsafeCSS(katexCss.replace(/@font-face\s*\{[^}]*\}/g, ''));

/** The stylesheet of formulas for a shadow tree; the page provides KaTeX's fonts. */
export const katexStyles = css`
  ${library}
  .math-error {
    color: var(--c-wrong);
    overflow-wrap: anywhere;
  }
`;
