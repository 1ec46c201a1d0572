import type { Explanation } from '../explain/explanation.ts';
import type { Figures } from '../explain/figures.ts';
import type { Version } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import type { Change, Limits, Machine, Mode, RunPrecision } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import type { Program } from '../program/program.ts';
import { type Breakpoint, toggled } from './breakpoints/breakpoint.ts';
import { SearchStatus } from './breakpoints/search-status.ts';
import { withPresent } from './changes.ts';
import { executeCommand, isNoOp, type StateCommand } from './command-execution.ts';
import { type Command, command } from './commands.ts';
import { ChangedMachines } from './machines.ts';
import { type Cursor, Navigation } from './navigation.ts';
import { PlacesLeft } from './places-left.ts';
import { PresentStep, type RunFault } from './present-step.ts';
import { furthestReach, nearReach } from './reach.ts';
import { runAhead } from './run-ahead.ts';
import { initialState, type SessionState } from './state.ts';
import type { StatusMessage } from './status-message.ts';
import { type OpenThread, TrainingControl } from './training.ts';

/**
 * One reader at one model: a small immutable state, commands that change it, and listeners that are called after every change.
 * Everything else is derived from the state on demand. Frames and steps count from 1, steps across frames unless stated
 * otherwise; indices of cells count from 1.
 */
export class Session {
  readonly model: Model;
  private current: SessionState = initialState;
  private readonly placesLeft = new PlacesLeft();
  private currentMessages: readonly StatusMessage[] = [];
  /** Progress of breakpoint search, and where breakpoints stop. */
  readonly searchStatus = new SearchStatus(() => this.notify());
  private readonly machines: ChangedMachines;
  private readonly navigation: Navigation;
  private readonly listeners = new Set<() => void>();
  private present: PresentStep;
  /** Trains the machine of the present precision and changes. */
  readonly training: TrainingControl;

  constructor(
    readonly program: Program,
    /** The lesson's name for the model. */
    readonly name: string,
    /** Opens a thread for training; by default it runs in time slices. */
    openThread: OpenThread = () => undefined,
    limits: Limits = {},
  ) {
    this.model = program.model;
    this.machines = new ChangedMachines(program, limits);
    this.present = this.presentStep();
    // What the last trained iteration has made of a chosen sample is seen in the one after it.
    const more = () => (typeof this.current.mode === 'number' ? 1 : 0);
    this.navigation = new Navigation(program, () => this.furthest + more());
    this.training = new TrainingControl(this.trained, openThread, () => this.notify());
  }

  /** Immutable: another object after every change. */
  get state(): SessionState {
    return this.current;
  }

  /**
   * Calls the listener after every change (of the state, the training or the search status) until the returned function is
   * called.
   */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Carries out a command of `commands` `times` times; does nothing where it is not applicable. Throws a RangeError for an
   * unknown id, and for a command without `apply`, which is the debugger's own.
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

  /** Whether the model's run has the grain that a command moves by. */
  isApplicable({ grain }: Command): boolean {
    return grain === undefined || this.navigation.has(grain);
  }

  /** The status messages of the last change: how the reader came to the present step. */
  get messages(): readonly StatusMessage[] {
    return this.currentMessages;
  }

  /** Replaces the status messages beside the step; they stay until the session moves or others replace them. */
  showMessages(...messages: readonly StatusMessage[]): void {
    this.change({ ...this.current }, messages);
  }

  /** Replaces all breakpoints. */
  setBreakpoints(breakpoints: readonly Breakpoint[]): void {
    this.change({ ...this.current, breakpoints }, this.currentMessages);
  }

  /** Replaces the list of watched expressions. */
  setWatches(watches: readonly string[]): void {
    this.change({ ...this.current, watches }, this.currentMessages);
  }

  /** Sets a breakpoint on a formula (by its target) or a phase, or removes the one that is there. */
  toggleBreakpoint(text: string, kind: 'formula' | 'phase' = 'formula'): void {
    const breakpoints = toggled(this.current.breakpoints, text, kind);
    const isSet = breakpoints.length > this.current.breakpoints.length;
    this.change({ ...this.current, breakpoints }, [{ kind: 'toggled', text, isSet }]);
  }

  /** Goes to a step where a breakpoint stops the run, with a status message. */
  stopAt(step: number, message: StatusMessage): void {
    const cursor = this.navigation.to(step);
    this.placesLeft.jumped(this.current.cursor, cursor);
    this.change({ ...this.current, cursor }, [message]);
  }

  /** The furthest frame that can be gone to without training: see `furthestReach`. */
  get furthestReachable(): number {
    return furthestReach(this);
  }

  /** The furthest frame that is gone to at once, without running ahead: see `nearReach`. */
  get furthestAtOnce(): number {
    return nearReach(this);
  }

  /**
   * Goes to a step, clamped to 0 (before the first) … `end`. Beyond `furthestAtOnce` the session moves only once the frames have
   * been run: use `goToCursor` to wait for it.
   */
  goTo(step: number): void {
    this.jump(this.cursorAt(step));
  }

  /** The step that `goBack` leads to; undefined where the reader has not jumped. */
  get stepLeft(): number | undefined {
    return this.placesLeft.step;
  }

  /** Goes to where the reader was before the last jump; does nothing where there was none. */
  goBack(): void {
    const cursor = this.placesLeft.take();
    if (cursor !== undefined) this.change({ ...this.current, cursor });
  }

  private jump(cursor: Cursor): Promise<boolean> | undefined {
    this.placesLeft.jumped(this.current.cursor, cursor);
    return this.change({ ...this.current, cursor });
  }

  /** The cursor after a jump to a step: see `Navigation.to`. */
  cursorAt(step: number): Cursor {
    return this.navigation.to(step);
  }

  /** Goes to the same step of a frame (from 1); from before the first step, to the first one of a later frame. */
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

  /** Shows the run with the lesson's storing rules (`lesson`) or without rounding (`full`). The steps are the same. */
  setPrecision(precision: RunPrecision): void {
    this.change({ ...this.current, precision });
  }

  /** Shows every frame as it is in training, or evaluated with the parameters that training has given it. */
  setMode(mode: Mode): void {
    this.change({ ...this.current, mode });
  }

  /** Whether the model computes something else in training than in evaluation. */
  get hasModes(): boolean {
    return [...this.model.quantities.values()].some(({ role }) => role === 'mode');
  }

  /** Sets how many significant digits are shown where no rule applies; rounded and clamped to 1 … 15. */
  setDigits(digits: number): void {
    this.change({ ...this.current, digits: Math.min(15, Math.max(1, Math.round(digits))) });
  }

  /** The reader's changes, in the order in which they were made. */
  get changes(): readonly Change[] {
    return this.current.changes.present;
  }

  /** Replaces all changes, as a step that can be undone. Each must be possible in this model: see `setChanges`. */
  replaceChanges(list: readonly Change[]): void {
    this.change({ ...this.current, changes: withPresent(this.current.changes, list) });
  }

  /** Replaces the whole state, as a link does. Its changes must be possible in this model. */
  replaceState(state: SessionState): void {
    this.change(state);
  }

  /**
   * Goes to a cursor. Where that lies beyond `furthestAtOnce`, the frames between are run in the background first: then the
   * promise resolves to whether the session got there. Undefined where it has moved at once.
   */
  goToCursor(cursor: Cursor): Promise<boolean> | undefined {
    return this.jump(cursor);
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

  /** The machine of the present precision, mode and changes. */
  get machine(): Machine {
    return this.present.machine;
  }

  /** The machine that trains, also where the reader looks at evaluation. */
  get trained(): Machine {
    return this.machines.of(this.current.precision);
  }

  /** The last frame up to which all have been run, by training or to be shown; 0 before any. */
  get furthest(): number {
    return this.trained.furthest;
  }

  /**
   * Which sample of the batch the present step works on, from 1; undefined without a batch, or where it is not about a single
   * one.
   */
  get sample(): number | undefined {
    return this.present.sample;
  }

  /** The present moment at the chosen precision. */
  get moment(): Moment {
    return this.present.moment;
  }

  /** The present moment at either precision: the steps are the same, only the numbers differ. */
  momentOf(precision: RunPrecision): Moment {
    return this.present.momentOf(precision);
  }

  /** How numbers are written at the chosen precision. */
  get figures(): Figures {
    return this.present.figures;
  }

  /** How numbers are written at either precision. */
  figuresOf(precision: RunPrecision): Figures {
    return this.present.figuresOf(precision);
  }

  /** The present step in every reading; undefined before the first. */
  get explanation(): Explanation | undefined {
    return this.present.explanation;
  }

  /** Whether the reader's changes make a cell of the present frame differ from the lesson's own run. */
  differs(name: string, version: Version, cell: readonly number[]): boolean {
    return this.present.differs(name, version, cell);
  }

  /** The value of a cell of the present frame in the lesson's own run, without the reader's changes. */
  untouchedValue(precision: RunPrecision, name: string, version: Version, cell: readonly number[]): number {
    return this.present.untouchedValue(precision, name, version, cell);
  }

  /** The first stored value of the present frame that is not finite; undefined where all are. */
  get fault(): RunFault | undefined {
    return this.present.fault;
  }

  /** First and last step, inclusive, of the cell, formula, … around the last step done (around the first step, where none is). */
  around(grain: Parameters<Navigation['around']>[1]): { first: number; last: number } {
    return this.navigation.around(Math.max(1, this.current.cursor.step), grain);
  }

  /** The last step that can be gone to: see `Navigation.end`. */
  get end(): number {
    return this.navigation.end;
  }
}
