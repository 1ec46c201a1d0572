import { describe, expect, it } from 'vitest';
import { holds } from '../../formula/affine.ts';
import { compileProgram } from '../../program/program.ts';
import { Layout } from '../memory/layout.ts';
import { planOf } from '../plan/lowering.ts';
import { type Axis, type PlanStatement, type PlanValue, valueParts } from '../plan/plan.ts';
import { graph } from './graphs.testing.ts';

/** All values of some axes. */
function placesOf(
  axes: readonly Axis[],
  at: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, number>[] {
  const [axis, ...inner] = axes;
  if (axis === undefined) return [at];
  const found: ReadonlyMap<string, number>[] = [];
  for (let n = axis.low; n <= axis.high; n++) found.push(...placesOf(inner, new Map(at).set(axis.name, n)));
  return found;
}

/** Awkward properties of a value, found by trying every place. */
function* awkward(value: PlanValue, around: readonly Axis[]): Generator<string> {
  const inside = value.kind === 'fold' ? [...around, ...value.axes] : around;
  if (value.kind === 'fold') {
    const whole = placesOf(value.axes).length;
    const counts = placesOf(around).map(
      (at) => placesOf(value.axes, at).filter((place) => holds(value.where, place)).length,
    );
    if (whole === 0) yield 'a range that is empty as written';
    else if (counts.every((count) => count === 0)) yield `${value.reducer} without any terms`;
    else if (counts.includes(0)) yield 'terms in some cells only';
    if (counts.some((count) => count > 0 && count < whole)) yield 'a clipped range';
    if (new Set(counts).size > 1) yield 'bounds that depend on an index around';
    if (value.where.length > 2) yield 'several conditions';
    if (value.axes.length > 1) yield 'two indices at once';
    if (counts.includes(1)) yield 'a single term';
  }
  const conditions = value.kind === 'where' ? value.conditions : value.kind === 'load' ? value.inside : [];
  if (conditions.length > 0) {
    const found = new Set(placesOf(around).map((at) => holds(conditions, at)));
    const what = value.kind === 'where' ? 'when' : 'guarded reading';
    if (found.has(false)) yield `${what} that ${found.has(true) ? 'sometimes' : 'always'} fails`;
  }
  for (const part of valueParts(value)) yield* awkward(part, inside);
}

function* awkwardIn(statements: readonly PlanStatement[], outer: readonly Axis[] = []): Generator<string> {
  for (const statement of statements) {
    if (statement.kind === 'assign') yield* awkward(statement.value, [...outer, ...statement.axes]);
    else {
      yield 'a recurrence';
      yield* awkwardIn(statement.body, [...outer, statement.axis]);
    }
  }
}

/** What stands in a text, and in how many of a hundred models at least. */
const written: Record<string, readonly [RegExp, number]> = {
  'a derived backward line': [/\] : -?dL|d\d : -?dL/, 15],
  'a claim of one’s own': [/ = .* : -?dL/, 8],
  'a gradient that is stopped': [/stop\(/, 5],
  'a slope of one’s own': [/slope/, 5],
  'a batch': [/^batch/m, 12],
  'a batch taken together': [/^batch.*together/m, 4],
  'a batch whose losses are added up': [/^batch.*sum/m, 6],
  'a shuffled batch': [/^batch.*shuffled/m, 3],
  'a line about the whole batch': [/\(n: q/, 1],
  'random numbers': [/^random/m, 3],
  'a mode': [/^mode/m, 4],
  'an optimizer’s state': [/^state/m, 10],
  'several phases of a kind': [/update[\s\S]*forward/, 5],
  'two updates': [/update[\s\S]*update/, 2],
  'a rounded quantity': [/^store/m, 5],
  'a mean': [/mean\(/, 4],
  'a sum that leaves an index out': [/where [^:]*!=/, 8],
  'a condition that leaves an index out': [/when\([^:]*!=/, 4],
  argmax: [/argmax/, 10],
  'a size of 1': [/^index . = 1\.\.1$/m, 20],
  'a size from 8 to 12': [/^index . = 1\.\.(8|9|10|11|12)$/m, 6],
};

/** What is found in plans, and in how many of a hundred models at least. */
const met: Record<string, number> = {
  'a range that is empty as written': 10,
  'sum without any terms': 15,
  'max without any terms': 10,
  'argmax without any terms': 8,
  'terms in some cells only': 8,
  'a clipped range': 15,
  'bounds that depend on an index around': 10,
  'several conditions': 6,
  'two indices at once': 20,
  'a single term': 20,
  'when that sometimes fails': 30,
  'when that always fails': 10,
  'guarded reading that sometimes fails': 20,
  'guarded reading that always fails': 10,
  'a recurrence': 3,
};

describe('random graphs of formulas', () => {
  const count = 300;
  const texts = Array.from({ length: count }, (_, seed) => graph(seed).text);
  const programs = texts.flatMap((text) => compileProgram(text).program ?? []);
  const share = (number: number) => (100 * number) / count;

  it('are models, all but a few', () => {
    expect(share(programs.length)).toBeGreaterThan(80);
    expect(new Set(texts).size).toBe(count);
  });

  it('are awkward in every way they are drawn for', () => {
    const found = new Map<string, number>();
    for (const program of programs)
      for (const what of new Set(awkwardIn(planOf(program, new Layout(program.model)))))
        found.set(what, (found.get(what) ?? 0) + 1);
    const rare = Object.entries(met).filter(([what, least]) => share(found.get(what) ?? 0) < least);
    expect(rare.map(([what]) => [what, found.get(what)])).toEqual([]);
  });

  it.each(Object.entries(written))('have %s often enough', (_, [pattern, least]) => {
    expect(share(texts.filter((text) => pattern.test(text)).length)).toBeGreaterThanOrEqual(least);
  });
});
