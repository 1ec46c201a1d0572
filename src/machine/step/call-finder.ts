import { walk } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import type { Location, Program, Steps } from '../../program/program.ts';
import { CountedCells } from './counted-cells.ts';

/** Finds the function calls that contain a step. That does not depend on numbers, so no frame is run for it. */
export class CallFinder {
  private readonly cells: CountedCells;
  private readonly calling = new Map<Formula, boolean>();

  constructor(private readonly program: Program) {
    this.cells = new CountedCells(program);
  }

  /**
   * The calls that contain a step of a frame (from 1, not checked), outermost first, with their first and last steps in the frame
   * (inclusive); empty if there is none.
   */
  around(step: number): Steps[] {
    const location: Location = this.program.locate(step);
    const { formula, operation, first } = location;
    if (!this.calls(formula)) return [];
    const before = first - 1;
    return this.cells
      .root(location)
      .callsAround(operation)
      .map((call) => ({ first: before + call.first, last: before + call.last }));
  }

  private calls(formula: Formula): boolean {
    let found = this.calling.get(formula);
    if (found === undefined) {
      found = [...walk(formula.expression)].some(({ kind }) => kind === 'call');
      this.calling.set(formula, found);
    }
    return found;
  }
}
