import { type Explanation, explain } from '../explain/explanation.ts';
import { Figures, usualDigits } from '../explain/figures.ts';
import type { Version } from '../formula/expression.ts';
import { givenValue } from '../formula/given.ts';
import type { Model } from '../formula/model.ts';
import type { Limits, Machine, Mode, Moment, Run } from '../machine/machine.ts';
import type { Program } from '../program/program.ts';
import { command, type State } from './commands.ts';
import { readEdit } from './edit.ts';
import { Machines } from './machines.ts';
import { Navigation } from './navigation.ts';
import { type OpenThread, TrainingControl } from './training.ts';

/** A stored value of the frame that is not finite, and the step across frames that stored it. */
export interface RunFault {
  readonly step: number;
  readonly cell: string;
  readonly value: number;
}

/**
 * One reader at one model: a small immutable state, commands that change it, and listeners that are told.
 * Everything else is derived from the state when it is asked for.
 */
export class Session {
  readonly model: Model;
  private current: State = {
    cursor: { step: 0, open: [] },
    run: 'lesson',
    mode: 'train',
    digits: usualDigits,
    edits: new Map(),
  };
  private machines: Machines;
  private readonly untouched: Machines;
  private readonly navigation: Navigation;
  private readonly listeners = new Set<() => void>();
  private moments: Partial<Record<Run, Moment>> = {};
  /** Trains the machine of the chosen run and numbers. */
  readonly training: TrainingControl;
  private explanationMade: { explanation: Explanation | undefined } | undefined;

  constructor(
    readonly program: Program,
    /** The lesson's name for the model. */
    readonly name: string,
    /** Where training may have a thread of its own. */
    openThread: OpenThread = () => undefined,
    private readonly limits: Limits = {},
  ) {
    this.model = program.model;
    this.untouched = new Machines(program, new Map(), limits);
    this.machines = this.untouched;
    this.navigation = new Navigation(program, () => this.furthest);
    this.training = new TrainingControl(this.trained, openThread, () => this.notify());
  }

  get state(): State {
    return this.current;
  }

  /** Tells the listener of every change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Carries out a command of the table. Unknown ones, and those that are the debugger's own, are a mistake of the caller. */
  dispatch(id: string): void {
    const found = command(id);
    if (found?.apply === undefined) throw new RangeError(`no command ${id} of a session`);
    this.change(found.apply(this.current, this.navigation));
  }

  /** Goes to a step, counted across frames; 0 is before the first. */
  goTo(step: number): void {
    this.change({ ...this.current, cursor: this.navigation.to(step) });
  }

  /** Goes to the same step of another frame; from before the first step to the first one. */
  goToFrame(frame: number): void {
    this.goTo(
      this.machine.stepAt(frame, frame === 1 ? this.moment.inFrame : Math.max(1, this.moment.inFrame)),
    );
  }

  /** Goes to the step of the present frame that finishes a cell; false where nothing computes it. */
  goToCell(name: string, version: Version, cell: readonly number[]): boolean {
    const steps = this.program.writing(name, version, cell);
    if (steps !== undefined) this.goTo(this.machine.stepAt(this.moment.frame, steps.last));
    return steps !== undefined;
  }

  setRun(run: Run): void {
    this.change({ ...this.current, run });
  }

  /** Shows every frame as it is in training, or as it would be if its parameters were only put to use. */
  setMode(mode: Mode): void {
    this.change({ ...this.current, mode });
  }

  /** Whether the model does something else in training than in use. */
  get hasModes(): boolean {
    return [...this.model.quantities.values()].some(({ role }) => role === 'mode');
  }

  setDigits(digits: number): void {
    this.change({ ...this.current, digits: Math.min(15, Math.max(1, Math.round(digits))) });
  }

  /** Puts the reader's number in a cell; the message, and nothing changed, where it cannot be used. */
  edit(cell: string, text: string): string | undefined {
    const found = readEdit(this.model, cell, text);
    if ('error' in found) return found.error;
    this.setEdits(new Map(this.current.edits).set(found.cell, found.value));
    return undefined;
  }

  /** All of the reader's numbers at once, as a link carries them. */
  setEdits(edits: ReadonlyMap<string, number>): void {
    const own = new Map(
      [...edits].filter(([cell, value]) => !Object.is(givenValue(this.model, cell), value)),
    );
    this.change({ ...this.current, edits: own });
  }

  private change(next: State): void {
    if (next.edits !== this.current.edits) {
      this.machines =
        next.edits.size === 0 ? this.untouched : new Machines(this.program, next.edits, this.limits);
    }
    this.current = next;
    this.moments = {};
    this.explanationMade = undefined;
    this.training.use(this.trained);
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  get machine(): Machine {
    return this.machineOf(this.current.run);
  }

  private machineOf(run: Run): Machine {
    return this.machines.of(run, this.current.mode);
  }

  /** The machine that training goes on with, whether or not the reader looks at it. */
  private get trained(): Machine {
    return this.machines.of(this.current.run);
  }

  /** All frames up to this one have been trained, or run to be looked at. */
  get furthest(): number {
    return this.trained.furthest;
  }

  /** Which sample of the batch the present step works on, from 1; undefined where it is none alone. */
  get sample(): number | undefined {
    const { location } = this.moment;
    if (this.model.batch === undefined || location === undefined) return undefined;
    const own = this.program.sampleOf(location);
    if (own !== undefined) return own;
    const isOfSample = ({ name }: { name: string }) => this.model.quantities.get(name)?.perSample === true;
    const { operation } = this.moment;
    const reads = operation?.operands.some((one) => one.kind === 'cell' && isOfSample(one.reference));
    // What is done with the samples' sum, such as dividing it by their number, is about none of them alone.
    if (!reads && operation?.name !== 'add') return undefined;
    return this.explanation?.recent.find(isOfSample)?.cell[0];
  }

  /** The present moment of the chosen run. */
  get moment(): Moment {
    return this.momentOf(this.current.run);
  }

  /** The present step in either run: they have the same steps, only the numbers differ. */
  momentOf(run: Run): Moment {
    const made = this.moments[run] ?? this.machineOf(run).moment(this.current.cursor.step);
    this.moments[run] = made;
    return made;
  }

  figuresOf(run: Run): Figures {
    return new Figures(this.model, run, this.current.digits);
  }

  get figures(): Figures {
    return this.figuresOf(this.current.run);
  }

  /** The present step in every reading; undefined before the first. */
  get explanation(): Explanation | undefined {
    this.explanationMade ??= { explanation: explain(this.moment, this.figures) };
    return this.explanationMade.explanation;
  }

  /** Whether the reader's numbers make a cell differ from the lesson's own run, in the present frame. */
  differs(name: string, version: Version, cell: readonly number[]): boolean {
    if (this.machines === this.untouched) return false;
    const { frame } = this.moment;
    return !Object.is(
      this.machine.value(frame, name, version, cell),
      this.untouched.of(this.current.run, this.current.mode).value(frame, name, version, cell),
    );
  }

  /** What a cell of the present frame holds in the lesson's own run, whatever the reader has changed. */
  untouchedValue(run: Run, name: string, version: Version, cell: readonly number[]): number {
    return this.untouched.of(run, this.current.mode).value(this.moment.frame, name, version, cell);
  }

  /** The first stored value of the present frame that is not finite. */
  get fault(): RunFault | undefined {
    const { frame } = this.moment;
    const fault = this.machine.fault(frame);
    return fault && { ...fault, step: this.machine.stepAt(frame, fault.step) };
  }

  /** Steps of the cell, formula, phase or frame around the last step (around the first, before it). */
  around(grain: Parameters<Navigation['around']>[1]): { first: number; last: number } {
    return this.navigation.around(Math.max(1, this.current.cursor.step), grain);
  }

  /** The furthest step that can be gone to. */
  get end(): number {
    return this.navigation.end;
  }
}
