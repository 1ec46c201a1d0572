import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { format, formatExact, formatTex } from './format.ts';
import { parseNumber } from './parse-number.ts';
import { parsePrecision } from './precision-text.ts';

const at = (text: string) => ({ precision: parsePrecision(text) ?? { kind: 'exact' as const } });

describe('format', () => {
  it.each([
    [-0.0406, '4dp', '−0.0406'],
    [0.662, '4dp', '0.662'],
    [0.0009457, '3sf', '0.000946'],
    [-0.001, '2dp', '0'],
    [1234, '2sf', '1200'],
    [1e-7, 'exact', '0.0000001'],
    [123456789012345680000, 'exact', '123456789012345680000'],
    [1.2e-9, 'exact', '1.2×10⁻⁹'],
    [-1.5e21, 'exact', '−1.5×10²¹'],
    [5e-324, 'exact', '5×10⁻³²⁴'],
    [0.1 + 0.2, 'exact', '0.30000000000000004'],
    [NaN, '2dp', 'NaN'],
    [Infinity, '2dp', '∞'],
    [-Infinity, 'exact', '−∞'],
    [0, 'exact', '0'],
    [-0, 'exact', '0'],
  ])('shows %f at %s as %s', (value, precision, shown) => {
    expect(format(value, at(precision))).toBe(shown);
  });

  it.each([
    [0.662, '4dp', '0.6620'],
    [1, '2dp', '1.00'],
    [0, '2dp', '0.00'],
    [0, '3sf', '0.00'],
    [0.5, '3sf', '0.500'],
    [9.996, '2dp', '10.00'],
    [1234, '3sf', '1230'],
    [1.2e-9, '3sf', '1.20×10⁻⁹'],
    [3, '0dp', '3'],
    [0.25, 'exact', '0.25'],
  ])('pads %f at %s to %s', (value, precision, shown) => {
    expect(format(value, { ...at(precision), pad: true })).toBe(shown);
  });

  it('writes plain text for programs', () => {
    expect(format(-0.5, { minus: '-' })).toBe('-0.5');
    expect(format(-1.2e-9, { minus: '-' })).toBe('-1.2e-9');
    expect(format(-Infinity, { minus: '-' })).toBe('-Infinity');
  });

  it('writes a power of ten from where it is asked to', () => {
    const shown = (value: number) => format(value, { ...at('2sf'), plain: [-4, 6] });
    expect([1e-4, 9.94e-5, 9.96e-5, 999999, 1.23e6].map(shown)).toEqual([
      '0.0001',
      '9.9×10⁻⁵',
      '0.0001',
      '1×10⁶',
      '1.2×10⁶',
    ]);
  });

  it('writes TeX for formulas', () => {
    expect(formatTex(-0.0406)).toBe('-0.0406');
    expect(formatTex(0.662, { ...at('4dp'), pad: true })).toBe('0.6620');
    expect(formatTex(1.2e-9)).toBe('1.2\\cdot 10^{-9}');
    expect(formatTex(-Infinity)).toBe('-\\infty');
  });
});

describe('formatExact', () => {
  it('loses no bit', () => {
    fc.assert(
      fc.property(fc.double(), (value) => Object.is(Number(formatExact(value)), value)),
      { numRuns: 2000 },
    );
  });
});

describe('parseNumber', () => {
  it.each([
    ['0.5', 0.5],
    [' −0.0406\t', -0.0406],
    ['-.5', -0.5],
    ['+5.', 5],
    ['1e-3', 0.001],
    ['1.2×10⁻⁹', 1.2e-9],
    ['-1000000000000', -1e12],
  ])('reads %s', (text, value) => {
    expect(parseNumber(text)).toEqual({ value });
  });

  it.each([
    ['', 'empty'],
    [' \u00a0', 'empty'],
    ['0,5', 'notNumber'],
    ['1 000', 'notNumber'],
    ['--1', 'notNumber'],
    ['.', 'notNumber'],
    ['e5', 'notNumber'],
    ['0x10', 'notNumber'],
    ['NaN', 'notNumber'],
    ['∞', 'infinite'],
    ['−Infinity', 'infinite'],
    ['1e13', 'tooLarge'],
    ['-1e999', 'tooLarge'],
  ])('says why %j is refused', (text, error) => {
    expect(parseNumber(text)).toEqual({ error });
  });

  it('reads back everything that format shows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.constantFrom('−' as const, '-' as const),
        (value, minus) => {
          expect(parseNumber(format(value, { minus }))).toEqual({ value: value + 0 });
        },
      ),
      { numRuns: 2000 },
    );
  });
});
