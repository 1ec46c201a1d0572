/** Why `parseNumber` takes no number from a text; `tooLarge` is beyond ±1e12. */
export type NumberFault = 'empty' | 'notNumber' | 'infinite' | 'tooLarge';

/** Beyond this size an edited number is a typing mistake. */
const largest = 1e12;

/**
 * Reads what a person typed, or copied from a page: a sign, either minus, `1.2e-9` or `1.2×10⁻⁹`, blanks around it. A decimal
 * comma or a space inside is refused (`notNumber`) rather than guessed at. Never gives −0, and nothing beyond ±1e12.
 */
export function parseNumber(text: string): { readonly value: number } | { readonly error: NumberFault } {
  const plain = text
    .trim()
    .replace(/×10([⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/, (_, raised) => `e${lowered(raised)}`)
    .replace(/−/g, '-');
  if (plain === '') return { error: 'empty' };
  if (/^[+-]?(∞|inf|infinity)$/i.test(plain)) return { error: 'infinite' };
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return { error: 'notNumber' };
  const value = Number(plain) + 0;
  return Math.abs(value) > largest ? { error: 'tooLarge' } : { value };
}

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function lowered(raised: string): string {
  return raised
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(raisedDigits.indexOf(digit)))
    .replace('⁻', '-')
    .replace('⁺', '+');
}
