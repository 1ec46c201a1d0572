import type { Formula } from '../../formula/model.ts';
import type { Moment } from '../../machine/moment.ts';
import { Occurrences } from '../../program/occurrences.ts';

/**
 * The step, counted across frames, of the first operation of a formula's next cell that begins after the moment, in this frame
 * or else in the following one, which need not have been run; undefined where the formula has no cells.
 */
export function nextCellOfFormula({ machine, frame, inFrame }: Moment, formula: Formula): number | undefined {
  const cells = new Occurrences(machine.program, formula);
  if (cells.count === 0) return undefined;
  for (let n = cells.finished(inFrame) + 1; n <= cells.count; n++) {
    const { first } = cells.steps(n);
    if (first > inFrame) return machine.stepAt(frame, first);
  }
  return machine.stepAt(frame + 1, cells.steps(1).first);
}
