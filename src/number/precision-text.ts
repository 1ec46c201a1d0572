import { carriedDigits, exact, type Precision } from './rounding.ts';

/** Reads `2dp`, `3sf` or `exact`: at most 15 digits, of significant ones at least 1. Undefined for anything else. */
export function parsePrecision(text: string): Precision | undefined {
  if (text === 'exact') return exact;
  const match = /^(\d{1,2})(dp|sf)$/.exec(text);
  if (!match) return undefined;
  const digits = Number(match[1]);
  const kind = match[2] === 'dp' ? 'decimals' : 'significant';
  if (digits > carriedDigits || (kind === 'significant' && digits === 0)) return undefined;
  return { kind, digits };
}

/** `2dp`, `3sf` or `exact`: the text that `parsePrecision` reads back. */
export function precisionText(precision: Precision): string {
  if (precision.kind === 'exact') return 'exact';
  return `${precision.digits}${precision.kind === 'decimals' ? 'dp' : 'sf'}`;
}
