import { cellOfElement } from '../base/cell-reference.ts';
import { send } from '../base/events.ts';

/** The numbers of a drawing that a reader may set: inputs, targets, weights and biases. */
export const settable = '.settable';

/** Enter and the space bar open the field beside the settable number that has the focus; all other keys are left alone. */
export function pressOnNumber(event: KeyboardEvent): void {
  const own = event.target instanceof SVGElement ? event.target.closest<SVGElement>(settable) : null;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (own === null || !isPlain || !/^(Enter| )$/.test(event.key)) return;
  event.preventDefault();
  const cell = cellOfElement(own);
  // What the field stands beside has a box like any element.
  if (cell !== undefined) send(own, 'backstep-what-if', { cell, beside: own as Element as HTMLElement });
}
