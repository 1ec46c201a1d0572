import { type CSSResult, LitElement } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { SessionController } from './session-controller.ts';
import { adoptSheets } from './sheets.ts';

/**
 * Base class of the views of a session. A view renders into its own light DOM within the debugger's shadow tree, so that one set
 * of stylesheets and one pair of listeners serve all views, and renders again after every change of the session.
 */
export abstract class SessionView extends LitElement {
  static override properties = { session: { attribute: false } };
  /** The session that is shown; the parent sets it before the first rendering. */
  declare session: Session;
  /**
   * The stylesheets of a lazily loaded view, adopted by the debugger's root when the view is connected. Views of `register.ts`
   * have theirs in the debugger's sheets.
   */
  static readonly sheet: CSSResult | readonly CSSResult[] = [];
  /** Whether the view shows progress of training or search, and so renders after every notification. */
  readonly followsTraining: boolean = false;

  constructor() {
    super();
    new SessionController(this);
  }

  protected override createRenderRoot(): this {
    // A view that was loaded late may still contain the message that it could not be loaded.
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    if (root instanceof ShadowRoot)
      adoptSheets(root, [(this.constructor as typeof SessionView).sheet].flat());
  }
}
