import { html, nothing, type TemplateResult } from 'lit';
import { linkHash } from '../src/session/link.ts';
import { icons } from './icons.ts';
import { SessionView } from './session-view.ts';

/** `<bs-link>`: a link to this very step, put in the address bar and the clipboard. */
export class LinkButton extends SessionView {
  static override properties = { ...SessionView.properties, copied: { state: true }, shown: { state: true } };
  declare copied: boolean;
  /** The link itself, where the clipboard may not be used. */
  declare shown: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.copied = false;
    this.shown = '';
  }

  protected override render(): TemplateResult {
    return html`
      <button type="button" class="tool labelled ${this.copied ? 'copied' : ''}" title="Copy a link to this very step" @click=${this.make}>
        ${icons.link}<span class="word" role="status">${this.copied ? 'copied' : 'link to this step'}</span>
      </button>
      ${
        this.shown === ''
          ? nothing
          : html`<input class="shown-link" readonly aria-label="Link to this step" .value=${this.shown}
              @blur=${() => {
                this.shown = '';
              }} />`
      }
    `;
  }

  private async make(): Promise<void> {
    const hash = linkHash(this.session);
    try {
      history.replaceState(history.state, '', hash);
    } catch {
      // A page in a sandbox may not change its address; the link is good all the same.
    }
    const link = new URL(hash, document.baseURI).href;
    try {
      await navigator.clipboard.writeText(link);
      this.copied = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.copied = false;
      }, 2000);
    } catch {
      this.shown = link;
      await this.updateComplete;
      const field = this.querySelector('input');
      field?.focus();
      field?.select();
    }
  }
}
