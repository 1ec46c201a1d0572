import { type Explanation, explain } from '../explain/explanation.ts';
import { Figures } from '../explain/figures.ts';
import type { Version } from '../formula/expression.ts';
import type { Machine, RunPrecision } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import type { Program } from '../program/program.ts';
import type { ChangedMachines } from './machines.ts';
import type { SessionState } from './state.ts';

/** A stored value of a frame that is not finite: its cell, such as `W1[1,2]`, and where it was stored. */
export interface RunFault {
  /** Counted across frames, from 1. */
  readonly step: number;
  readonly cell: string;
  /** NaN or an infinity. */
  readonly value: number;
}

/**
 * A model's run at the step of a session's state, in every reading. Each is computed on demand and cached; every new state gets a
 * new `PresentStep`.
 */
export class PresentStep {
  private readonly moments: Partial<Record<RunPrecision, Moment>> = {};
  private explained: { readonly explanation: Explanation | undefined } | undefined;

  constructor(
    private readonly program: Program,
    /** Set to the state's changes. */
    private readonly machines: ChangedMachines,
    private readonly state: SessionState,
  ) {}

  /** The machine of the state's precision, mode and changes. */
  get machine(): Machine {
    return this.machineOf(this.state.precision);
  }

  private machineOf(run: RunPrecision): Machine {
    return this.machines.of(run, this.state.mode);
  }

  /** The moment at the state's precision. */
  get moment(): Moment {
    return this.momentOf(this.state.precision);
  }

  /** The moment at either precision: the steps are the same, only the numbers differ. */
  momentOf(run: RunPrecision): Moment {
    const made = this.moments[run] ?? new Moment(this.machineOf(run), this.state.cursor.step);
    this.moments[run] = made;
    return made;
  }

  /** How numbers are written at the state's precision. */
  get figures(): Figures {
    return this.figuresOf(this.state.precision);
  }

  /** How numbers are written at either precision. */
  figuresOf(run: RunPrecision): Figures {
    return new Figures(this.program.model, run, this.state.digits);
  }

  /** The step in every reading; undefined before the first. */
  get explanation(): Explanation | undefined {
    this.explained ??= { explanation: explain(this.moment, this.figures) };
    return this.explained.explanation;
  }

  /** Which sample of the batch the step works on, from 1; undefined without a batch, or where it is not about a single sample. */
  get sample(): number | undefined {
    const { model } = this.program;
    const { location, operation } = this.moment;
    if (model.batch === undefined || location === undefined) return undefined;
    const own = this.program.sampleOf(location);
    if (own !== undefined) return own;
    const isOfSample = ({ name }: { name: string }) => model.quantities.get(name)?.perSample === true;
    const reads = operation?.operands.some((one) => one.kind === 'cell' && isOfSample(one.reference));
    // An operation on the samples' sum, such as dividing it by their number, is not about a single sample.
    if (!reads && operation?.name !== 'add') return undefined;
    return this.explanation?.recent.find(isOfSample)?.cell[0];
  }

  /** Whether the reader's changes make a cell (indices from 1) of this frame differ from the lesson's own run. */
  differs(name: string, version: Version, cell: readonly number[]): boolean {
    const { frame } = this.moment;
    if (this.state.changes.present.every((change) => change.frame > frame)) return false;
    const own = this.untouchedValue(this.state.precision, name, version, cell);
    return !Object.is(this.machine.value(frame, name, version, cell), own);
  }

  /** The value of a cell of this frame in the lesson's own run, without the reader's changes. */
  untouchedValue(run: RunPrecision, name: string, version: Version, cell: readonly number[]): number {
    return this.machines.untouched.of(run, this.state.mode).value(this.moment.frame, name, version, cell);
  }

  /** The first stored value of this frame that is not finite; undefined where all are. */
  get fault(): RunFault | undefined {
    const { frame } = this.moment;
    const fault = this.machine.fault(frame);
    return fault && { ...fault, step: this.machine.stepAt(frame, fault.step) };
  }
}
