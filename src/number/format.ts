import { exact, type Precision, round } from './rounding.ts';

/** How `format` writes a number. */
export interface FormatOptions {
  /** To which digits it is rounded; all of them by default. */
  readonly precision?: Precision;
  /** The real minus sign for readers (default), or a hyphen for programs; with the hyphen, exponents and ∞ are ASCII, too. */
  readonly minus?: '−' | '-';
  /** Keep the zeros at the end that the precision asks for: 0.6620 at 4dp. By default they are dropped. */
  readonly pad?: boolean;
  /** From which power of ten on, and below which, it is written without one: by default from −7 up to below 21. */
  readonly plain?: readonly [from: number, below: number];
}

/**
 * The one formatter of numbers for readers, as plain text: −0.0406, 0.662, 1.2×10⁻⁹, ∞, NaN. By default all digits that tell
 * the number from its neighbours, with the real minus sign. Positional from 1e−7 up to below 1e21, with a power of ten
 * outside. Both zeros, and what is rounded to zero, give `0` (`0.00` if padded to 2dp).
 */
export function format(value: number, options: FormatOptions = {}): string {
  const { precision = exact, minus = '−', pad = false, plain: [from, below] = [-7, 21] } = options;
  if (Number.isNaN(value)) return 'NaN';
  const rounded = round(value, precision);
  const sign = rounded < 0 ? minus : '';
  if (!Number.isFinite(rounded)) return sign + (minus === '-' ? 'Infinity' : '∞');
  const { digits, exponent } = decimal(Math.abs(rounded));
  const padded = pad ? digits.padEnd(digitCount(precision, exponent), '0') : digits;
  if (exponent >= from && exponent < below) return sign + positional(padded, exponent);
  const mantissa = positional(padded, 0);
  return sign + mantissa + (minus === '-' ? `e${exponent}` : `×10${superscript(exponent)}`);
}

/**
 * A whole number from 0 to below 1e21 with a narrow no-break space (U+202F) between groups of three from five digits on: 784,
 * 1244 and 1 244 014.
 */
export function formatCount(count: number): string {
  const digits = String(count);
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

/**
 * A number as TeX, without dollar signs: `-0.0406`, `1.2\cdot 10^{-9}`, `\infty`, `\mathrm{NaN}`. Options, and what is left
 * out, as in `format`.
 */
export function formatTex(value: number, options: Omit<FormatOptions, 'minus'> = {}): string {
  return format(value, { ...options, minus: '-' })
    .replace(/e(.*)/, '\\cdot 10^{$1}')
    .replace('Infinity', '\\infty')
    .replace('NaN', '\\mathrm{NaN}');
}

/**
 * The number with the fewest digits from which `Number` reads back the same 64 bits, for CSV and JSON lines, written as
 * JavaScript does (`100000`, `1e+21`); −0 stays `-0`, and what is not finite comes as `NaN`, `Infinity` or `-Infinity`, which
 * JSON does not have.
 */
export function formatExact(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The shortest digits of a finite, non-negative number, the first of them worth 10^exponent. */
function decimal(value: number): { digits: string; exponent: number } {
  const [mantissa, exponent] = value.toExponential().split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

/** How many digits, from the first one on, a precision keeps. */
function digitCount(precision: Precision, exponent: number): number {
  if (precision.kind === 'exact') return 0;
  return precision.kind === 'significant' ? precision.digits : exponent + 1 + precision.digits;
}

function positional(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-1 - exponent)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

const raisedDigits = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function superscript(exponent: number): string {
  return (
    (exponent < 0 ? '⁻' : '') +
    String(Math.abs(exponent)).replace(/\d/g, (digit) => raisedDigits[Number(digit)])
  );
}
