import { html, type TemplateResult } from 'lit';
import { type Diagnostic, showDiagnostic } from '../../src/formula/diagnostic.ts';
import { errorCardWords as words } from '../../src/words/model/error-card.ts';

/**
 * The card shown in place of a debugger whose model does not compile: how many `diagnostics` there are (all count as mistakes),
 * and each with its line of `text`, sorted by their places.
 */
export const errorCardTemplate = (text: string, diagnostics: readonly Diagnostic[]): TemplateResult => html`
  <section class="error-card" aria-label=${words.cannotRun}>
    <p><b>${words.cannotRun}.</b> ${words.mistakes(diagnostics.length)}</p>
    ${inOrder(diagnostics).map((diagnostic) => html`<pre tabindex="0">${showDiagnostic(text, diagnostic)}</pre>`)}
  </section>
`;

const inOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) => a.span.line - b.span.line || a.span.column - b.span.column);
