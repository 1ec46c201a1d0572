import { html, type LitElement, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { frameWords as words } from '../../src/words/shell/frame.ts';
import { send } from '../base/events.ts';

/** How much of the debugger is in sight where it is a sheet at the foot of a narrow page, from least to most. */
const detents = ['equation', 'drawing', 'all'] as const;
type Detent = (typeof detents)[number];

/** Set on the host while it is a sheet; the page's stylesheet gives each its height. */
const attribute = 'data-detent';

/**
 * The debugger as a sheet: where the page's stylesheet sets `--detents` on it, it stands at the foot of the window in one of three
 * heights, which its grip changes by a press, by ↑ and ↓, or by dragging. Opening a tool shows all of it.
 */
export class Sheet implements ReactiveController {
  private detent: Detent = 'equation';
  private isSheet = false;
  private drag: typeof import('./sheet-drag.ts').drag | undefined;

  constructor(private readonly host: LitElement) {
    host.addController(this);
    host.addEventListener('backstep-tool', () => this.choose('all'));
    // Whoever goes on in the text sees it.
    host.addEventListener('focusout', ({ relatedTarget }) => {
      if (this.detent === 'all' && relatedTarget instanceof Node && !host.contains(relatedTarget))
        this.choose('equation');
    });
  }

  hostConnected(): void {
    window.addEventListener('resize', this.resized);
    this.resized();
  }

  hostDisconnected(): void {
    window.removeEventListener('resize', this.resized);
  }

  private readonly resized = (): void => {
    const isSheet = getComputedStyle(this.host).getPropertyValue('--detents') !== '';
    if (isSheet === this.isSheet) return;
    this.isSheet = isSheet;
    if (isSheet) this.set(this.detent);
    else this.host.removeAttribute(attribute);
    this.host.requestUpdate();
  };

  /** How much is in sight, where that is not the least. */
  get height(): string | undefined {
    return this.isSheet && this.detent !== detents[0] ? this.detent : undefined;
  }

  /** Shows so much; what is no height of a sheet changes nothing. */
  show(height: string | undefined): void {
    const found = detents.find((one) => one === height);
    if (found !== undefined) this.set(found);
  }

  private set(detent: Detent): void {
    this.detent = detent;
    if (!this.isSheet) return;
    this.host.setAttribute(attribute, detent);
    this.host.requestUpdate();
  }

  /** As the reader wants it. */
  private choose(detent: Detent): void {
    this.set(detent);
    send(this.host, 'backstep-arranged', undefined);
  }

  private move(by: number): void {
    const at = detents.indexOf(this.detent) + by;
    this.choose(detents[Math.max(0, Math.min(detents.length - 1, at))]);
  }

  /** The button at the sheet's upper edge; nothing where it is none. */
  grip(): TemplateResult | typeof nothing {
    if (!this.isSheet) return nothing;
    // Only a narrow page has something to drag.
    if (this.drag === undefined)
      void import('./sheet-drag.ts').then(
        ({ drag }) => {
          this.drag = drag;
        },
        () => undefined,
      );
    const isLeast = this.detent === detents[0];
    const label = isLeast ? words.larger : words.smaller;
    return html`<button type="button" class="grip" aria-label=${label} title=${label} aria-expanded=${!isLeast}
      @click=${() => this.move(isLeast ? 1 : -1)} @keydown=${this.press} @pointerdown=${(event: PointerEvent) => this.drag?.(this.host, event, (height) => this.settle(height))}></button>`;
  }

  private readonly press = (event: KeyboardEvent): void => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    this.move(by);
  };

  /** Comes to rest at the height that is nearest to one in CSS pixels. */
  private settle(height: number): void {
    const { host } = this;
    const heights = detents.map((detent) => {
      host.setAttribute(attribute, detent);
      return host.getBoundingClientRect().height;
    });
    const off = heights.map((one) => Math.abs(one - height));
    this.choose(detents[off.indexOf(Math.min(...off))]);
  }
}
