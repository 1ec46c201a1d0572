import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { type DialogView, drawnView } from '../base/lazy-view.ts';
import { withPart } from '../base/trouble.ts';
import { dialogs, tabs, titles } from './lazy-views.ts';

/** The debugger's dialogs and the buttons that open them, by the tags of their views. */
export class Dialogs {
  /** Empty elements until they are first opened. */
  private readonly views = new Map(
    [...dialogs.keys()].map((tag) => [tag, document.createElement(tag) as DialogView]),
  );

  /** Problems with loading a dialog are reported by events from `host`. */
  constructor(private readonly host: LitElement) {}

  /** The elements, each with the present session. */
  elements(session: Session): readonly DialogView[] {
    return [...this.views.values()].map((view) => Object.assign(view, { session }));
  }

  /** The buttons of all dialogs but some. */
  buttons(except: string): readonly unknown[] {
    return [...dialogs.keys()].filter((tag) => tag !== except).map((tag) => this.button(tag));
  }

  /** The button that opens a dialog. */
  button(tag: string): TemplateResult | typeof nothing {
    const found = dialogs.get(tag);
    if (found === undefined) return nothing;
    const { title, word, icon, key } = found;
    const label = titles[title];
    return html`<button type="button" class="tool labelled" aria-label=${label} title=${key === undefined ? label : `${label} (${key})`}
      aria-keyshortcuts=${key ?? nothing} @click=${() => this.open(tag)}>${icon}<span>${tabs[word]}</span></button>`;
  }

  /** Opens a dialog, which is loaded when it is first asked for. */
  open(tag: string): void {
    const view = this.views.get(tag);
    if (view !== undefined)
      void withPart(
        this.host,
        () => drawnView(view),
        (drawn) => drawn.show(),
      );
  }
}
