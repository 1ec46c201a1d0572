import { describe, expect, it } from 'vitest';
import { verifyClaims } from './claim-check.ts';
import {
  agree,
  agreeBeside,
  agreeRoughly,
  factorOf,
  factorText,
  isFactor,
  isMirrored,
  mayBeNoise,
} from './known-mistake.ts';

describe('two numbers', () => {
  it.each([
    // To nine digits of the larger one; never by their signs alone, and not where one is no number.
    [1, 1 + 0.9e-9, true],
    [1, 1 + 1.1e-9, false],
    [-4e8, -4e8 - 0.39, true],
    [-4e8, -4e8 - 0.41, false],
    [1e-30, 1.1e-30, false],
    [1, -1, false],
    [0, -0, true],
    [Number.NaN, Number.NaN, false],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, true],
  ])('%d and %d agree: %s', (a, b, wanted) => {
    expect(agree(a, b)).toBe(wanted);
    expect(agree(b, a)).toBe(wanted);
  });

  it.each([
    // Beside the largest of their array, to twelve digits.
    [1e-9, 1.9e-9, 1000, true],
    [1e-9, 2.1e-9, 1000, false],
    [0, 0.9e-14, 0, false],
    [1, 1 + 0.9e-9, 0, true],
  ])('%d and %d agree beside %d: %s', (a, b, largest, wanted) => {
    expect(agreeBeside(a, b, largest)).toBe(wanted);
    expect(agreeBeside(b, a, largest)).toBe(wanted);
  });

  it.each([
    // Beside the largest of their array, or, where all cancels, to fourteen places.
    [1e-9, 1.9e-9, 1000, true],
    [1e-9, 2.1e-9, 1000, false],
    [0, 0.9e-14, 0, true],
    [0, 1.1e-14, 0, false],
  ])('%d and %d may differ by noise beside %d: %s', (a, b, largest, wanted) => {
    expect(mayBeNoise(a, b, largest)).toBe(wanted);
    expect(mayBeNoise(b, a, largest)).toBe(wanted);
  });

  it.each([
    // Where digits may have been lost, to four of them, and to nine beside the largest.
    [1, 1.00009, 0, true],
    [1, 1.0002, 0, false],
    [0, 0.9e-9, 1, true],
    [0, 1.1e-9, 1, false],
  ])('%d and %d agree roughly beside %d: %s', (a, b, largest, wanted) => {
    expect(agreeRoughly(a, b, largest)).toBe(wanted);
    expect(agreeRoughly(b, a, largest)).toBe(wanted);
  });
});

/** Comparisons of what is written with what is derived, one cell after the other. */
const compared = (hand: readonly number[], derived: readonly number[]) =>
  hand.map((one, flat) => ({ trial: 0, flat, hand: one, derived: derived[flat], agrees: false }));

describe('the factor by which all is off', () => {
  it('is one number for all cells, to nine digits', () => {
    const derived = [1, -2, 4, 0.5];
    expect(
      factorOf(
        compared(
          derived.map((one) => 3 * one),
          derived,
        ),
      ),
    ).toBe(3);
    for (const [error, wanted] of [
      [0.9e-9, -0.5],
      [1.1e-8, undefined],
      [1e-6, undefined],
    ] as const) {
      const hand = derived.map((one, n) => -0.5 * one * (n === 3 ? 1 + error : 1));
      expect(factorOf(compared(hand, derived)), String(error)).toBe(wanted);
    }
    expect(factorOf(compared([0, 0], [1, 2]))).toBeUndefined();
  });

  it('is a known one only where it is that', () => {
    for (const wanted of [1, -1, 2, 0.25]) {
      expect(isFactor(wanted * (1 + 0.9e-9), wanted)).toBe(true);
      expect(isFactor(wanted * (1 - 0.9e-9), wanted)).toBe(true);
      expect(isFactor(wanted * (1 + 1.1e-9), wanted)).toBe(false);
      expect(isFactor(wanted * (1 - 1.1e-9), wanted)).toBe(false);
    }
  });

  it.each([
    [2, '2'],
    [1, '1'],
    [0.5, '1/2'],
    [1 / 3, '1/3'],
    [1 / 123456, '1/123456'],
    [0.3, '0.3'],
    [1.25, '1.25'],
  ])('%d is said as %s', (size, text) => expect(factorText(size)).toBe(text));
});

describe('a mirror image', () => {
  const derived = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const mirrored = [1, 4, 7, 2, 5, 8, 3, 6, 9];

  it('is of a square, in either sign, at all cells', () => {
    expect(isMirrored(compared(mirrored, derived), [3, 3])).toBe(true);
    const turned = compared(
      mirrored.map((one) => -one),
      derived,
    );
    expect(isMirrored(turned, [3, 3], -1)).toBe(true);
    expect(isMirrored(turned, [3, 3])).toBe(false);
    expect(
      isMirrored(
        compared(
          mirrored.map((one, n) => (n === 5 ? 8.001 : one)),
          derived,
        ),
        [3, 3],
      ),
    ).toBe(false);
    expect(isMirrored(compared(mirrored, derived).slice(0, 6), [3, 3])).toBe(false);
    expect(isMirrored(compared([1, 2, 3, 4], [1, 2, 3, 4]), [4])).toBe(false);
    expect(isMirrored(compared([1, 4, 2, 5, 3, 6], [1, 2, 3, 4, 5, 6]), [2, 3])).toBe(false);
    const ones = [1, 1, 1, 1, 1, 1];
    expect(isMirrored(compared(ones, ones), [3, 2])).toBe(false);
  });
});

describe('a claim that is off by little', () => {
  const text = (factor: string) => `given x = [0.3, -0.7]
param w = [0.2, 0.5]
forward
  L = sum(i: (w[i] * x[i])^2)
backward
  g[i] = ${factor}*2*w[i]*x[i]^2 : dL/dw[i]
`;
  const found = (factor: string) =>
    verifyClaims(text(factor)).map(({ message }) => message.split('; ').at(-1));

  it('is wrong, and by how much is said', () => {
    expect(found('1')).toEqual([]);
    expect(found('1.0000000001')).toEqual([]);
    expect(found('1.00000001')).toEqual(['it is off by the factor 1.00000001']);
    expect(found('1.000005')).toEqual(['it is off by the factor 1.000005']);
    expect(found('-1')).toEqual(['the sign is turned']);
    expect(found('-1.000005')).toEqual(['it is off by the factor 1.000005, and the sign is turned']);
  });
});
