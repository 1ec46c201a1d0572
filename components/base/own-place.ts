/**
 * How far a place has to scroll for something in it to be seen: its top below the place's upper edge and its bottom below the lower
 * one, in CSS pixels, negative above. 0 where all of it is in sight; what is taller than the place shows its start.
 */
export function scrollNeeded(top: number, bottom: number): number {
  if (top < 0) return top;
  return Math.max(0, Math.min(top, bottom));
}

/** The nearest element around one, in its own shadow tree, that has something to scroll vertically; undefined where none has. */
function scrollerOf(element: Element): Element | undefined {
  for (let one = element.parentElement; one !== null; one = one.parentElement)
    if (one.scrollHeight > one.clientHeight && /auto|scroll/.test(getComputedStyle(one).overflowY))
      return one;
  return undefined;
}

/**
 * Scrolls an element into the sight of its own place, the nearest scroller in the debugger, by as little as possible and at once;
 * the place's `scroll-padding` is kept free. Unlike `scrollIntoView` it never moves the page or anything else around the place, so
 * that the drawing stays where it is; where nothing in the debugger scrolls, it does nothing.
 */
export function showInPlace(element: Element): void {
  const place = scrollerOf(element);
  if (place === undefined) return;
  const { scrollPaddingTop, scrollPaddingBottom } = getComputedStyle(place);
  const edge = place.getBoundingClientRect().top + place.clientTop;
  const { top, bottom } = element.getBoundingClientRect();
  place.scrollTop += scrollNeeded(
    top - edge - pixels(scrollPaddingTop),
    bottom - edge - place.clientHeight + pixels(scrollPaddingBottom),
  );
}

/** A computed length; 0 for `auto`. */
const pixels = (length: string): number => Number.parseFloat(length) || 0;
