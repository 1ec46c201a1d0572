import { readDrawing } from '../../explain/drawing.ts';
import { readRecurrence } from '../../explain/recurrence.ts';
import { Machine } from '../../machine/machine.ts';
import type { Program } from '../../program/program.ts';
import { arraysPicture } from './arrays-picture.ts';
import { networkPicture } from './network-picture.ts';
import { unrolledPicture } from './unrolled-picture.ts';

/**
 * A small picture of a model, read from its formulas as the debugger's drawing is: its network, or unrolled time, or the tables
 * of numbers that it computes. SVG without styles, which the page's sheet gives; undefined where there is nothing to draw. One
 * frame is run, unless only the formulas are needed.
 */
export function modelPicture(program: Program): string | undefined {
  const machine = () => new Machine(program, 'lesson');
  const recurrence = readRecurrence(program);
  if (recurrence !== undefined) return unrolledPicture(recurrence);
  const drawing = readDrawing(program.model);
  return drawing === undefined ? arraysPicture(machine()) : networkPicture(drawing, machine());
}
