import { cellAt, cellName } from '../formula/model.ts';
import { Machine } from '../machine/machine.ts';
import { uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';

export interface BitsReport {
  readonly cells: number;
  /** The first cell whose value in training has not the bits that stepping gives it. */
  readonly different: string | undefined;
}

/** Of each formula this many cells are stepped, all of them if it has no more. */
const perFormula = 40;

/** Whether a frame of training holds, in every formula, the very bits that stepping through its operations gives. */
export function compareBits(program: Program, frame: number): BitsReport {
  const machine = new Machine(program, 'full');
  let cells = 0;
  for (const formula of program.model.formulas) {
    const slot = machine.layout.slot(formula.target, formula.version);
    const count = Math.min(slot.size, perFormula);
    for (let n = 0; n < count; n++) {
      const flat = slot.size <= perFormula ? n : Math.floor(uniform(1, formula.id, n) * slot.size);
      const cell = cellAt(slot.shape, flat);
      const trained = machine.value(frame, formula.target, formula.version, cell);
      cells++;
      if (!Object.is(trained, machine.unfold(frame, formula, cell).stored))
        return { cells, different: cellName(formula.target, cell) };
    }
  }
  return { cells, different: undefined };
}
