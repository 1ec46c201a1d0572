import { describe, expect, it } from 'vitest';
import { Machine } from '../machine.ts';
import { programOf } from '../testing/agreement.testing.ts';
import { arrayDifference } from './array-difference.ts';

/** A run whose array h has the logarithms of some numbers: of 0 and below they are not finite. */
function run(numbers: string): Machine {
  const machine = new Machine(programOf(`param w = [${numbers}]\nforward\n  h[i] = log(w[i])\n`), 'full');
  machine.extend();
  return machine;
}

const spread = (a: string, b: string) => arrayDifference(run(a), run(b), 1, 'h', 'old');

describe('how far an array of two runs has parted', () => {
  it('is nothing where every bit is the same', () => {
    expect(spread('1, 2, 3', '1, 2, 3')).toBeUndefined();
    // Not a number in both is the same; so is what is not finite.
    expect(spread('-1, 0, 3', '-1, 0, 3')).toBeUndefined();
  });

  it('is the largest difference beside the largest number of either, at its first cell', () => {
    const [one, two, three] = [2, 3, 20].map((n) => Math.log(n));
    const found = spread('2, 3, 20', '2, 2, 20');
    expect(found).toMatchObject({ count: 1, flat: 1 });
    expect(found?.relative).toBeCloseTo((two - one) / three, 12);
    expect(spread('2, 3, 20', '3, 20, 20')).toMatchObject({ count: 2, flat: 1 });
    expect(spread('3, 2, 20', '2, 3, 20')).toMatchObject({ count: 2, flat: 0 });
    expect(spread('3, 2, 2', '2, 2, 20')?.relative).toBeCloseTo((three - one) / three, 12);
  });

  it('is without bounds where one has no number and the other has', () => {
    expect(spread('2, -1, 20', '3, 2, 20')).toEqual({
      count: 2,
      flat: 1,
      relative: Number.POSITIVE_INFINITY,
    });
    expect(spread('0, 2, 20', '2, 2, 20')).toEqual({ count: 1, flat: 0, relative: Number.POSITIVE_INFINITY });
  });

  it('is none where the signs of zeros are all that differs', () => {
    const zero = (sign: string) => {
      const machine = new Machine(programOf(`param w = [1, 0]\nforward\n  h[i] = ${sign}w[i]*0\n`), 'full');
      machine.extend();
      return machine;
    };
    expect(arrayDifference(zero(''), zero('-'), 1, 'h', 'old')).toEqual({ count: 2, flat: 0, relative: 0 });
  });

  it('is not asked of what the other has not, or not in that shape', () => {
    expect(spread('1, 2, 3', '1, 2')).toBeUndefined();
    const other = new Machine(programOf('param w = [1, 2, 3]\nforward\n  g[i] = log(w[i])\n'), 'full');
    other.extend();
    expect(arrayDifference(run('1, 2, 3'), other, 1, 'h', 'old')).toBeUndefined();
    expect(arrayDifference(run('1, 2, 3'), other, 1, 'w', 'old')).toBeUndefined();
  });
});
