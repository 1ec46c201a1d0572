import { describe, expect, it } from 'vitest';
import { operations } from '../formula/operation.ts';
import { Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { programOf } from '../machine/testing/agreement.testing.ts';
import { verifyClaims } from './claim-check.ts';
import { GradientCheck } from './gradient-check.ts';

/*
 * Of several that are equally great the first one wins: its sign of zero is the maximum's, and it alone receives the gradient.
 */

const others = [0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

describe('the greater of two', () => {
  it('is the second only where that is greater, the lesser only where that is less', () => {
    for (const a of others)
      for (const b of others) {
        expect(operations.max.evaluate(a, b), `max(${a}, ${b})`).toBe(b > a ? b : a);
        expect(operations.min.evaluate(a, b), `min(${a}, ${b})`).toBe(b < a ? b : a);
      }
    expect(operations.max.evaluate(-0, 0)).toBe(-0);
    expect(operations.max.evaluate(0, -0)).toBe(0);
    expect(operations.min.evaluate(-0, 0)).toBe(-0);
    expect(operations.min.evaluate(0, -0)).toBe(0);
    expect(operations.max.evaluate(1, Number.NaN)).toBe(1);
    expect(operations.max.evaluate(Number.NaN, 1)).toBeNaN();
  });
});

/** A loss of three weights, and its derivatives; all are run as they are trained and as they are stepped. */
function derivatives(loss: string, w: readonly number[]): number[] {
  const text = `param w = [${w.join(', ')}]\nforward\n  L = ${loss}\nbackward\n  g[i] : dL/dw[i]\n`;
  const machine = new Machine(programOf(text), 'full');
  machine.extend();
  const { program } = machine;
  const moment = new Moment(machine, program.size);
  return w.map((_, n) => {
    const trained = machine.value(1, 'g', 'old', [n + 1]);
    expect(moment.newest('g', [n + 1]).value).toBe(trained);
    return trained;
  });
}

describe('the gradient of a tie', () => {
  it.each([
    ['max(w[1], w[2]) + w[3]', [5, 5, 5], [1, 0, 1]],
    ['max(w[2], w[1]) + w[3]', [5, 5, 5], [0, 1, 1]],
    ['max(w[1], w[2]) + w[3]', [0, '-0', 5], [1, 0, 1]],
    ['min(w[1], w[2]) + w[3]', [5, 5, 5], [1, 0, 1]],
    ['min(w[2], w[1]) + w[3]', [5, 5, 5], [0, 1, 1]],
    ['max(w[1], 0) + max(0, w[2]) + abs(w[3])', [0, 0, 0], [1, 0, 0]],
    ['min(w[1], 0) + min(0, w[2]) + abs(w[3])', [0, 0, 0], [1, 0, 0]],
    ['max(i: w[i])', [5, 5, 5], [1, 0, 0]],
    ['max(i: w[i])', [4, 5, 5], [0, 1, 0]],
    ['max(i: -w[i])', [5, 5, 6], [-1, -0, -0]],
    ['max(w[1], max(w[2], w[3]))', [5, 5, 5], [1, 0, 0]],
    ['max(max(w[1], w[2]), w[3])', [4, 5, 5], [0, 1, 0]],
    ['w[1]*max(i: w[i]*w[i])', [-2, 2, 1], [4 + 8, 0, 0]],
  ] as const)('%s at %j goes to the first winner', (loss, w, wanted) => {
    expect(derivatives(loss, w as unknown as number[])).toEqual(wanted);
  });

  it.each(['max', 'min'])('may be claimed either way, of %s as well', (kind) => {
    const sign = kind === 'max' ? '>' : '<';
    const text = (slope: string) => `param w = [0, 1, -1]
forward
  L = sum(i: ${kind}(w[i], 0))
backward
  g[i] = ${slope} : dL/dw[i]
`;
    expect(verifyClaims(text(`[w[i] ${sign} 0]`))).toEqual([]);
    expect(verifyClaims(text(`[w[i] ${sign}= 0]`))).toEqual([]);
    expect(verifyClaims(text(`[w[i] ${sign} 2]`))).toHaveLength(1);
  });

  it.each([
    ['max(w[i], 0)', [1]],
    ['max(0, w[i])', [1]],
    ['min(w[i], 0)', [1]],
    ['min(0, w[i])', [1]],
    ['abs(w[i])', [1]],
    ['w[i]*[w[i] > 0]', [1]],
    ['w[i]*[w[i] <= 1]', [2]],
    ['max(w[i], 3)', []],
    ['min(w[i], 3) + abs(w[i] - 5)', []],
  ] as const)('is what the gradient check says of %s', (code, wanted) => {
    const text = `param w = [0, 1, -1]\nforward\n  y[i] = ${code}\n  L = sum(i: y[i])\nbackward\n  g[i] : dL/dw[i]\n`;
    const machine = new Machine(programOf(text), 'full');
    machine.extend();
    const kinks = new GradientCheck(machine, 1).kinks ?? [];
    expect(kinks.map(({ formula, cell }) => [formula.target, ...cell])).toEqual(wanted.map((n) => ['y', n]));
  });
});
