import { html, nothing, type TemplateResult } from 'lit';
import type { Expansion } from '../src/network/expansion.ts';
import { SessionView } from './session-view.ts';

/**
 * `<bs-written>`: a model as its author wrote it in shorthand, and beside it the formulas that this stands for; the line at work is
 * marked in both.
 */
export class WrittenModel extends SessionView {
  static override properties = {
    ...SessionView.properties,
    text: { attribute: false },
    expansion: { state: true },
  };
  /** What the author wrote. */
  declare text: string;
  declare expansion: Expansion | undefined;
  private isAsked = false;

  protected override render(): TemplateResult {
    void this.load();
    const lines = this.text.trimEnd().split('\n');
    const expanded = this.session.model.text.trimEnd().split('\n');
    const now = this.session.moment.location?.formula.span.line;
    const origin = now === undefined ? undefined : this.expansion?.origins[now - 1]?.span.line;
    return html`<div class="written">
      ${this.listing('Written', lines, origin)}
      ${this.listing('These formulas', expanded, now)}
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

  /** Where each line comes from is found only when somebody looks: what expands models is no part of stepping them. */
  private async load(): Promise<void> {
    if (this.isAsked) return;
    this.isAsked = true;
    try {
      const { expandShorthand } = await import('../src/network/expansion.ts');
      this.expansion = expandShorthand(this.text);
    } catch {
      // Without it only the formulas' own line is marked.
    }
  }
}
