import { showInPlace } from '../base/own-place.ts';

/**
 * Scrolls each `.right` line within a view that is too long and cannot be broken to the operation at work, no further than
 * needed; the left side and the other lines stay where they are. A line that can be scrolled is reached by the keyboard, under
 * the name `label`.
 */
export function scrollToCurrent(view: HTMLElement, label: string): void {
  const rights = [...view.querySelectorAll<HTMLElement>('.right')];
  const wide = rights.filter((right) => right.scrollWidth > right.clientWidth + 1);
  const moves = wide.map((right) => [right, shiftToCurrent(right)] as const);
  for (const right of rights) setReachable(right, wide.includes(right), label);
  for (const [right, by] of moves) if (by !== 0) right.scrollLeft += by;
}

/** Makes an element that can be scrolled a stop of Tab under a name; one that cannot is none. */
function setReachable(element: HTMLElement, isScrolled: boolean, label: string): void {
  if (isScrolled) {
    element.tabIndex = 0;
    element.role = 'group';
    element.ariaLabel = label;
  } else if (element.hasAttribute('tabindex'))
    for (const name of ['tabindex', 'role', 'aria-label']) element.removeAttribute(name);
}

/**
 * Scrolls a view that is higher than its place, no further than needed, so that its `.lines` are seen: their end with the result
 * before their start. It is reached by the keyboard while it can be scrolled, under the name `label`.
 */
export function scrollToResult(view: HTMLElement, label: string): void {
  const isHigher = view.scrollHeight > view.clientHeight + 1;
  setReachable(view, isHigher, label);
  if (!isHigher) return;
  for (const part of view.querySelectorAll('.lines > .numbers, .lines > .result')) showInPlace(part);
}

/** How far a line must scroll, in CSS pixels, for the operation at work to be visible. */
function shiftToCurrent(line: HTMLElement): number {
  const current = line.querySelector('[data-now]');
  if (current === null) return 0;
  const box = line.getBoundingClientRect();
  const { left, right } = current.getBoundingClientRect();
  // The end of a sum that is longer than the line is its newest part.
  if (right > box.right || right - left > box.width) return right - box.right + 24;
  return left < box.left ? left - box.left - 24 : 0;
}
