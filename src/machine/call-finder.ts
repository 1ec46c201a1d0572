import { walk } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import type { Location, Program, Steps } from '../program/program.ts';
import { Layout } from './layout.ts';
import { Stepper } from './stepper.ts';
import { Tape } from './tape.ts';

/** Finds the functions that a step lies in. That does not depend on numbers, so no frame has to be run for it. */
export class CallFinder {
  private readonly tape = new Tape();
  private readonly stepper: Stepper;
  private readonly calling = new Map<Formula, boolean>();
  /** The step of the first operation of the cell on the tape. */
  private onTape = 0;

  constructor(private readonly program: Program) {
    const { model } = program;
    const anyNumber = () => () => 0;
    this.stepper = new Stepper(model.functions, new Layout(model), this.tape, anyNumber);
  }

  /** The functions around a step of a frame, outermost first, with their first and last steps in the frame. */
  around(step: number): Steps[] {
    const { formula, cell, operation, first }: Location = this.program.locate(step);
    if (!this.calls(formula)) return [];
    if (this.onTape !== first) {
      this.tape.clear();
      this.stepper.of(formula).at(cell);
      this.onTape = first;
    }
    const before = first - 1;
    return this.tape
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
