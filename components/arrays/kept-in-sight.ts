import { around, type Part, revealed } from '../base/revealed.ts';

/**
 * Scrolls an element, and nothing around it, until the elements at work in it are in sight: all of them, or as many as fit of the
 * last. Once a frame, after everything has been rendered.
 */
export function keepInSight(scroller: Element, atWork: () => readonly Element[]): void {
  requestAnimationFrame(() => {
    const own = scroller.getBoundingClientRect();
    // The last alone, the last two, …, all of them.
    const parts: Part[] = [];
    for (const element of [...atWork()].reverse())
      parts.push(around([element.getBoundingClientRect(), ...parts.slice(-1)]));
    if (parts.length === 0) return;
    const sight = { width: scroller.clientWidth, height: scroller.clientHeight };
    const next = revealed(parts.reverse(), sight, own);
    scroller.scrollBy(next.x - own.x, next.y - own.y);
  });
}
