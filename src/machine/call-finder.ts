import { walk } from '../formula/expression.ts';
import type { Formula } from '../formula/model.ts';
import type { Location, Program, Steps } from '../program/program.ts';
import { Layout } from './layout.ts';
import { Stepper } from './stepper.ts';
import { Transcript } from './transcript.ts';

/** Finds the functions that a step lies in. That does not depend on numbers, so no frame has to be run for it. */
export class CallFinder {
  private readonly transcript = new Transcript();
  private readonly stepper: Stepper;
  private readonly calling = new Map<Formula, boolean>();
  /** The step of the first operation of the cell on the transcript. */
  private written = 0;

  constructor(private readonly program: Program) {
    const { model } = program;
    const anyNumber = () => () => 0;
    this.stepper = new Stepper(model.functions, new Layout(model), this.transcript, anyNumber);
  }

  /** The functions around a step of a frame, outermost first, with their first and last steps in the frame. */
  around(step: number): Steps[] {
    const { formula, cell, operation, first }: Location = this.program.locate(step);
    if (!this.calls(formula)) return [];
    if (this.written !== first) {
      this.transcript.clear();
      this.stepper.of(formula).at(cell);
      this.written = first;
    }
    const before = first - 1;
    return this.transcript
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
