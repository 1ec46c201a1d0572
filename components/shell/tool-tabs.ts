import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../../src/session/commands.ts';
import { toolWords as words } from '../../src/words/shell/tools.ts';
import { send } from '../base/events.ts';
import { keyText } from '../base/key-text.ts';
import { RovingFocus } from '../base/roving-focus.ts';
import { SessionView } from '../base/session-view.ts';
import { troubleElement } from '../base/trouble.ts';
import type { ModelSource } from '../model/model-source.ts';
import type { ShorthandListing } from '../reading/shorthand-listing.ts';
import { defineView, tools, type ViewTool } from './lazy-views.ts';
import { tabs, titles } from './view-titles.ts';

/** The tool that is there while no other is: the code belongs to a step as drawing and formula do. */
const usual = 'code';

/** What may get the focus when a tool is opened; the first of them does. */
const fields = 'input, textarea, select, [contenteditable=true], button, [tabindex="0"]';

/** Scrolls the row of tabs, and nothing else, for a tab to be seen. */
function showInRow(tab: Element | null): void {
  const row = tab?.parentElement;
  if (tab == null || row == null || row.scrollWidth <= row.clientWidth) return;
  const [own, all] = [tab, row].map((one) => one.getBoundingClientRect());
  row.scrollLeft += Math.min(0, own.left - all.left) + Math.max(0, own.right - all.right);
}

/**
 * `<bs-tool-tabs>`: a row of tabs, one stop of Tab, and the place of the tool that is open, one at a time. A tool is loaded when it
 * is first opened, and kept as it is while another is open. Escape in a tool closes it and gives the focus back to where it came from.
 */
export class ToolTabs extends SessionView {
  static override properties = {
    ...SessionView.properties,
    source: { attribute: false },
    open: { state: true },
  };
  /** Where the shorthand is from that a tool lists; set before the first rendering, as the session is. */
  declare source: ModelSource;
  /** The id of the tool that is open. */
  declare open: string;
  private readonly views = new Map<string, SessionView>();
  /** What is said in place of those that could not be opened. */
  private readonly failed = new Map<string, HTMLElement>();
  private returnTo: HTMLElement | undefined;
  /** The tools that the model has a use for, and the one of them that is open: another model may have no use for the one that was. */
  private suited: readonly ViewTool[] = tools;
  private present: ViewTool = tools[0];

  constructor() {
    super();
    this.open = usual;
    new RovingFocus(this, '.tabs', '.tool-tab', '[aria-selected=true]');
    this.addEventListener('keydown', (event) => this.leave(event));
  }

  protected override firstUpdated(): void {
    void this.load(usual);
  }

  /** The frame's layout depends on what is open. */
  protected override updated(): void {
    const frame = this.closest<HTMLElement>('.frame');
    const { id } = this.present;
    if (frame === null || frame.dataset.tool === id) return;
    const isFirst = frame.dataset.tool === undefined;
    frame.dataset.tool = id;
    showInRow(this.querySelector('[aria-selected=true]'));
    if (!isFirst) send(this, 'backstep-arranged', undefined);
  }

  protected override willUpdate(): void {
    this.suited = tools.filter(
      ({ isApplicable }) => isApplicable?.(this.session, this.source.written) ?? true,
    );
    this.present = this.suited.find(({ id }) => id === this.open) ?? this.suited[0];
  }

  /** The id of the tool that was opened; undefined while none was. */
  get opened(): string | undefined {
    const { id } = this.present;
    return id === usual ? undefined : id;
  }

  private get shorthand(): Pick<ShorthandListing, 'text' | 'origins'> {
    return { text: this.source.written, origins: this.source.origins };
  }

  protected override render(): TemplateResult {
    const { suited, present: open } = this;
    return html`<div class="tabs" role="tablist" aria-orientation="vertical" aria-label=${words.tools}>${suited.map((tool) => this.tab(tool, tool === open))}</div>
      <div id="tool" class="place" role="tabpanel" tabindex="-1" data-tool=${open.id} aria-label=${titles[open.title]}>
        <h3 class="visually-hidden">${titles[open.title]}</h3>
        <div class="tool-content" data-tool=${usual}>${this.content(usual)}</div>
        ${open.id === usual ? nothing : html`<div class="tool-content" data-tool=${open.id}>${this.content(open.id)}</div>`}
      </div>`;
  }

  private tab(tool: ViewTool, isOpen: boolean): TemplateResult {
    const { id, title } = tool;
    const keys = command(id)?.keys ?? [];
    const count = tool.count?.(this.session) ?? 0;
    return html`<button type="button" role="tab" class="tool-tab" data-tool=${id} aria-selected=${isOpen} aria-controls="tool"
      aria-keyshortcuts=${keys.join(' ') || nothing} title=${[titles[title], ...keys.map(keyText)].join(' · ')}
      @click=${() => this.toggle(tool, isOpen)}>${tabs[title]}${count > 0 ? html` <b>${count}</b>` : nothing}</button>`;
  }

  private content(id: string): unknown {
    const view = this.views.get(id);
    if (view !== undefined)
      return Object.assign(view, { session: this.session }, id === 'written' && this.shorthand);
    const failed = this.failed.get(id);
    return failed === undefined
      ? html`<p class="quiet">${words.loading}</p>`
      : html`<p class="problem" role="alert">${failed}</p>`;
  }

  /** A tab that is pressed again gives its place back to the code. */
  private toggle({ id }: ViewTool, isOpen: boolean): void {
    if (isOpen && id !== usual) this.open = usual;
    else void this.show(id);
  }

  /**
   * Opens a tool and moves the focus to its first field, or leaves the focus where it is; its view, once it is drawn. Undefined where
   * it could not be loaded, which is said in its place. Throws a RangeError where there is no such tool.
   */
  async show<View extends SessionView>(
    id: string,
    { keepsFocus = id === usual } = {},
  ): Promise<View | undefined> {
    const tool = tools.find((one) => one.id === id);
    if (tool === undefined) throw new RangeError(`no tool ${id}`);
    const { activeElement } = this.getRootNode() as ShadowRoot;
    if (activeElement?.closest('.place') == null)
      this.returnTo = (activeElement as HTMLElement | null) ?? undefined;
    const isNew = this.open !== id;
    this.open = id;
    send(this, 'backstep-tool', id);
    await this.load(id);
    // Together with what the tool itself has to say.
    if (isNew) send(this, 'backstep-announce', words.opened(titles[tool.title]));
    const view = this.views.get(id) as View | undefined;
    // Another may have been opened meanwhile.
    if (view !== undefined && !keepsFocus && this.open === id)
      view.querySelector<HTMLElement>(fields)?.focus({ preventScroll: true });
    return view;
  }

  private async load(id: string): Promise<void> {
    const tag = tools.find((one) => one.id === id)?.tag ?? '';
    this.failed.delete(id);
    try {
      if (!this.views.has(id)) {
        await defineView(tag);
        this.views.set(id, document.createElement(tag) as SessionView);
      }
      this.requestUpdate();
      await this.updateComplete;
      await this.views.get(id)?.updateComplete;
    } catch (error) {
      this.views.delete(id);
      this.failed.set(
        id,
        troubleElement(error, () => void this.show(id)),
      );
      this.requestUpdate();
      await this.updateComplete;
    }
  }

  /** What is in a tool may use Escape first. */
  private leave(event: KeyboardEvent): void {
    const { key, target, defaultPrevented } = event;
    if (key !== 'Escape' || defaultPrevented || this.open === usual) return;
    if (!(target instanceof Element) || target.closest('.place, .tool-tab') === null) return;
    event.preventDefault();
    this.open = usual;
    const { returnTo } = this;
    const frame = this.closest<HTMLElement>('.frame');
    (returnTo?.isConnected && returnTo.checkVisibility() ? returnTo : frame)?.focus({ preventScroll: true });
  }
}
