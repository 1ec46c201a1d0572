import { cellName } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Session } from '../session.ts';
import { type StepPlace, stepOfPlace } from './place.ts';

/*
 * What a sentence of a lesson speaks of, as a key: the computing of a cell in one frame, or a single step. Links in the prose have
 * keys, and so has a session's present step, so that a page can mark what speaks of it.
 */

/**
 * The key of a link's place: of the cell's computing where the place names a cell that a formula computes in that frame; else, for
 * a link to a step, of that step alone. Undefined for a number that is given, and where there is no such place.
 */
export function subjectOf(program: Program, place: StepPlace, isNumber: boolean): string | undefined {
  const found = stepOfPlace(program, place);
  if ('message' in found) return undefined;
  const { step } = found;
  const frame = Math.ceil(step / program.size);
  const isComputed = place.cell !== undefined && place.frame > 0 && frame === place.frame;
  if (isComputed) return cellKey(program, step);
  return isNumber ? undefined : stepKey(step);
}

/** The keys of a session's present step, the cell's first. */
export function subjectsOf({ program, state }: Session): readonly string[] {
  const { step } = state.cursor;
  return step === 0 ? [stepKey(0)] : [cellKey(program, step), stepKey(step)];
}

const stepKey = (step: number): string => `step ${step}`;

function cellKey(program: Program, step: number): string {
  const frame = Math.ceil(step / program.size);
  const { formula, cell } = program.locate(step - (frame - 1) * program.size);
  return `${frame} ${formula.version} ${cellName(formula.target, cell)}`;
}
