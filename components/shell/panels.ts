import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { panelWords as words } from '../../src/words/shell/panels.ts';
import type { InputFields } from '../arrays/input-fields.ts';
import { drawnView, loadView } from '../base/lazy-view.ts';
import { rememberedPanels, rememberPanels } from '../base/preferences.ts';
import { SessionView } from '../base/session-view.ts';

/** The panels that every model has. In a narrow debugger they start closed, in a wide one as the reader left them. */
const panels = ['code', 'cells', 'inputs'] as const;
/** The panels open in a wide debugger before the reader has chosen. */
const usual = ['code'];

/**
 * `<bs-panels>`: panels below the stage: shorthand, code, numbers, input fields. A panel's view is loaded when the panel is first
 * opened.
 */
export class Panels extends SessionView {
  static override properties = {
    ...SessionView.properties,
    isNarrow: { attribute: false },
    written: { attribute: false },
    origins: { attribute: false },
  };
  /** Whether the debugger is narrow: then all panels start closed, and what the reader opens is not stored. */
  declare isNarrow: boolean;
  /** The author's text where it is shorthand; else empty, and there is no panel for it. */
  declare written: string;
  /** For each line of the formulas, the 1-based line of `written` that it comes from. */
  declare origins: readonly number[];

  private open: readonly string[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('isNarrow')) this.open = this.isNarrow ? [] : (rememberedPanels() ?? usual);
  }

  protected override render(): TemplateResult {
    return html`${
      this.written === ''
        ? nothing
        : html`<details class="panel written-panel" @toggle=${this.loadContent}>
            <summary>${words.written}</summary>
            <bs-shorthand-listing .session=${this.session} .text=${this.written} .origins=${this.origins}></bs-shorthand-listing>
          </details>`
    }
      <div class="panels">
        ${panels.map(
          (
            id,
          ) => html`<details class="panel ${id}-panel" ?open=${this.open.includes(id)} @toggle=${this.panelToggled}>
            <summary>${words[id]}</summary>
            ${this.content(id)}
          </details>`,
        )}
      </div>`;
  }

  private content(id: (typeof panels)[number]): TemplateResult {
    const { session } = this;
    if (id === 'code') return html`<bs-code .session=${session}></bs-code>`;
    if (id === 'cells') return html`<bs-cell-table .session=${session}></bs-cell-table>`;
    return html`<bs-input-fields .session=${session}></bs-input-fields>`;
  }

  private readonly loadContent = ({ currentTarget }: Event): void => {
    const { open, lastElementChild: view } = currentTarget as HTMLDetailsElement;
    if (open) loadView(view as HTMLElement);
  };

  private readonly panelToggled = (event: Event): void => {
    this.loadContent(event);
    if (!this.isNarrow)
      rememberPanels(panels.filter((id) => this.querySelector(`.${id}-panel[open]`) !== null));
  };

  /** Opens the panel of the input fields and moves the focus to the field of a cell, such as `x[2]`. Never rejects. */
  async focusInput(cell: string): Promise<void> {
    const view = this.querySelector<InputFields>('bs-input-fields');
    const panel = view?.closest('details');
    if (view == null || panel == null) return;
    panel.open = true;
    // A failure to load is shown in the view's place.
    await drawnView(view).then(
      (inputs) => inputs.focusCell(cell),
      () => undefined,
    );
  }
}
