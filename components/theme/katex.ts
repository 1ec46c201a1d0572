import katexCss from 'katex/dist/katex.min.css?inline';
import { css, unsafeCSS } from 'lit';

/**
 * KaTeX's stylesheet for the shadow tree. Fonts can only be declared in the document, so the page's own stylesheet provides them;
 * declared here they would only be loaded in vain.
 */
const library = unsafeCSS(katexCss.replace(/@font-face\s*\{[^}]*\}/g, ''));

export const katexStyles = css`
  ${library}
  .math-error {
    color: var(--c-wrong);
    overflow-wrap: anywhere;
  }
`;
