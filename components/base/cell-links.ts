import type { CellReference } from '../../src/explain/explanation.ts';
import { cellOfData } from '../../src/explain/unrolled-tex.ts';
import { parseCellName } from '../../src/formula/model.ts';
import { cellOfElement } from './cell-reference.ts';

const selector = '[data-cell], [data-line]';

/** What the reader points at: a cell, by its `data-cell`, or all cells of a quantity, by the name in a line's `data-line`. */
export interface Pointed {
  readonly cell?: string;
  readonly line?: string;
}

/**
 * Ties the views together by their `data-cell`: the cell under the pointer or with focus is highlighted in all of them, a click
 * on it calls `follow`, Shift and a click calls `ask`. The highlight is a rule in a stylesheet of its own, so it survives any
 * rendering.
 */
export class CellLinks {
  /** The highlight's stylesheet, adopted by `attach`; empty while no cell is pointed at. */
  readonly styles = new CSSStyleSheet();
  /** Called with what is highlighted, as `Pointed` has it; the page's text highlights the same. */
  onPoint: (pointed: Pointed | undefined) => void = () => {};
  private marked: HTMLElement | undefined;
  /** What the reader points at in the page's text. */
  private inText: Pointed | undefined;
  private shown = '';
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
    const { marked } = this;
    return marked?.isConnected && marked.dataset.cell !== undefined ? marked : undefined;
  }

  /**
   * Adopts `styles` in a shadow tree and listens inside it, where events still name their true target. Called once for a tree.
   */
  attach(root: ShadowRoot): void {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.styles];
    root.addEventListener('pointerover', (event) => this.over(event as PointerEvent));
    root.addEventListener('pointermove', (event) => this.move(event as PointerEvent), { passive: true });
    // The tree itself is never left, only its host.
    root.host.addEventListener('pointerleave', () => this.mark(this.focused));
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

  /** Highlights what the reader points at in the page's text; undefined where that is nothing. */
  pointInText(pointed: Pointed | undefined): void {
    this.inText = pointed;
    this.highlight();
  }

  private mark(element: HTMLElement | undefined): void {
    this.marked = element;
    this.highlight();
  }

  private highlight(): void {
    const { cell, line } = this.marked?.dataset ?? {};
    const own = cell !== undefined ? { cell } : line !== undefined ? { line } : undefined;
    const pointed = own ?? this.inText;
    const key = JSON.stringify(pointed ?? '');
    if (key === this.shown) return;
    this.shown = key;
    this.styles.replaceSync(pointed === undefined ? '' : markOf(pointed));
    this.onPoint(pointed);
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
  if (event.shiftKey && elementOf(event)?.dataset.cell !== undefined) event.preventDefault();
}

/** Selectors of the elements of a cell, or of all cells of a quantity. */
export function cellSelector({ cell, line }: Pointed): string {
  if (cell !== undefined) return `[data-cell="${CSS.escape(cell)}"]`;
  const name = CSS.escape(line ?? '');
  return `:is([data-cell="${name}"], [data-cell^="${name}["])`;
}

function markOf(pointed: Pointed): string {
  const cells = cellSelector(pointed);
  const name = CSS.escape(pointed.line ?? parseCellName(cellOfData(pointed.cell ?? ''))?.name ?? '');
  return `
:is(${cells}:not(svg *), [data-line="${name}"], [data-given~="${name}"]) { background-color: var(--pointed) !important; border-radius: 2px; }
svg ${cells} { --drawn: var(--pointed-ink); }
`;
}

function elementOf(event: Event): HTMLElement | undefined {
  const { target } = event;
  return target instanceof Element ? (target.closest<HTMLElement>(selector) ?? undefined) : undefined;
}
