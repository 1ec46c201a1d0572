import { cellOfElement } from '../base/cell-reference.ts';
import { send } from '../base/events.ts';

/*
 * The numbers of a drawing that a reader may set: inputs, targets, weights and biases. All are one stop of the Tab key; within it
 * ↑, ↓, Home and End go from one to the next, and Enter opens the field beside the number. ← and → go on stepping.
 */

const settable = '.settable';
const [isStop, isNone] = ['0', '-1'];

/** Makes one of the settable numbers in an element the Tab key's stop, where none is: each of them has a `tabindex`. */
export function keepStop(root: Element): void {
  if (root.querySelector(`${settable}[tabindex="${isStop}"]`) === null)
    root.querySelector(settable)?.setAttribute('tabindex', isStop);
}

/** Goes to another settable number, or opens the field of the one that has the focus; leaves all other keys alone. */
export function pressOnNumber(event: KeyboardEvent): void {
  const root = event.currentTarget as Element;
  const own = event.target instanceof SVGElement ? event.target.closest<SVGElement>(settable) : null;
  if (own === null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === 'Enter' || event.key === ' ') {
    const cell = cellOfElement(own);
    // What the field stands beside has a box like any element.
    if (cell !== undefined) send(own, 'backstep-what-if', { cell, beside: own as Element as HTMLElement });
  } else {
    const all = [...root.querySelectorAll<SVGElement>(settable)];
    const at = all.indexOf(own);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    for (const one of root.querySelectorAll(`${settable}[tabindex="${isStop}"]`))
      one.setAttribute('tabindex', isNone);
    next.setAttribute('tabindex', isStop);
    next.focus();
  }
  event.preventDefault();
}
