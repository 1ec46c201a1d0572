import { describe, expect, it } from 'vitest';
import { sideOf, strengthOf } from './square.ts';

describe('a square', () => {
  it('is the stronger the farther its number is from 0, on either side', () => {
    expect([0, 1, -2, 4, 5].map((one) => strengthOf(one, 4))).toEqual([0, 0.25, 0.5, 1, 1]);
    expect([-1, 0, 1].map(sideOf)).toEqual(['minus', 'plus', 'plus']);
  });

  it('is empty where all are 0, and full where one is not finite', () => {
    expect(strengthOf(0, 0)).toBe(0);
    expect(
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((one) => strengthOf(one, 2)),
    ).toEqual([1, 1, 1]);
  });
});
