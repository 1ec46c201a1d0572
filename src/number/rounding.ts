/**
 * Which digits of a number are kept: so many decimals (`2dp`), so many significant digits (`3sf`), or all. A model has two such
 * rules for a quantity, one for what is stored and one for what is shown.
 */
export type Precision =
  | { readonly kind: 'decimals' | 'significant'; readonly digits: number }
  | { readonly kind: 'exact' };

/** Keeps all digits. */
export const exact: Precision = { kind: 'exact' };

/** A double carries 15 decimal digits whatever its value; a 16th may be noise. */
export const carriedDigits = 15;

/**
 * Rounds as a pocket calculator does: the value is first read to 15 significant digits, then those decimal digits
 * are rounded half away from zero. So 1.005 at 2dp is 1.01, and 0.01 · 0.35 at 3dp is 0.004, although both doubles
 * lie below the tie. (Of the 3,600 products a/100 · b/100 up to 2 · 2 that are exact ties at 3dp, rounding the
 * shortest decimal text instead misses 535.) The result is the double nearest to the rounded decimal. A result of
 * negative zero becomes 0; NaN and the infinities pass through, and so does everything at `exact`.
 */
export function round(value: number, precision: Precision): number {
  if (precision.kind === 'exact') return value;
  if (value === 0 || !Number.isFinite(value)) return value + 0;
  const [mantissa, exponentText] = Math.abs(value)
    .toExponential(carriedDigits - 1)
    .split('e');
  const digits = mantissa.replace('.', '');
  const exponent = Number(exponentText);
  const kept = precision.kind === 'significant' ? precision.digits : exponent + 1 + precision.digits;
  if (kept < 0) return 0;
  const roundedUp = digits.charAt(kept) >= '5' ? 1 : 0;
  const integer = Number(digits.slice(0, kept)) + roundedUp;
  const scale = exponent + 1 - Math.min(kept, carriedDigits);
  const magnitude = Number(`${integer}e${scale}`);
  return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}
