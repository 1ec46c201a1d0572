import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../program/program.ts';
import { type Cursor, type Grain, Navigation } from './navigation.ts';

const seed = 20201005;

/** Functions that begin together, end together and call each other: where *over* and *back over* could part. */
const nested = `
given x = [0.3, -0.7]
param w = [0.5, 0.2]
eta = 0.1
function twice(z) = 2 * z
function outer(z) = 1 + sigmoid(twice(z))
function tail(z) = outer(z + 1)
function same(z) = tail(z)
forward
  a[i] = same(w[i] * x[i])
  b[i] = tail(a[i]) * sigmoid(a[i])
  c[i] = step(b[i])
  L = sum(i: (b[i] - c[i])^2)
update
  w[i] <- w[i] - eta * dL/dw[i]
`;

function navigationOf(text: string): { program: Program; navigation: Navigation } {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { program, navigation: new Navigation(program) };
}

const { program, navigation } = navigationOf(nested);
const grains: readonly Grain[] = ['operation', 'cell', 'formula', 'phase', 'frame'];
const anyStep = fc.integer({ min: 0, max: 3 * program.size });

/** Cursors as a reader reaches them: jump somewhere, then press some keys. */
const anyCursor = fc
  .tuple(
    anyStep,
    fc.array(fc.constantFrom('into', 'back', 'over', 'backOver', 'out', 'backOut'), { maxLength: 6 }),
  )
  .map(([step, keys]) =>
    keys.reduce<Cursor>((cursor, key) => navigation[key as 'into'](cursor), navigation.to(step)),
  );

describe('navigation', () => {
  it('over, then back over, is where one began', () => {
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        const there = navigation.over(cursor);
        expect(there.step).toBeGreaterThan(cursor.step);
        expect(navigation.backOver(there).step).toBe(cursor.step);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('back over, then over, is where one began', () => {
    fc.assert(
      fc.property(anyCursor, (cursor) => {
        fc.pre(cursor.step > 0);
        expect(navigation.over(navigation.backOver(cursor)).step).toBe(cursor.step);
      }),
      { seed, numRuns: 3000 },
    );
  });

  it('into goes through every operation, one at a time, and back returns', () => {
    let cursor = navigation.to(0);
    for (let step = 1; step <= 2 * program.size; step++) {
      cursor = navigation.into(cursor);
      expect(cursor.step).toBe(step);
    }
    for (let step = 2 * program.size - 1; step >= 0; step--) {
      cursor = navigation.back(cursor);
      expect(cursor.step).toBe(step);
    }
  });

  it('over passes a call as one, into enters it', () => {
    const { navigation: lecture, program: sigma } = navigationOf(
      'given z = 0.5\nforward\n  y = sigmoid(z) * 2',
    );
    expect(sigma.size).toBe(5);
    expect(lecture.over(lecture.to(0)).step).toBe(4);
    expect(lecture.into(lecture.to(0)).step).toBe(1);
    expect(lecture.over(lecture.into(lecture.to(0))).step).toBe(2);
    expect(lecture.out(lecture.into(lecture.to(0))).step).toBe(4);
    expect(lecture.backOver(lecture.to(4)).step).toBe(0);
    expect(lecture.backOut(lecture.to(2)).step).toBe(0);
  });

  it('goes to ends of its grain, forwards and back, and each grain lies within the next', () => {
    fc.assert(
      fc.property(anyStep, fc.constantFrom(...grains), (step, grain) => {
        const next = navigation.next(navigation.to(step), grain);
        expect(next.step).toBeGreaterThan(step);
        const { first, last } = navigation.around(next.step, grain);
        expect(next.step).toBe(last);
        expect(navigation.previous(next, grain).step).toBe(first - 1);
        const coarser = grains[grains.indexOf(grain) + 1];
        if (coarser === undefined) return;
        const outside = navigation.around(next.step, coarser);
        expect(outside.first).toBeLessThanOrEqual(first);
        expect(outside.last).toBeGreaterThanOrEqual(last);
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('never leaves the run', () => {
    expect(navigation.back(navigation.to(0)).step).toBe(0);
    expect(navigation.backOver(navigation.to(-5)).step).toBe(0);
    expect(navigation.to(1e300).step).toBe(navigation.end);
    expect(navigation.over(navigation.to(navigation.end)).step).toBe(navigation.end);
    expect(navigation.next(navigation.to(navigation.end), 'frame').step).toBe(navigation.end);
  });
});
