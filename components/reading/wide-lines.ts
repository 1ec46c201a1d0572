/**
 * Scrolls each `.right` line within a view that is too long and cannot be broken to the operation at work, no further than
 * needed; the left side and the other lines stay where they are. A line that can be scrolled is reached by the keyboard, under
 * the name `label`.
 */
export function scrollToCurrent(view: HTMLElement, label: string): void {
  const rights = [...view.querySelectorAll<HTMLElement>('.right')];
  const wide = rights.filter((right) => right.scrollWidth > right.clientWidth + 1);
  const moves = wide.map((right) => [right, shiftToCurrent(right)] as const);
  for (const right of rights) {
    if (wide.includes(right)) {
      right.tabIndex = 0;
      right.role = 'group';
      right.ariaLabel = label;
    } else if (right.hasAttribute('tabindex'))
      for (const name of ['tabindex', 'role', 'aria-label']) right.removeAttribute(name);
  }
  for (const [right, by] of moves) if (by !== 0) right.scrollLeft += by;
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
