import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrecision, precisionText } from './precision-text.ts';
import { round } from './rounding.ts';

function rounded(value: number, text: string): number {
  const precision = parsePrecision(text);
  if (!precision) throw new Error(`no precision: ${text}`);
  return round(value, precision);
}

/** An independent reference: the integer nearest to numerator / 10^places · 10^digits, half away from zero. */
function judge(numerator: bigint, places: number, digits: number): number {
  const unit = 10n ** BigInt(places - digits);
  const size = numerator < 0n ? -numerator : numerator;
  const quotient = (size + unit / 2n) / unit;
  const magnitude = Number(`${quotient}e-${digits}`);
  return numerator < 0n && quotient !== 0n ? -magnitude : magnitude;
}

describe('parsePrecision', () => {
  it('reads decimals, significant digits and exact', () => {
    expect(parsePrecision('2dp')).toEqual({ kind: 'decimals', digits: 2 });
    expect(parsePrecision('0dp')).toEqual({ kind: 'decimals', digits: 0 });
    expect(parsePrecision('3sf')).toEqual({ kind: 'significant', digits: 3 });
    expect(parsePrecision('exact')).toEqual({ kind: 'exact' });
  });

  it('refuses everything else', () => {
    for (const text of ['', '2', 'dp', '0sf', '16dp', '99sf', '-1dp', '2 dp', '2DP', '1.5dp'])
      expect(parsePrecision(text), text).toBeUndefined();
  });

  it('is the inverse of precisionText', () => {
    for (const text of ['0dp', '4dp', '1sf', '15sf', 'exact'])
      expect(precisionText(parsePrecision(text) ?? { kind: 'exact' })).toBe(text);
  });
});

describe('round', () => {
  // The lecture's own numbers: the left side is computed from the rounded values before it, as the slides do.
  it.each([
    ['h1', 0.6802671966986485, '2dp', 0.68],
    ['h2', 0.6637386974043528, '4dp', 0.6637],
    ['y', 0.6902834929076443, '2dp', 0.69],
    ['δ2', (0.5 - 0.69) * 0.69 * (1 - 0.69), '4dp', -0.0406],
    ['δ1[1]', 0.68 * (1 - 0.68) * 0.3 * -0.0406, '4dp', -0.0027],
    ['δ1[2]', 0.6637 * (1 - 0.6637) * 0.9 * -0.0406, '4dp', -0.0082],
    ['g1[1,1]', 0.0027 * 0.35, '3sf', 0.000945],
    ['g1[1,2]', 0.0027 * 0.9, '3sf', 0.00243],
    ['g1[2,1]', 0.0082 * 0.35, '3sf', 0.00287],
    ['g1[2,2]', 0.0082 * 0.9, '3sf', 0.00738],
    ['g2[1,1]', 0.0406 * 0.68, '3sf', 0.0276],
    ['g2[1,2]', 0.0406 * 0.6637, '3sf', 0.0269],
    ['W1[1,1]', 0.1 - 0.000945, '4dp', 0.0991],
    ['W1[1,2]', 0.8 - 0.00243, '4dp', 0.7976],
    ['W1[2,1]', 0.4 - 0.00287, '4dp', 0.3971],
    ['W1[2,2]', 0.6 - 0.00738, '4dp', 0.5926],
    ['W2[1,1]', 0.3 - 0.0276, '4dp', 0.2724],
    ['W2[1,2]', 0.9 - 0.0269, '4dp', 0.8731],
  ])('prints %s as the lecture does', (_, value, precision, printed) => {
    expect(rounded(value, precision)).toBe(printed);
  });

  it.each([
    [1.005, '2dp', 1.01],
    [-1.005, '2dp', -1.01],
    [2.5, '0dp', 3],
    [0.5, '0dp', 1],
    [0.049, '1dp', 0],
    [0.05, '1dp', 0.1],
    [9.995, '2dp', 10],
    [999.5, '3sf', 1000],
    [0.0009457, '3sf', 0.000946],
    [123456, '2sf', 120000],
    [1e300, '2dp', 1e300],
    [5e-324, '1sf', 5e-324],
    [1234567890123.4568, '4dp', 1234567890123.46],
  ])('rounds %f at %s to %f', (value, precision, expected) => {
    expect(rounded(value, precision)).toBe(expected);
  });

  it('never returns a negative zero', () => {
    expect(Object.is(rounded(-0.001, '2dp'), 0)).toBe(true);
    expect(Object.is(rounded(-0, '3sf'), 0)).toBe(true);
  });

  it('passes NaN and the infinities through', () => {
    for (const value of [NaN, Infinity, -Infinity]) expect(rounded(value, '2dp')).toBe(value);
  });

  it('is right on all 3,600 products of hundredths up to 2 that are exact ties at 3dp', () => {
    let ties = 0;
    for (let a = 1; a <= 200; a++) {
      for (let b = 1; b <= 200; b++) {
        if ((a * b) % 10 !== 5) continue;
        ties++;
        const product = (a / 100) * (b / 100);
        const expected = judge(BigInt(a * b), 4, 3);
        if (rounded(product, '3dp') !== expected) expect.fail(`${a}/100 · ${b}/100 is ${product}`);
      }
    }
    expect(ties).toBe(3600);
  });

  it('agrees with exact decimal arithmetic on decimals of up to 12 digits', () => {
    const cases = fc.tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.nat(8), fc.nat(8));
    fc.assert(
      fc.property(cases, ([numerator, a, b]) => {
        const places = Math.max(a, b);
        const digits = Math.min(a, b);
        expect(rounded(Number(`${numerator}e-${places}`), `${digits}dp`)).toBe(
          judge(numerator, places, digits),
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('changes nothing when done twice, and is odd', () => {
    const precisions = fc.constantFrom('0dp', '2dp', '4dp', '9dp', '1sf', '3sf', '6sf', '15sf');
    fc.assert(
      fc.property(fc.double({ noNaN: true }), precisions, (value, precision) => {
        const once = rounded(value, precision);
        expect(rounded(once, precision)).toBe(once);
        expect(rounded(-value, precision) + 0).toBe(-once + 0);
      }),
      { numRuns: 3000 },
    );
  });
});
