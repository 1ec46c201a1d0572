import type { CellReference } from '../../src/explain/explanation.ts';
import { cellOfElement } from './cell-reference.ts';

const selector = '[data-cell]';

/**
 * Ties the views together by their `data-cell`: the cell under the pointer or with focus is highlighted in all of them, a click
 * on it calls `follow`, Shift and a click calls `ask`. The highlight is a rule in a stylesheet of its own, so it survives any
 * rendering.
 */
export class CellLinks {
  /** The highlight's stylesheet, adopted by `attach`; empty while no cell is pointed at. */
  readonly styles = new CSSStyleSheet();
  private marked: HTMLElement | undefined;
  private focused: HTMLElement | undefined;
  /** The last position of the pointer, in CSS pixels of the window. */
  private pointer = { x: -1, y: -1 };

  constructor(
    private readonly follow: (cell: CellReference) => void,
    /** Called after Shift and a click; `pointed` is then the clicked cell. */
    private readonly ask: () => void,
  ) {}

  /**
   * The cell under the pointer or with focus, indices from 1, with the 1-based frame where its element names one in `data-frame`.
   * Undefined when there is none, or when its element has left the page.
   */
  get pointed(): (CellReference & { readonly frame?: number }) | undefined {
    const { marked } = this;
    const found = marked?.isConnected ? cellOfElement(marked) : undefined;
    const frame = marked?.dataset.frame;
    return found && { ...found, ...(frame !== undefined && { frame: Number(frame) }) };
  }

  /** The element of that cell, as long as it is in the page. */
  get element(): HTMLElement | undefined {
    return this.marked?.isConnected ? this.marked : undefined;
  }

  /**
   * Adopts `styles` in a shadow tree and listens inside it, where events still name their true target. Called once for a tree.
   */
  attach(root: ShadowRoot): void {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.styles];
    root.addEventListener('pointerover', (event) => this.over(event as PointerEvent));
    root.addEventListener('pointermove', (event) => this.move(event as PointerEvent), { passive: true });
    root.addEventListener('pointerleave', () => this.mark(this.focused));
    root.addEventListener('focusin', (event) => this.focus(elementOf(event)));
    root.addEventListener('focusout', () => this.focus(undefined));
    root.addEventListener('click', (event) => this.click(event as MouseEvent));
    root.addEventListener('mousedown', (event) => keepSelection(event as MouseEvent));
  }

  private focus(element: HTMLElement | undefined): void {
    this.focused = element;
    this.mark(element);
  }

  private move({ clientX: x, clientY: y }: PointerEvent): void {
    this.pointer = { x, y };
  }

  /**
   * An element that moves under a resting pointer, as when the page scrolls, does not take the mark from the element with focus.
   */
  private over(event: PointerEvent): void {
    const rests = event.clientX === this.pointer.x && event.clientY === this.pointer.y;
    if (rests && this.focused !== undefined) return;
    this.move(event);
    this.mark(elementOf(event) ?? this.focused);
  }

  private mark(element: HTMLElement | undefined): void {
    const cell = element?.dataset.cell ?? '';
    const before = this.marked?.dataset.cell ?? '';
    this.marked = element;
    if (cell !== before) this.styles.replaceSync(cell === '' ? '' : markOf(CSS.escape(cell)));
  }

  private click(event: MouseEvent): void {
    const element = elementOf(event);
    const reference = element && cellOfElement(element);
    if (reference === undefined || getSelection()?.type === 'Range') return;
    this.mark(element);
    if (event.shiftKey) this.ask();
    else this.follow(reference);
  }
}

/** On a number Shift and a click asks why; elsewhere it goes on extending a text selection. */
function keepSelection(event: MouseEvent): void {
  if (event.shiftKey && elementOf(event) !== undefined) event.preventDefault();
}

const markOf = (cell: string): string => `
[data-cell="${cell}"]:not(svg *) { background-color: var(--pointed) !important; border-radius: 2px; }
svg [data-cell="${cell}"] { --drawn: var(--pointed-ink); }
`;

function elementOf(event: Event): HTMLElement | undefined {
  const { target } = event;
  return target instanceof Element ? (target.closest<HTMLElement>(selector) ?? undefined) : undefined;
}
