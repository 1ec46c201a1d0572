import type { CellReference } from '../../src/explain/explanation.ts';
import { cellOfElement } from './cell-reference.ts';

const selector = '[data-cell]';

/**
 * Ties the views together by their `data-cell`: what is pointed at or has focus in one of them is marked in all, and a click goes
 * to the step that computes it. The mark is a rule in a stylesheet of its own, so it survives any rendering.
 */
export class CellLinks {
  readonly styles = new CSSStyleSheet();
  private marked: HTMLElement | undefined;
  private focused: HTMLElement | undefined;
  /** Where the pointer was moved to last. */
  private pointer = { x: -1, y: -1 };

  constructor(
    private readonly follow: (cell: CellReference) => void,
    /** What Shift and a click ask: why the cell that is pointed at is what it is. */
    private readonly ask: () => void,
  ) {}

  /** The cell that is pointed at or has focus. */
  get pointed(): (CellReference & { readonly frame?: number }) | undefined {
    const { marked } = this;
    const found = marked?.isConnected ? cellOfElement(marked) : undefined;
    const frame = marked?.dataset.frame;
    return found && { ...found, ...(frame !== undefined && { frame: Number(frame) }) };
  }

  /** What stands for that cell. */
  get element(): HTMLElement | undefined {
    return this.marked?.isConnected ? this.marked : undefined;
  }

  /** Listens inside the shadow tree, where events still name their true target. */
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

  /** What comes under a pointer that rests, as when the page moves, is not pointed at where something has focus. */
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

/** With Shift a click on a number asks why; elsewhere it goes on selecting text. */
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
