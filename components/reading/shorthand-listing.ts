import { html, nothing, type TemplateResult } from 'lit';
import { shorthandListingWords as words } from '../../src/words/reading/shorthand-listing.ts';
import { SessionView } from '../base/session-view.ts';
import { codeStyles } from './code.styles.ts';

/**
 * `<bs-shorthand-listing>`: a model as its author wrote it in shorthand beside the formulas that it expands to; the present line
 * is marked in both.
 */
export class ShorthandListing extends SessionView {
  static override readonly sheet = codeStyles;
  static override properties = {
    ...SessionView.properties,
    text: { attribute: false },
    origins: { attribute: false },
  };
  /** The author's text. */
  declare text: string;
  /** For each line of the formulas, the 1-based line of `text` that it comes from. */
  declare origins: readonly number[];

  protected override render(): TemplateResult {
    const lines = this.text.trimEnd().split('\n');
    const expanded = this.session.model.text.trimEnd().split('\n');
    const now = this.session.moment.location?.formula.span.line;
    const origin = now === undefined ? undefined : this.origins[now - 1];
    return html`<div class="written">
      ${this.listing(words.asWritten, lines, origin)}
      ${this.listing(words.formulas, expanded, now)}
    </div>`;
  }

  private listing(title: string, lines: readonly string[], now: number | undefined): TemplateResult {
    return html`<figure>
      <figcaption>${title}</figcaption>
      <ol tabindex="0" aria-label=${title}>
        ${lines.map(
          (line, at) =>
            html`<li class=${at + 1 === now ? 'current' : ''} aria-current=${at + 1 === now ? 'step' : nothing}><code>${line.trim() === '' ? ' ' : line}</code></li>`,
        )}
      </ol>
    </figure>`;
  }
}
