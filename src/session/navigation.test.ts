import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchPerceptron, sampledAdversaries, xor } from '../machine/testing/batches.testing.ts';
import { adversaries, attentionCase, gated, lecture } from '../machine/testing/models.testing.ts';
import { compileProgram, type Program, scheduleModel } from '../program/program.ts';
import { type Cursor, Navigation, type StepGrain } from './navigation.ts';

const seed = 20201005;

/** Functions that begin together, end together and call each other: where *over* and *back over* could differ. */
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
const grains: readonly StepGrain[] = [
  'operation',
  'term',
  'cell',
  'formula',
  'phase',
  'update',
  'frame',
  'epoch',
];
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

  it.each([
    lecture,
    adversaries.text,
    attentionCase(1).text,
    gated(1).text,
    xor.text,
    batchPerceptron(1).text,
    batchPerceptron(4).text,
    sampledAdversaries.text,
  ])(
    'goes through a run grain by grain and back the same way, and finer grains end where coarser ones do: %#',
    (text) => {
      const { program: given } = navigationOf(text);
      for (const schedule of ['by sample', 'together'] as const) {
        const whole = scheduleModel(given.model, schedule).program;
        if (whole === undefined) continue;
        const moves = new Navigation(whole);
        const end = Math.min(moves.around(1, 'epoch').last, 2 * whole.size);
        const stops = (grain: StepGrain) => {
          const found: number[] = [0];
          for (let cursor = moves.to(0); cursor.step < end; found.push(cursor.step))
            cursor = moves.next(cursor, grain);
          for (let at = found.length - 1; at > 0; at--) {
            const { step } = moves.previous(moves.to(found[at]), grain);
            if (step !== found[at - 1])
              throw new Error(`${grain} before ${found[at]}: ${step}, not ${found[at - 1]}`);
          }
          return new Set(found.filter((step) => step <= end));
        };
        const all = new Map([...grains, 'sample' as const].map((grain) => [grain, stops(grain)]));
        const isWithin = (coarse: StepGrain, fine: StepGrain) =>
          expect(
            [...(all.get(coarse) ?? [])].filter((step) => !all.get(fine)?.has(step)),
            `${coarse} in ${fine}`,
          ).toEqual([]);
        grains.slice(1).forEach((grain, at) => void isWithin(grain, grains[at]));
        isWithin('sample', 'cell');
      }
    },
  );

  it('takes a sum term by term, each with the operation that joins it', () => {
    const { navigation: moves } = navigationOf(
      'given x = [1, 2, 3]\nparam w = [4, 5, 6]\nforward\n  y = 2 * sum(i: w[i] * x[i]) + 1\n  z = sum(i: x[i])',
    );
    const ends: number[] = [];
    for (let cursor = moves.to(0); cursor.step < 9; ends.push(cursor.step))
      cursor = moves.next(cursor, 'term');
    // 4·1; 5·2 and +; 6·3 and +; 2· and +1; and z, whose terms take nothing but the two additions.
    expect(ends).toEqual([1, 3, 5, 7, 8, 9]);
  });

  it('knows samples and epochs where there are some', () => {
    const { navigation: batch, program: four } = navigationOf(xor.text);
    expect(four.passes[0].sample).toBe(1);
    const first = batch.next(batch.to(0), 'sample').step;
    expect(four.passOf(first).sample).toBe(1);
    expect(four.passOf(first).phase).toBe('backward');
    expect(four.passOf(first + 1).sample).toBe(2);
    const { navigation: rows, program: one } = navigationOf(
      'sample x = [1, 2, 3]\nparam w = 1\nforward\n  L = (w * x)^2\nupdate\n  w <- w - 0.1 * dL/dw',
    );
    expect(rows.next(rows.to(1), 'epoch').step).toBe(3 * one.size);
    expect(rows.previous(rows.to(5 * one.size), 'epoch').step).toBe(3 * one.size);
    const has = (moves: Navigation) =>
      (['term', 'sample', 'update', 'epoch'] as const).filter((grain) => moves.has(grain));
    expect(has(rows)).toEqual(['update', 'epoch']);
    expect(has(batch)).toEqual(['term', 'sample', 'update']);
  });

  it('never leaves the run', () => {
    expect(navigation.back(navigation.to(0)).step).toBe(0);
    expect(navigation.backOver(navigation.to(-5)).step).toBe(0);
    expect(navigation.to(1e300).step).toBe(navigation.end);
    expect(navigation.over(navigation.to(navigation.end)).step).toBe(navigation.end);
    expect(navigation.next(navigation.to(navigation.end), 'frame').step).toBe(navigation.end);
  });
});
