import { type CellReference, type Explanation, explain } from '../explain/explanation.ts';
import { Figures } from '../explain/figures.ts';
import type { Version } from '../formula/expression.ts';
import { cellName } from '../formula/model.ts';
import type { Machine, RunPrecision } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import type { Program } from '../program/program.ts';
import type { ChangedMachines } from './machines.ts';
import type { SessionState } from './state.ts';

/** A stored value of a frame that is not finite, and the step across frames that stored it. */
export interface RunFault {
  readonly step: number;
  readonly cell: string;
  readonly value: number;
}

/**
 * A model's run at the step that the reader has chosen, in every reading. Each is computed when it is first asked for, and kept;
 * another state has a present step of its own.
 */
export class PresentStep {
  private readonly moments: Partial<Record<RunPrecision, Moment>> = {};
  private explained: { readonly explanation: Explanation | undefined } | undefined;

  constructor(
    private readonly program: Program,
    /** Those of the state's changes. */
    private readonly machines: ChangedMachines,
    private readonly state: SessionState,
  ) {}

  /** The machine of the chosen run and numbers. */
  get machine(): Machine {
    return this.machineOf(this.state.precision);
  }

  private machineOf(run: RunPrecision): Machine {
    return this.machines.of(run, this.state.mode);
  }

  /** The moment of the chosen run. */
  get moment(): Moment {
    return this.momentOf(this.state.precision);
  }

  /** The step in either run: they have the same steps, only the numbers differ. */
  momentOf(run: RunPrecision): Moment {
    const made = this.moments[run] ?? new Moment(this.machineOf(run), this.state.cursor.step);
    this.moments[run] = made;
    return made;
  }

  get figures(): Figures {
    return this.figuresOf(this.state.precision);
  }

  figuresOf(run: RunPrecision): Figures {
    return new Figures(this.program.model, run, this.state.digits);
  }

  /** The step in every reading; undefined before the first. */
  get explanation(): Explanation | undefined {
    this.explained ??= { explanation: explain(this.moment, this.figures) };
    return this.explained.explanation;
  }

  /** Which sample of the batch the step works on, from 1; undefined where it is none alone. */
  get sample(): number | undefined {
    const { model } = this.program;
    const { location, operation } = this.moment;
    if (model.batch === undefined || location === undefined) return undefined;
    const own = this.program.sampleOf(location);
    if (own !== undefined) return own;
    const isOfSample = ({ name }: { name: string }) => model.quantities.get(name)?.perSample === true;
    const reads = operation?.operands.some((one) => one.kind === 'cell' && isOfSample(one.reference));
    // What is done with the samples' sum, such as dividing it by their number, is about none of them alone.
    if (!reads && operation?.name !== 'add') return undefined;
    return this.explanation?.recent.find(isOfSample)?.cell[0];
  }

  /** Whether the reader's numbers make a cell differ from the lesson's own run, in this frame. */
  differs(name: string, version: Version, cell: readonly number[]): boolean {
    const { frame } = this.moment;
    if (this.state.changes.present.every((change) => change.frame > frame)) return false;
    const own = this.untouchedValue(this.state.precision, name, version, cell);
    return !Object.is(this.machine.value(frame, name, version, cell), own);
  }

  /** What a cell of this frame holds in the lesson's own run, whatever the reader has changed. */
  untouchedValue(run: RunPrecision, name: string, version: Version, cell: readonly number[]): number {
    return this.machines.untouched.of(run, this.state.mode).value(this.moment.frame, name, version, cell);
  }

  /** The first stored value of this frame that is not finite. */
  get fault(): RunFault | undefined {
    const { frame } = this.moment;
    const fault = this.machine.fault(frame);
    return fault && { ...fault, step: this.machine.stepAt(frame, fault.step) };
  }

  /**
   * The given cell, as it is edited, from which this frame has a number: of a sample the row that it is, else the cell itself;
   * undefined where the number is computed or drawn.
   */
  givenCellOf({ name, version, cell }: CellReference): string | undefined {
    const quantity = this.program.model.quantities.get(name);
    if (quantity === undefined || version === 'new') return undefined;
    if (quantity.numbers !== undefined) return cellName(name, cell);
    if (quantity.rows === undefined) return undefined;
    const rows = this.machine.inputs.rows(this.moment.frame);
    const [place, own] = quantity.perSample ? [cell[0] - 1, cell.slice(1)] : [0, cell];
    return cellName(name, [rows[place], ...own]);
  }
}
