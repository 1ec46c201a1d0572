import { html, type TemplateResult } from 'lit';
import { formatCount } from '../../src/number/format.ts';
import { progressText, statusMessageText } from '../../src/session/status-message.ts';
import { statusWords as words } from '../../src/words/run/commands.ts';
import { SessionView } from '../base/session-view.ts';

/**
 * `<bs-status-line>`: the session's status messages and the number typed before a key; or the progress of a search, with a button
 * that cancels it.
 */
export class StatusLine extends SessionView {
  static override properties = { ...SessionView.properties, count: { attribute: false } };
  /** The digits typed before a key; empty where there are none. */
  declare count: string;
  /** Progress of a search is reported many times a second. */
  override readonly followsTraining = true;

  constructor() {
    super();
    this.count = '';
  }

  protected override render(): TemplateResult {
    const { progress } = this.session.searchStatus;
    if (progress !== undefined) {
      const text = progressText(progress);
      return html`<p class="status-line"><progress aria-label=${text} max=${progress.last} .value=${progress.frame}></progress> ${text}
        <button type="button" class="text-button" aria-keyshortcuts="Escape" @click=${progress.cancel}>${words.cancel}</button></p>`;
    }
    // The timeline, whose place it takes, says by itself which iteration it is.
    const texts = this.session.messages
      .filter((one) => one.kind !== 'iteration' || one.isSame)
      .map(statusMessageText);
    if (this.count !== '') texts.push(words.times(formatCount(Number(this.count))));
    const dismiss = (): void => {
      this.session.showMessages();
    };
    return html`<p class="status-line" title=${texts.join(' ')} ?hidden=${texts.length === 0}><span>${texts.join(' ')}</span>
      <button type="button" class="small" aria-label=${words.dismiss} title=${words.dismiss} @click=${dismiss}>×</button></p>`;
  }
}
