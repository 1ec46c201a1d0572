import { cellAt, cellName } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import { areFinite } from './finite.ts';
import type { Layout } from './layout.ts';

/** A stored value that is not finite. */
export interface Fault {
  /** Such as `W1[1,2]`. */
  readonly cell: string;
  /** NaN or infinite. */
  readonly value: number;
  /** The step within the frame, from 1, that stored it. */
  readonly step: number;
}

/**
 * The first non-finite value that a finished frame has computed, in the order of its steps; undefined if all are finite. `memory`
 * has the frame's numbers as the layout says; given data are not checked.
 */
export function faultOf(program: Program, layout: Layout, memory: Float64Array): Fault | undefined {
  let first: Fault | undefined;
  for (const formula of program.model.formulas) {
    const { shape, offset, size } = layout.slot(formula.target, formula.version);
    if (areFinite(memory, offset, offset + size)) continue;
    for (let flat = 0; flat < size; flat++) {
      const value = memory[offset + flat];
      if (Number.isFinite(value)) continue;
      const cell = cellAt(shape, flat);
      const step = program.stepsOf(formula, cell).last;
      if (first === undefined || step < first.step)
        first = { cell: cellName(formula.target, cell), value, step };
    }
  }
  return first;
}
