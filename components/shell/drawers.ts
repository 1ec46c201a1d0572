import { html, nothing, type TemplateResult } from 'lit';
import { command } from '../../src/session/commands.ts';
import { toolWords as words } from '../../src/words/shell/tools.ts';
import { icons } from '../base/icons.ts';
import { keyText } from '../base/key-text.ts';
import { SessionView } from '../base/session-view.ts';
import { troubleNote } from '../base/trouble.ts';
import { type Tool, tools } from './drawer-table.ts';
import { defineView } from './lazy-views.ts';

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
    const suited = tools.filter(({ suits }) => suits?.(this.session) ?? true);
    return html`<div class="tools" role="group" aria-label=${words.tools}>${suited.map((tool) => this.drawer(tool))}</div>
      <div class="open-tools">${suited.map((tool) => (this.open.has(tool.id) ? this.tool(tool) : nothing))}</div>`;
  }

  private drawer(tool: Tool): TemplateResult {
    const keys = command(tool.id)?.keys ?? [];
    const count = tool.count?.(this.session) ?? 0;
    return html`<button type="button" class="drawer" data-tool=${tool.id} aria-expanded=${this.open.has(tool.id)}
      aria-keyshortcuts=${keys.join(' ') || nothing} title=${[tool.title(), ...keys.map(keyText)].join(' · ')}
      @click=${() => this.toggle(tool)}>${tool.title()}${count > 0 ? html` <b>${count}</b>` : nothing}</button>`;
  }

  private tool(tool: Tool): TemplateResult {
    const close = words.close(tool.title());
    return html`<section class="panel" data-tool=${tool.id} aria-label=${tool.title()}>
      <div class="tool-head"><h2>${tool.title()}</h2><button type="button" class="small" aria-label=${close} title=${close}
        @click=${() => this.toggle(tool)}>${icons.close}</button></div>
      ${this.content(tool)}
    </section>`;
  }

  private content(tool: Tool): unknown {
    const view = this.views.get(tool.id);
    if (view !== undefined) {
      view.session = this.session;
      return view;
    }
    const failed = this.failed.get(tool.id);
    return failed === undefined
      ? html`<p class="quiet">${words.loading}</p>`
      : html`<p class="problem" role="alert">${failed}</p>`;
  }

  private toggle(tool: Tool): void {
    if (!this.open.delete(tool.id)) void this.show(tool.id);
    else {
      this.requestUpdate();
      // The button that closed it is gone with it.
      this.querySelector<HTMLElement>(`.drawer[data-tool=${tool.id}]`)?.focus();
    }
  }

  /** Opens a tool; its view, once it is drawn. Undefined where it could not be loaded, which is said in its place. */
  async show<View extends SessionView>(id: string): Promise<View | undefined> {
    const tool = tools.find((one) => one.id === id);
    if (tool === undefined) throw new RangeError(`no tool ${id}`);
    this.open.add(id);
    this.failed.delete(id);
    this.requestUpdate();
    try {
      if (!this.views.has(id)) {
        await defineView(tool.tag);
        this.views.set(id, document.createElement(tool.tag) as SessionView);
        this.requestUpdate();
      }
      await this.updateComplete;
      await this.views.get(id)?.updateComplete;
    } catch (error) {
      this.views.delete(id);
      this.failed.set(
        id,
        troubleNote(error, () => void this.show(id)),
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
