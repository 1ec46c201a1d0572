import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { cellName } from '../../src/formula/model.ts';
import { cellOfElement } from './cell-reference.ts';

/**
 * A field for a cell's name, the element `selector` of a view: while it has the focus, a click on a number anywhere in the debugger
 * writes that cell's name there, and does nothing else.
 */
export class CellField implements ReactiveController {
  private root: ShadowRoot | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly selector: string,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const root = this.host.getRootNode();
    if (!(root instanceof ShadowRoot)) return;
    this.root = root;
    root.addEventListener('mousedown', this.keepFocus, { capture: true });
    root.addEventListener('click', this.take, { capture: true });
  }

  hostDisconnected(): void {
    this.root?.removeEventListener('mousedown', this.keepFocus, { capture: true });
    this.root?.removeEventListener('click', this.take, { capture: true });
  }

  /** The name of the cell that an event in the debugger is about, if the field has the focus. */
  private cellOf({ target }: Event): string | undefined {
    const isFocused = this.root?.activeElement?.matches(this.selector) === true;
    const element = target instanceof Element ? target.closest<HTMLElement>('[data-cell]') : null;
    const found = isFocused && element !== null ? cellOfElement(element) : undefined;
    return found && cellName(found.name, found.cell);
  }

  private readonly keepFocus = (event: Event): void => {
    if (this.cellOf(event) !== undefined) event.preventDefault();
  };

  private readonly take = (event: Event): void => {
    const cell = this.cellOf(event);
    const field = this.host.querySelector<HTMLInputElement>(this.selector);
    if (cell === undefined || field === null) return;
    event.stopPropagation();
    const { selectionStart, selectionEnd, value } = field;
    field.setRangeText(cell, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
}
