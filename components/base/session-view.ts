import { type CSSResult, LitElement, type PropertyValues } from 'lit';
import type { Session } from '../../src/session/session.ts';
import { SessionController } from './session-controller.ts';

/**
 * A view of a session. It draws into the debugger's own shadow tree, so that one set of stylesheets and one pair of
 * listeners serve all views, and it is drawn anew with every change of the session.
 */
export abstract class SessionView extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;
  /** The sheet of a view that is loaded on its own; the others' are the debugger's from the start. */
  static readonly sheet: CSSResult | readonly CSSResult[] = [];
  /** Whether it shows how far training is. */
  readonly followsTraining: boolean = false;
  private panel: HTMLDetailsElement | undefined;

  constructor() {
    super();
    new SessionController(this);
  }

  protected override createRenderRoot(): this {
    // Where it came late, it may still be said here that it is not there.
    this.replaceChildren();
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.adoptSheet();
    this.panel = this.closest('details') ?? undefined;
    this.panel?.addEventListener('toggle', this.toggled);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.panel?.removeEventListener('toggle', this.toggled);
  }

  private adoptSheet(): void {
    const root = this.getRootNode();
    if (!(root instanceof ShadowRoot)) return;
    const present = new Set(root.adoptedStyleSheets);
    for (const { styleSheet } of [(this.constructor as typeof SessionView).sheet].flat())
      if (styleSheet !== undefined) present.add(styleSheet);
    if (present.size > root.adoptedStyleSheets.length) root.adoptedStyleSheets = [...present];
  }

  private readonly toggled = (): void => this.requestUpdate();

  /** In a panel that is closed nobody sees it; it is drawn when that is opened. */
  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return this.panel?.open !== false;
  }
}
