import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../src/number/format.ts';
import { withArrangement } from '../../src/session/links/arrangement.ts';
import type { ModelTexts } from '../../src/session/links/full-link.ts';
import { linkButtonWords as words } from '../../src/words/links/link-button.ts';
import { pageLinkWords } from '../../src/words/links/page-links.ts';
import { Announcement } from '../base/announcement.ts';
import { SessionView } from '../base/session-view.ts';
import { toolIcons } from '../base/tool-icons.ts';
import { troubleText } from '../base/trouble.ts';
import { linkButtonStyles } from './link-button.styles.ts';
import { addressWith, type LinkHost, loadFullLinks, modelTextsOf, putInAddress } from './page-address.ts';

/** Characters; some programs cut longer links. */
const long = 2000;

/**
 * `<bs-link-button>`: a button that puts a link to the present step, with all that the reader has changed, in the address bar and
 * the clipboard. It must be in the debugger's shadow tree.
 */
export class LinkButton extends SessionView {
  static override readonly sheet = linkButtonStyles;
  static override properties = {
    ...SessionView.properties,
    copied: { state: true },
    shown: { state: true },
    warning: { state: true },
  };
  /** Whether a link was copied within the last two seconds. */
  declare copied: boolean;
  /** The link itself, shown where the clipboard may not be used. */
  declare shown: string;
  /** A message about the last link; empty where there is none. */
  declare warning: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    new Announcement(this);
    this.copied = false;
    this.shown = '';
    this.warning = '';
  }

  protected override render(): TemplateResult {
    return html`
      <button type="button" class="tool labelled ${this.copied ? 'copied' : ''}" title=${words.make} @click=${this.make}
        @pointerenter=${this.prepare} @focus=${this.prepare}>
        ${toolIcons.link}<span class="word">${this.copied ? words.copied : words.button}</span>
      </button>
      ${
        this.shown === ''
          ? nothing
          : html`<input class="shown-link" readonly aria-label=${words.field} .value=${this.shown}
              @blur=${() => {
                this.shown = '';
              }} />`
      }
      <span class="link-warning">${this.warning}</span>
      <span class="visually-hidden" data-told>${this.copied ? words.copied : ''} ${this.warning}</span>
    `;
  }

  /** Loads the code that makes links before it is needed. */
  private prepare(): void {
    void loadFullLinks().catch(() => undefined);
  }

  private async make(): Promise<void> {
    this.warning = '';
    const link = this.link();
    try {
      await copy(link);
      this.copied = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.copied = false;
      }, 2000);
    } catch {
      this.shown = await link.catch(() => '');
      await this.updateComplete;
      const field = this.querySelector('input');
      field?.focus();
      field?.select();
    }
    const { length } = await link.catch((error) => {
      this.warning = troubleText(error, pageLinkWords.unloaded);
      return '';
    });
    if (length > long) this.warning = words.long(formatCount(length));
  }

  private async link(): Promise<string> {
    const { linkHash } = await loadFullLinks();
    const host = (this.getRootNode() as ShadowRoot).host as Partial<ModelTexts> &
      Pick<LinkHost, 'arrangement'>;
    const link = await linkHash(this.session, modelTextsOf(host, this.session));
    const hash = withArrangement(link, host.arrangement ?? {});
    putInAddress(hash, this.session.name);
    return addressWith(hash);
  }
}

/** Some browsers let a page write to the clipboard only during a click, but accept the promise of a text then. */
async function copy(text: Promise<string>): Promise<void> {
  const { clipboard } = navigator;
  if (typeof ClipboardItem === 'undefined' || clipboard?.write === undefined) {
    await clipboard.writeText(await text);
    return;
  }
  const type = 'text/plain';
  await clipboard.write([new ClipboardItem({ [type]: text.then((link) => new Blob([link], { type })) })]);
}
