import type { LitElement } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { type DialogView, drawnView } from '../base/lazy-view.ts';
import { withPart } from '../base/trouble.ts';
import { dialogs } from './lazy-views.ts';

/** The debugger's dialogs, by what opens them. */
export class Dialogs {
  /** Empty elements until they are first opened. */
  private readonly views = new Map(
    [...dialogs].map(([id, tag]) => [id, document.createElement(tag) as DialogView]),
  );

  /** Problems with loading a dialog are reported by events from `host`. */
  constructor(private readonly host: LitElement) {}

  /** The elements, each with the present session. */
  elements(session: Session): readonly DialogView[] {
    return [...this.views.values()].map((view) => Object.assign(view, { session }));
  }

  /** Opens a dialog, which is loaded when it is first asked for. */
  open(id: string): void {
    const view = this.views.get(id);
    if (view !== undefined)
      void withPart(
        this.host,
        () => drawnView(view),
        (drawn) => drawn.show(),
      );
  }
}
