import { expect } from 'vitest';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { Alignment } from '../inspect/alignment.ts';
import { FrameDifference } from '../inspect/run-difference.ts';
import type { Machine, RunPrecision } from '../machine.ts';
import type { ModelCase } from './models.testing.ts';
import { arrayCells, cellKey, type RecordedStep, type Recording, record } from './recorder.testing.ts';

/* Differences found between two runs, compared with a scan of every step of the slow recorder. */

/** How many frames are compared. */
export const frames = 2;

/** Compiles a case; throws if that fails. */
export function caseProgram({ name, text }: ModelCase): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message)}\n${text}`);
  return program;
}

/** The slow recorder's steps of a case. */
export function recorded(
  one: ModelCase,
  { model }: Program,
  precision: RunPrecision,
  edits = new Map<string, number>(),
): Recording[] {
  const schedule = model.batch?.together === undefined ? model.batch?.schedule : 'together';
  return record(model, frames, {
    rounded: precision === 'lesson',
    edits,
    ...(one.recurrent && { recurrent: one.recurrent }),
    ...(schedule && { schedule }),
  });
}

/** Whether two recorded steps differ in their operation or any number. */
const differs = (a: RecordedStep, b: RecordedStep): boolean =>
  !Object.is(a.value, b.value) ||
  !Object.is(a.stored, b.stored) ||
  a.operands.some(({ value }, at) => !Object.is(value, b.operands[at].value));

/** Compares the differences found with a scan of every step, from the start, from the end, and from some steps between. */
export function compareDifferences(
  one: ModelCase,
  machines: readonly [Machine, Machine],
  recordings: readonly [Recording[], Recording[]],
): number {
  const [here, there] = machines;
  const alignment = new Alignment(here.program, there.program);
  let count = 0;
  for (let frame = 1; frame <= frames; frame++) {
    const [a, b] = recordings.map((recording) => recording[frame - 1].steps);
    const wanted = a.flatMap((step, n) => (differs(step, b[n]) ? [n + 1] : []));
    count += wanted.length;
    const found = new FrameDifference(here, there, alignment, frame);
    const what = `${one.name}, frame ${frame}\n${one.text}`;
    expect(found.isEmpty, what).toBe(wanted.length === 0);
    expect(found.next(0)?.here.step, `first of ${what}`).toBe(wanted[0]);
    expect(found.previous(a.length + 1)?.here.step, `last of ${what}`).toBe(wanted.at(-1));
    for (let trial = 0; trial < 12; trial++) {
      const from = 1 + Math.floor(uniform(7, trial, frame) * a.length);
      const [next, previous] = [
        wanted.find((step) => step > from),
        wanted.filter((step) => step < from).at(-1),
      ];
      expect(found.next(from)?.here.step, `after ${from}, ${what}`).toBe(next);
      expect(found.previous(from)?.here.step, `before ${from}, ${what}`).toBe(previous);
      const sides = found.at(from);
      expect(sides.here.operation.value, what).toBe(a[from - 1].value);
      expect(sides.there?.operation.value, what).toBe(b[from - 1].value);
      expect([sides.here.stored ?? null, sides.there?.stored ?? null], what).toEqual([
        a[from - 1].stored,
        b[from - 1].stored,
      ]);
    }
  }
  return count;
}

/** Cells of parameters and data that can be edited. */
export const changeable = ({ model }: Program): { cell: string; value: number }[] =>
  [...model.quantities.values()].flatMap(({ name, shape, numbers, domain }) =>
    numbers === undefined || domain === 'index'
      ? []
      : arrayCells(shape).map((cell, flat) => ({
          cell: cellKey('', name, cell).trim(),
          value: numbers[flat],
        })),
  );
