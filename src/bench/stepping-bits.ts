import { cellAt, cellName } from '../formula/model.ts';
import { Machine } from '../machine/machine.ts';
import type { Slot } from '../machine/memory/layout.ts';
import { uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';
import { EngineEvaluation } from './engine.ts';

/** The result of comparing training with stepping. */
export interface BitsReport {
  /** How many cells were compared. */
  readonly cells: number;
  /** The first cell with different bits, such as `W1[1,2]`; undefined if there is none. */
  readonly different: string | undefined;
}

/** How many cells of each formula are stepped; all of them if it has no more. */
const perFormula = 40;

/**
 * Compares, bit by bit, up to 40 cells of every formula of a frame (from 1) of a new run with stepping through their operations,
 * and the whole training state after that frame with that of training without recording. Stops at the first difference.
 */
export function compareBits(program: Program, frame: number): BitsReport {
  const machine = new Machine(program, 'full');
  const memory = machine.frame(frame).memory.slice();
  let cells = 0;
  for (const formula of program.model.formulas) {
    const slot = machine.layout.slot(formula.target, formula.version);
    const count = Math.min(slot.size, perFormula);
    for (let n = 0; n < count; n++) {
      const flat = slot.size <= perFormula ? n : Math.floor(uniform(1, formula.id, n) * slot.size);
      const { stored } = machine.cellOperations(frame, formula, cellAt(slot.shape, flat));
      cells++;
      if (!Object.is(memory[slot.offset + flat], stored)) return { cells, different: nameOf(slot, flat) };
    }
  }
  const training = new EngineEvaluation(program);
  training.train(frame);
  for (const { new: slot } of machine.layout.renewed) {
    const handedOn = training.array(slot.name);
    for (let flat = 0; flat < slot.size; flat++) {
      cells++;
      if (!Object.is(memory[slot.offset + flat], handedOn[flat]))
        return { cells, different: nameOf(slot, flat) };
    }
  }
  return { cells, different: undefined };
}

const nameOf = ({ name, shape }: Slot, flat: number) => cellName(name, cellAt(shape, flat));
