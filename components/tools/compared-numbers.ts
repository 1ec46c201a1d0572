import { format } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import { compareWords as words } from '../../src/words/tools/compare.ts';

/** With so many significant digits two numbers are told apart at last. */
const moreDigits = [9, 12, 15];

/** Two numbers as texts with as many digits as it takes to tell them apart, if they are not the same. */
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
  // Zeros of either sign are written alike.
  const exact = (value: number): string => (Object.is(value, -0) ? '−0' : format(value));
  return [exact(a), exact(b)];
}

/** A share such as 0.0032, in three digits. */
export const percentText = (share: number): string =>
  format(share, { precision: { kind: 'significant', digits: 3 } });

/** How far runs have parted, for readers. */
export const divergenceText = (relative: number): string =>
  relative === 0 ? words.theSame : percentText(relative);
