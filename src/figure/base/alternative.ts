import { figureWords as words } from '../../words/figure/figure.ts';
import type { FigureKind } from './kinds.ts';
import { type FigureValue, isDrawn } from './picture.ts';

/** A figure in a sentence or two, from the numbers that it draws. */
export function alternative(
  kind: Extract<FigureKind, 'bars' | 'image' | 'matrix' | 'series'>,
  of: string,
  values: readonly FigureValue[],
): string {
  const drawn = values.filter(isDrawn);
  const parts: string[] = [];
  if (drawn.length > 0) {
    const greatest = drawn.reduce((best, one) => (one.value > best.value ? one : best));
    const least = drawn.reduce((best, one) => (one.value < best.value ? one : best));
    parts.push(
      greatest.text === least.text
        ? words.alike(greatest.text)
        : words.extremes(greatest.text, greatest.label, least.text, least.label),
    );
  }
  const missing = values.filter(({ value }) => value === undefined).length;
  const odd = values.length - drawn.length - missing;
  if (missing === values.length) parts.push(words.none);
  else if (missing > 0) parts.push(words.missing(missing));
  if (odd > 0) parts.push(words.odd(odd));
  return words.said(words[kind], of, parts.join(' '));
}
