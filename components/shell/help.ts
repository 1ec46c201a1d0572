import { html, nothing, type TemplateResult } from 'lit';
import { type Command, commands } from '../../src/session/commands.ts';
import { commandWords } from '../../src/words/run/commands.ts';
import { otherCommandWords } from '../../src/words/run/other-commands.ts';
import { helpWords as words } from '../../src/words/shell/help.ts';
import { keyParts } from '../base/key-text.ts';
import { rememberedLetterKeys, rememberLetterKeys } from '../base/preferences.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { dialogStyles } from '../theme/dialogs.ts';

const groups: readonly Command['group'][] = ['step', 'jump', 'run', 'view'];

const keyTemplate = (key: string): TemplateResult =>
  html`<span class="press">${keyParts(key).map((part) => html`<kbd>${part}</kbd>`)}</span>`;

/** A link to the page's manual, where the page names one; it opens beside the debugger, which would be left behind. */
function manualTemplate(): TemplateResult | typeof nothing {
  const manual = document.querySelector<HTMLLinkElement>('link[rel="help"]');
  return manual === null
    ? nothing
    : html`<p><a href=${manual.href} target="_blank">${words.manual(manual.title)}</a></p>`;
}

/** `<bs-help>`: a dialog with the command table and its keys; commands that do not apply to the model are left out. */
export class Help extends SessionView {
  static override readonly sheet = dialogStyles;
  /** Opens the dialog; does nothing while it is open. */
  show(): void {
    const dialog = this.querySelector('dialog');
    if (dialog?.open === false) dialog.showModal();
  }

  protected override render(): TemplateResult {
    const areOn = rememberedLetterKeys();
    const labels = { ...commandWords, ...otherCommandWords };
    return html`<dialog class="help" aria-labelledby="help-title" @click=${this.closeOutside}>
      <div class="sheet">
        <form method="dialog">
          <h2 id="help-title">${words.title}</h2>
          <button class="tool" aria-label=${words.close} title=${words.closeWithKey}>${toolIcons.close}</button>
        </form>
        ${manualTemplate()}
        <p>${words.where}</p>
        <p>
          <label><input type="checkbox" .checked=${areOn} @change=${this.turnLetters} /> ${words.letters}</label>
        </p>
        <p>${areOn ? `${words.count} ${words.playing}` : `${words.lettersOff} ${words.playing}`}</p>
        <div class="groups">
          ${groups.map(
            (group) => html`<section>
              <h3>${words[group]}</h3>
              <dl>
                ${commands
                  .filter((one) => one.group === group && this.session.isApplicable(one))
                  .map(
                    ({ id, keys }) =>
                      html`<div><dt>${keys.map(keyTemplate)}</dt><dd>${labels[id]}</dd></div>`,
                  )}
              </dl>
            </section>`,
          )}
        </div>
        <p>${words.clicks}</p>
        ${getComputedStyle(this).direction === 'rtl' ? html`<p>${words.mirrored}</p>` : nothing}
      </div>
    </dialog>`;
  }

  private readonly turnLetters = ({ target }: Event): void => {
    rememberLetterKeys((target as HTMLInputElement).checked);
    this.requestUpdate();
  };

  /** The dialog's own box is filled by its sheet, so a click that meets the dialog itself is on the backdrop. */
  private closeOutside({ target }: Event): void {
    if (target instanceof HTMLDialogElement) target.close();
  }
}
