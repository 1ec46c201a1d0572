import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../../src/session/commands.ts';
import { drawerWords as words } from '../../src/words/shell/drawers.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { SessionView } from '../base/session-view.ts';
import { troubleElement } from '../base/trouble.ts';
import { defineView, drawers, titles, type ViewDrawer } from './lazy-views.ts';

/**
 * `<bs-drawers>`: a strip of what can be opened, and under it what is open. A tool is loaded when it is opened first, and kept as
 * it is while it is closed.
 */
export class Drawers extends SessionView {
  /** In the order in which they were opened. */
  private readonly open = new Set<string>();
  private readonly views = new Map<string, SessionView>();
  /** What is said in place of those that could not be opened. */
  private readonly failed = new Map<string, HTMLElement>();

  protected override render(): TemplateResult {
    const suited = drawers.filter(({ isApplicable }) => isApplicable?.(this.session) ?? true);
    return html`<div class="tools" role="group" aria-label=${words.tools}>${suited.map((drawer) => this.button(drawer))}</div>
      <div class="open-tools">${suited.map((drawer) => (this.open.has(drawer.id) ? this.section(drawer) : nothing))}</div>`;
  }

  private button(drawer: ViewDrawer): TemplateResult {
    const keys = command(drawer.id)?.keys ?? [];
    const count = drawer.count?.(this.session) ?? 0;
    return html`<button type="button" class="drawer" data-tool=${drawer.id} aria-expanded=${this.open.has(drawer.id)}
      aria-keyshortcuts=${keys.join(' ') || nothing} title=${[titles[drawer.title], ...keys.map(keyText)].join(' · ')}
      @click=${() => this.toggle(drawer)}>${titles[drawer.title]}${count > 0 ? html` <b>${count}</b>` : nothing}</button>`;
  }

  private section(drawer: ViewDrawer): TemplateResult {
    const close = words.close(titles[drawer.title]);
    return html`<section class="panel" data-tool=${drawer.id} aria-label=${titles[drawer.title]}>
      <div class="tool-head"><h2>${titles[drawer.title]}</h2><button type="button" class="small" aria-label=${close} title=${close}
        @click=${() => this.toggle(drawer)}>${icons.close}</button></div>
      ${this.content(drawer)}
    </section>`;
  }

  private content(drawer: ViewDrawer): unknown {
    const view = this.views.get(drawer.id);
    if (view !== undefined) {
      view.session = this.session;
      return view;
    }
    const failed = this.failed.get(drawer.id);
    return failed === undefined
      ? html`<p class="quiet">${words.loading}</p>`
      : html`<p class="problem" role="alert">${failed}</p>`;
  }

  private toggle(drawer: ViewDrawer): void {
    if (!this.open.delete(drawer.id)) void this.show(drawer.id);
    else {
      this.requestUpdate();
      // The button that closed it is gone with it.
      this.querySelector<HTMLElement>(`.drawer[data-tool=${drawer.id}]`)?.focus();
    }
  }

  /** Opens a tool; its view, once it is drawn. Undefined where it could not be loaded, which is said in its place. */
  async show<View extends SessionView>(id: string): Promise<View | undefined> {
    const drawer = drawers.find((one) => one.id === id);
    if (drawer === undefined) throw new RangeError(`no drawer ${id}`);
    this.open.add(id);
    this.failed.delete(id);
    this.requestUpdate();
    try {
      if (!this.views.has(id)) {
        await defineView(drawer.tag);
        this.views.set(id, document.createElement(drawer.tag) as SessionView);
        this.requestUpdate();
      }
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
    const view = this.views.get(id) as View | undefined;
    // What was asked for is seen; how much of it, its margins for scrolling say, so that something of the drawing stays.
    this.querySelector(`.panel[data-tool=${id}] .tool-head`)?.scrollIntoView({ block: 'nearest' });
    return view;
  }
}
