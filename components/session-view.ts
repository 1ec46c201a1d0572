import { LitElement } from 'lit';
import type { Session } from '../src/session/session.ts';
import { SessionController } from './session-controller.ts';

/**
 * A view of a session. It draws into the debugger's own shadow tree, so that one set of stylesheets and one pair of
 * listeners serve all views, and it is drawn anew with every change of the session.
 */
export abstract class SessionView extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;

  constructor() {
    super();
    new SessionController(this);
  }

  protected override createRenderRoot(): this {
    return this;
  }
}
