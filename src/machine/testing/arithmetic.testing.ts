import { exp, log, sqrt, tanh } from '../../number/elementary.ts';
import { cos, sin } from '../../number/trigonometry.ts';

/** The slow recorder's own arithmetic: an independent definition of what a step computes. */
export function arithmetic(name: string, a: number, b: number): number {
  switch (name) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'neg':
      return -a;
    case 'exp':
      return exp(a);
    case 'log':
      return log(a);
    case 'sqrt':
      return sqrt(a);
    case 'tanh':
      return tanh(a);
    case 'sin':
      return sin(a);
    case 'cos':
      return cos(a);
    case 'abs':
      return a < 0 || Object.is(a, -0) ? -a : a;
    case 'max':
      return b > a ? b : a;
    case 'min':
      return b < a ? b : a;
    case 'eq':
      return Number(a === b);
    case 'ne':
      return Number(a !== b);
    case 'lt':
      return Number(a < b);
    case 'le':
      return Number(a <= b);
    case 'gt':
      return Number(a > b);
    case 'ge':
      return Number(a >= b);
    default:
      throw new Error(`no operation ${name}`);
  }
}

/** Rounds with integers only: the double's exact decimal, to 15 significant digits, then half away from zero. */
export function roundDecimal(value: number, digits: number, decimals: boolean): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return 0;
  let [numerator, denominator] = fraction(Math.abs(value));
  const first = () => {
    // The exponent of the first digit: 10^exponent ≤ value < 10^(exponent + 1).
    let exponent = String(numerator).length - String(denominator).length;
    if (numerator * power(-exponent) < denominator * power(exponent)) exponent -= 1;
    return exponent;
  };
  const keep = (last: number) => {
    const scaled =
      (2n * numerator * power(-last) + denominator * power(last)) / (2n * denominator * power(last));
    [numerator, denominator] = [scaled * power(last), power(-last)];
  };
  keep(first() - 14);
  keep(decimals ? -digits : first() - digits + 1);
  const magnitude = Number(`${numerator}e-${String(denominator).length - 1}`);
  return value < 0 && magnitude !== 0 ? -magnitude : magnitude;
}

/** 10^n, and 1 where n is negative: the other side of the fraction takes it. */
const power = (n: number): bigint => 10n ** BigInt(n > 0 ? n : 0);

function fraction(value: number): [bigint, bigint] {
  let denominator = 1n;
  let whole = value;
  while (whole !== Math.floor(whole)) {
    whole *= 2;
    denominator *= 2n;
  }
  return [BigInt(whole), denominator];
}

/** The values of indices. */
export type ReferenceEnvironment = Readonly<Record<string, number>>;

/** The value of an affine index expression or condition. */
export const affine = (
  a: { constant: number; terms: readonly (readonly [string, number])[] },
  environment: ReferenceEnvironment,
): number =>
  a.terms.reduce((sum, [name, factor]) => {
    if (!(name in environment)) throw new Error(`the index ${name} has no value`);
    return sum + factor * environment[name];
  }, a.constant);
