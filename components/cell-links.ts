import type { CellReference } from '../src/explain/explanation.ts';
import { cellOfElement } from './cell-reference.ts';

const selector = '[data-cell]';

/**
 * Ties the views together by their `data-cell`: what is pointed at or has focus in one of them is marked in all, and a click goes
 * to the step that computes it. The mark is a rule in a stylesheet of its own, so it survives any rendering.
 */
export class CellLinks {
  readonly styles = new CSSStyleSheet();
  private marked = '';

  constructor(private readonly follow: (cell: CellReference) => void) {}

  /** Listens inside the shadow tree, where events still name their true target. */
  attach(root: ShadowRoot): void {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.styles];
    root.addEventListener('pointerover', (event) => this.mark(elementOf(event)));
    root.addEventListener('pointerleave', () => this.mark(undefined));
    root.addEventListener('focusin', (event) => this.mark(elementOf(event)));
    root.addEventListener('focusout', () => this.mark(undefined));
    root.addEventListener('click', (event) => this.click(event));
  }

  private mark(element: HTMLElement | undefined): void {
    const cell = element?.dataset.cell ?? '';
    if (cell === this.marked) return;
    this.marked = cell;
    this.styles.replaceSync(cell === '' ? '' : markOf(CSS.escape(cell)));
  }

  private click(event: Event): void {
    const element = elementOf(event);
    const reference = element && cellOfElement(element);
    if (reference === undefined || getSelection()?.type === 'Range') return;
    this.follow(reference);
  }
}

const markOf = (cell: string): string => `
[data-cell="${cell}"]:not(svg *) { background-color: var(--pointed) !important; border-radius: 2px; }
svg [data-cell="${cell}"] { --drawn: var(--pointed-ink); }
`;

function elementOf(event: Event): HTMLElement | undefined {
  const { target } = event;
  return target instanceof Element ? (target.closest<HTMLElement>(selector) ?? undefined) : undefined;
}
