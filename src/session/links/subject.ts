import { cellName } from '../../formula/model.ts';
import type { Location, Program } from '../../program/program.ts';
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
  if (isComputed) return cellKey(frame, program.locate(step - (frame - 1) * program.size));
  return isNumber ? undefined : stepKey(step);
}

/** The keys of a session's present step, the cell's first. */
export function subjectsOf({ moment, state }: Session): readonly string[] {
  const own = stepKey(state.cursor.step);
  return moment.location === undefined ? [own] : [cellKey(moment.frame, moment.location), own];
}

const stepKey = (step: number): string => `step ${step}`;

const cellKey = (frame: number, { formula, cell }: Location): string =>
  `${frame} ${formula.version} ${cellName(formula.target, cell)}`;
