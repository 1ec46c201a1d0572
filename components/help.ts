import { html, type TemplateResult } from 'lit';
import { type Command, commands } from '../src/session/commands.ts';
import { icons } from './icons.ts';
import { keyParts } from './key-text.ts';
import { SessionView } from './session-view.ts';

const groups: readonly { group: Command['group']; title: string }[] = [
  { group: 'step', title: 'One step' },
  { group: 'jump', title: 'Further' },
  { group: 'view', title: 'Numbers' },
];

const keyTemplate = (key: string): TemplateResult =>
  html`<span class="press">${keyParts(key).map((part) => html`<kbd>${part}</kbd>`)}</span>`;

/** `<bs-help>`: the command table, to be read. */
export class Help extends SessionView {
  show(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open === false) dialog.showModal();
  }

  protected override render(): TemplateResult {
    return html`<dialog class="help" aria-labelledby="help-title" @click=${this.closeOutside}>
      <div class="sheet">
        <form method="dialog">
          <h2 id="help-title">Keys</h2>
          <button class="tool" aria-label="Close" title="Close (Escape)">${icons.close}</button>
        </form>
        <p>They work while the focus is anywhere in the debugger, but for a field or a choice, which has its own use for them (function keys work there too).</p>
        <div class="groups">
          ${groups.map(
            ({ group, title }) => html`<section>
              <h3>${title}</h3>
              <dl>
                ${commands
                  .filter((one) => one.group === group)
                  .map(
                    ({ label, keys }) => html`<div><dt>${keys.map(keyTemplate)}</dt><dd>${label}</dd></div>`,
                  )}
              </dl>
            </section>`,
          )}
        </div>
        <p>A click on any number goes to the step that computed it; on a line of the code, to where it runs next.</p>
      </div>
    </dialog>`;
  }

  /** The dialog's own box is filled by its sheet, so a click that meets the dialog itself is on the backdrop. */
  private closeOutside({ target }: Event): void {
    if (target instanceof HTMLDialogElement) target.close();
  }
}
