import type { CellReference, Explanation } from '../explain/explanation.ts';
import type { Figures } from '../explain/figures.ts';
import type { Version } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import type { Change, Limits, Machine, Mode, RunPrecision } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import type { Program } from '../program/program.ts';
import { type Breakpoint, toggled } from './breakpoints/breakpoint.ts';
import { SearchStatus } from './breakpoints/search-status.ts';
import { withAll, withChange, withPresent } from './changes.ts';
import { executeCommand, isNoOp, type StateCommand } from './command-execution.ts';
import { type Command, command } from './commands.ts';
import { readEdit, readOverride } from './edit.ts';
import { ChangedMachines } from './machines.ts';
import { type Cursor, Navigation } from './navigation.ts';
import { PresentStep, type RunFault } from './present-step.ts';
import { furthestReach, nearReach } from './reach.ts';
import { runAhead } from './run-ahead.ts';
import { initialState, type SessionState } from './state.ts';
import type { StatusMessage } from './status-message.ts';
import { type OpenThread, TrainingControl } from './training.ts';

/**
 * One reader at one model: a small immutable state, commands that change it, and listeners that are told.
 * Everything else is derived from the state when it is asked for.
 */
export class Session {
  readonly model: Model;
  private current: SessionState = initialState;
  private currentMessages: readonly StatusMessage[] = [];
  /** Where breakpoints stop. */
  readonly searchStatus = new SearchStatus(() => this.notify());
  private readonly machines: ChangedMachines;
  private readonly navigation: Navigation;
  private readonly listeners = new Set<() => void>();
  private present: PresentStep;
  /** Trains the machine of the chosen run and numbers. */
  readonly training: TrainingControl;

  constructor(
    readonly program: Program,
    /** The lesson's name for the model. */
    readonly name: string,
    /** Where training may have a thread of its own. */
    openThread: OpenThread = () => undefined,
    limits: Limits = {},
  ) {
    this.model = program.model;
    this.machines = new ChangedMachines(program, limits);
    this.present = this.presentStep();
    this.navigation = new Navigation(program, () => this.furthest);
    this.training = new TrainingControl(this.trained, openThread, () => this.notify());
  }

  get state(): SessionState {
    return this.current;
  }

  /** Tells the listener of every change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Carries out a command of the table, so many times. Unknown ones, and those that are the debugger's own, are a mistake of
   * the caller.
   */
  dispatch(id: string, times = 1): void {
    const found = command(id);
    if (found?.apply === undefined) throw new RangeError(`no command ${id} of a session`);
    if (!this.isApplicable(found)) return;
    const { state, messages } = executeCommand(found as StateCommand, times, this.current, {
      navigation: this.navigation,
      furthestReachable: this.furthestReachable,
      isNoOp: (step) => isNoOp(new Moment(this.machine, step)),
    });
    this.change(state, messages);
  }

  /** Whether the model's run has what a command goes by. */
  isApplicable({ grain }: Command): boolean {
    return grain === undefined || this.navigation.has(grain);
  }

  /** How the reader came to the present step, beside the step itself. */
  get messages(): readonly StatusMessage[] {
    return this.currentMessages;
  }

  /** Tells the reader something beside the step. */
  showMessages(...messages: readonly StatusMessage[]): void {
    this.change({ ...this.current }, messages);
  }

  /** Sets all breakpoints at once, as a list of them or a link does. */
  setBreakpoints(breakpoints: readonly Breakpoint[]): void {
    this.change({ ...this.current, breakpoints }, this.currentMessages);
  }

  /** What is watched, all at once and in this order. */
  setWatches(watches: readonly string[]): void {
    this.change({ ...this.current, watches }, this.currentMessages);
  }

  /** Sets a breakpoint at a line of the code or a phase, or takes it away. */
  toggleBreakpoint(text: string, kind: 'formula' | 'phase' = 'formula'): void {
    const breakpoints = toggled(this.current.breakpoints, text, kind);
    const isSet = breakpoints.length > this.current.breakpoints.length;
    this.change({ ...this.current, breakpoints }, [{ kind: 'toggled', text, isSet }]);
  }

  /** Goes to where a breakpoint has stopped the run, and says so. */
  stopAt(step: number, message: StatusMessage): void {
    this.change({ ...this.current, cursor: this.navigation.to(step) }, [message]);
  }

  /** The furthest iteration that can be gone to: of a large model no more than are trained, and a few. */
  get furthestReachable(): number {
    return furthestReach(this);
  }

  /** The furthest iteration that is gone to at once. */
  get furthestAtOnce(): number {
    return nearReach(this);
  }

  /** Goes to a step, counted across frames; 0 is before the first. */
  goTo(step: number): void {
    this.change({ ...this.current, cursor: this.cursorAt(step) });
  }

  /** Where a jump to a step leads. */
  cursorAt(step: number): Cursor {
    return this.navigation.to(step);
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

  setPrecision(precision: RunPrecision): void {
    this.change({ ...this.current, precision });
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

  /** What the reader has changed. */
  get changes(): readonly Change[] {
    return this.current.changes.present;
  }

  /** Puts the reader's number in a given cell from a frame on; the message, and nothing changed, where it cannot be used. */
  edit(cell: string, text: string, frame = 1): string | undefined {
    const found = readEdit(this.model, cell, text, frame);
    if ('error' in found) return found.error;
    this.addChange({ kind: 'edit', ...found, frame });
    return undefined;
  }

  /**
   * Has a cell of a frame, the present one if none is named, store the reader's number whatever is computed for it; the
   * message, and nothing changed, where it cannot be used. A name alone means the newest version.
   */
  override(cell: string | CellReference, text: string, frame = this.moment.frame): string | undefined {
    const found = readOverride(this.machine, cell, frame, text);
    if ('error' in found) return found.error;
    this.addChange(found);
    return undefined;
  }

  /**
   * The given cell, as `edit` takes it, from which the present frame has a number: of a sample the row that it is, else the
   * cell itself; undefined where the number is computed or drawn.
   */
  givenCellOf(reference: CellReference): string | undefined {
    return this.present.givenCellOf(reference);
  }

  private addChange(change: Change): void {
    const { changes } = this.current;
    this.setPresentChanges(withChange(this.model, changes.present, change));
  }

  private setPresentChanges(list: readonly Change[]): void {
    this.change({ ...this.current, changes: withPresent(this.current.changes, list) });
  }

  /** All changes at once, as a link carries them; returns those that this model cannot have, which are left out. */
  setChanges(list: readonly Change[]): readonly Change[] {
    const { changes, refused } = withAll(this.machine.layout, list);
    this.setPresentChanges(changes);
    return refused;
  }

  /** Takes on another state as a whole, as a link carries it. */
  replaceState(state: SessionState): void {
    this.change(state);
  }

  /** Goes to a place, first running what lies between aside where that takes a while: then it tells whether it got there. */
  goToCursor(cursor: Cursor): Promise<boolean> | undefined {
    return this.change({ ...this.current, cursor });
  }

  private async runThenGo(
    frame: number,
    { cursor }: SessionState,
    messages: readonly StatusMessage[] = [],
  ): Promise<boolean> {
    const isThere = await runAhead(this, frame);
    if (isThere) this.commit({ ...this.current, cursor }, messages);
    return isThere;
  }

  private change(next: SessionState, messages: readonly StatusMessage[] = []): Promise<boolean> | undefined {
    const frame = Math.ceil(next.cursor.step / this.program.size);
    const isFar = frame > this.furthestAtOnce && next.cursor !== this.current.cursor;
    if (isFar) return this.runThenGo(frame, next, messages);
    this.commit(next, messages);
    return undefined;
  }

  private commit(next: SessionState, messages: readonly StatusMessage[]): void {
    this.currentMessages = messages;
    this.machines.use(next.changes.present);
    this.current = next;
    this.present = this.presentStep();
    this.training.use(this.trained);
    this.notify();
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  private presentStep(): PresentStep {
    return new PresentStep(this.program, this.machines, this.current);
  }

  /** The machine of the chosen run and numbers. */
  get machine(): Machine {
    return this.present.machine;
  }

  /** The machine that training goes on with, whether or not the reader looks at it. */
  private get trained(): Machine {
    return this.machines.of(this.current.precision);
  }

  /** All frames up to this one have been trained, or run to be looked at. */
  get furthest(): number {
    return this.trained.furthest;
  }

  /** Which sample of the batch the present step works on, from 1; undefined where it is none alone. */
  get sample(): number | undefined {
    return this.present.sample;
  }

  /** The present moment of the chosen run. */
  get moment(): Moment {
    return this.present.moment;
  }

  /** The present step in either run: they have the same steps, only the numbers differ. */
  momentOf(precision: RunPrecision): Moment {
    return this.present.momentOf(precision);
  }

  get figures(): Figures {
    return this.present.figures;
  }

  figuresOf(precision: RunPrecision): Figures {
    return this.present.figuresOf(precision);
  }

  /** The present step in every reading; undefined before the first. */
  get explanation(): Explanation | undefined {
    return this.present.explanation;
  }

  /** Whether the reader's numbers make a cell differ from the lesson's own run, in the present frame. */
  differs(name: string, version: Version, cell: readonly number[]): boolean {
    return this.present.differs(name, version, cell);
  }

  /** What a cell of the present frame holds in the lesson's own run, whatever the reader has changed. */
  untouchedValue(precision: RunPrecision, name: string, version: Version, cell: readonly number[]): number {
    return this.present.untouchedValue(precision, name, version, cell);
  }

  /** The first stored value of the present frame that is not finite. */
  get fault(): RunFault | undefined {
    return this.present.fault;
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
