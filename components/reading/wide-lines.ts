import { showInPlace } from '../base/own-place.ts';

/** A line that is too wide, or a card that is too high, is set smaller rather than scrolled, down to this size in CSS pixels. */
const leastSize = 12.5;
/** How much smaller an equation is set for want of height. */
const smallerSizes = [0.9, 0.8, 0.7, 0.6];

/** The size of a card's numbers, in CSS pixels, as they are set now. */
function sizeOf(card: HTMLElement): number {
  const numbers = card.querySelector('.lines > .right:not(.symbols, .general)');
  return Number.parseFloat(getComputedStyle(numbers ?? card).fontSize);
}

/** Sets the lines of a card as much smaller as the widest of them needs to be seen whole; not where that would be too small. */
function fitLines(card: HTMLElement): void {
  card.style.removeProperty('--fit');
  const rights = [...card.querySelectorAll<HTMLElement>('.lines > .right')];
  const fits = rights.map((right) =>
    right.scrollWidth > right.clientWidth + 1 ? (right.clientWidth - 2) / right.scrollWidth : 1,
  );
  const size = sizeOf(card);
  const fit = fits.filter((one) => one * size >= leastSize).reduce((least, one) => Math.min(least, one), 1);
  if (fit < 1) card.style.setProperty('--fit', String(Math.floor(1000 * fit) / 1000));
}

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
    setReachable(right, wide.includes(right), label);
    right.classList.remove('scrolled', 'goes-further');
  }
  for (const [right, by] of moves) {
    if (by !== 0) right.scrollLeft += by;
    const rest = right.scrollWidth - right.clientWidth - right.scrollLeft;
    right.classList.toggle('scrolled', right.scrollLeft > 0);
    right.classList.toggle('goes-further', rest > 1);
  }
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

/** What a card leaves out where it has no room, one after the other. */
const leftOut = [
  'without-symbols',
  'without-sentence',
  'without-caption',
  'without-actions',
  'without-so-far',
] as const;
/** What comes back where there is room again; the sentence, which begins with the result, before what it leaves room for. */
const broughtBack = [
  'without-so-far',
  'without-sentence',
  'without-actions',
  'without-caption',
  'without-symbols',
] as const satisfies readonly (typeof leftOut)[number][];
/** Rather than leave these out, the equation is set smaller. */
const rather = new Set<string>(['without-actions', 'without-so-far']);
/** The last resort: each line in one, which scrolls. */
const inLines = 'in-lines';

/**
 * Makes a card as tight as its place needs for all of it to be seen. Where even the tightest is higher, it scrolls, no further than
 * needed, to its result; then it is reached by the keyboard under the name `label`.
 */
export function fitToPlace(card: HTMLElement, label: string): void {
  const isHigher = (): boolean => card.scrollHeight > card.clientHeight;
  // As the last step left it, it would be measured wrongly.
  card.classList.remove(...leftOut, inLines);
  fitLines(card);
  for (const part of leftOut) {
    if (!isHigher()) break;
    if (rather.has(part) && setSmaller(card, isHigher)) break;
    card.classList.add(part);
  }
  if (isHigher() && !setSmaller(card, isHigher)) card.classList.add(inLines);
  if (card.classList.contains('without-so-far')) bringBack(card, isHigher);
  const scrolls = isHigher();
  setReachable(card, scrolls, label);
  if (!scrolls) return;
  const lines = [...card.querySelectorAll('.lines > .right:not(.symbols, .general)')];
  for (const line of [lines[0], lines[lines.length - 1]]) if (line !== undefined) showInPlace(line);
}

/**
 * Without its last part or its breaks an equation is so much lower that there may be room for others again. What the operation gives has
 * to be seen, in the equation or in the sentence, at the price of the breaks.
 */
function bringBack(card: HTMLElement, isHigher: () => boolean): void {
  const { classList } = card;
  for (const part of broughtBack) {
    if (part === 'without-so-far' && !classList.contains(inLines)) continue;
    classList.remove(part);
    classList.toggle(part, isHigher());
  }
  if (!classList.contains('without-sentence')) return;
  if (classList.contains(inLines)) classList.remove('without-so-far');
  else {
    classList.add(inLines);
    bringBack(card, isHigher);
  }
}

/** Sets a card's equation smaller until the card is no longer too high; if that would be too small, leaves it as it is. */
function setSmaller(card: HTMLElement, isHigher: () => boolean): boolean {
  const fit = Number(card.style.getPropertyValue('--fit') || 1);
  const size = sizeOf(card);
  for (const smaller of smallerSizes) {
    if (smaller * size < leastSize) break;
    card.style.setProperty('--fit', String(smaller * fit));
    if (!isHigher()) return true;
  }
  if (fit < 1) card.style.setProperty('--fit', String(fit));
  else card.style.removeProperty('--fit');
  return false;
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
