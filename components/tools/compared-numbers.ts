import { format } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';

/** Significant digits to try, in order, until two numbers have different texts. */
const moreDigits = [9, 12, 15];

/**
 * The texts of two numbers, in their order, with as many digits as it takes to distinguish them where they differ in any bit;
 * with the session's figures (for the cell `name`, `cell`, indices from 1, its own digits; else the usual ones) where that
 * suffices.
 */
export function distinctTexts(
  { figures }: Session,
  a: number,
  b: number,
  name?: string,
  cell?: readonly number[],
): readonly [string, string] {
  const usual = [a, b].map((value) => figures.text(value, name, cell));
  if (Object.is(a, b) || usual[0] !== usual[1]) return [usual[0], usual[1]];
  for (const digits of moreDigits) {
    const precision = { kind: 'significant', digits } as const;
    const [one, other] = [a, b].map((value) => format(value, { precision }));
    if (one !== other) return [one, other];
  }
  // `format` writes zeros of either sign alike.
  const exact = (value: number): string => (Object.is(value, -0) ? '−0' : format(value));
  return [exact(a), exact(b)];
}

/** A relative difference as it is, such as 0.0032 (not in percent), in up to three significant digits. */
export const percentText = (share: number): string =>
  format(share, { precision: { kind: 'significant', digits: 3 } });

/** The relative difference of two runs for readers, as `percentText`; words where it is exactly 0. */
export const divergenceText = (relative: number): string =>
  relative === 0 ? words.theSame : percentText(relative);
