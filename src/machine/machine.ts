import type { Version } from '../formula/expression.ts';
import { type Formula, flatIndex } from '../formula/model.ts';
import type { Location, Program } from '../program/program.ts';
import type { FrameRange } from './history/frame-range.ts';
import { FrameRanges, type RunRecords } from './history/frame-ranges.ts';
import type { FirstFault } from './history/history.ts';
import type { Change } from './memory/changes.ts';
import type { Fault } from './memory/fault.ts';
import type { Inputs, Mode } from './memory/inputs.ts';
import { addressOf, type Layout, layoutOf } from './memory/layout.ts';
import { keepExactly, storeByRules } from './memory/store.ts';
import type { CellOperations, OperationRecord } from './step/cell-operations.ts';
import { Evaluator, type SlotMemory } from './step/evaluator.ts';
import { LazyCell } from './step/lazy-cell.ts';

export type { RunRecords } from './history/frame-ranges.ts';
export type { FirstFault } from './history/history.ts';
export type { Change, Edit, Override } from './memory/changes.ts';
export { canChange, canOverride, editsOf } from './memory/changes.ts';
export type { Fault } from './memory/fault.ts';
export type { Edits, Mode } from './memory/inputs.ts';

/** `lesson` rounds as the lesson's storing rules say, `full` keeps every bit. */
export type RunPrecision = 'lesson' | 'full';

/** How much a machine may remember, and where. */
export interface Limits {
  /** Bytes for what is remembered of frames and for the frames at hand (of which at least one is). */
  readonly budget?: number;
  /** Cells up to which an array counts as small: it is remembered of every frame. */
  readonly small?: number;
  /** Whether what is noted is handed over by `drain` and not kept here. */
  readonly transfersRecords?: boolean;
  /** Whether frames may run as WebAssembly. A page says so only if its content policy allows it: to try is to be told off. */
  readonly webAssembly?: boolean;
  /** The machine that trains, of the same program, run and changes: one that evaluates asks it for the parameters. */
  readonly trainedBy?: Machine;
}

const usualBudget = 64 * 1024 * 1024;
/** Cells that stay open: those next to each other in a step, or compared. */
const mostOpened = 16;

/**
 * A run of a program. Nothing is recorded per step: what is true at step k is a mask over the finished frame,
 * so a step back is the same question with a smaller k.
 */
export class Machine {
  readonly layout: Layout;
  /** Its frames, and how they are changed: without changes all are one layer. */
  private readonly ranges: FrameRanges;
  /** What evaluates the cells of a layer's frames. */
  private readonly evaluators = new Map<FrameRange, Evaluator>();
  /** The cells that were opened last, by their first step. */
  private readonly opened = new Map<number, LazyCell>();

  constructor(
    readonly program: Program,
    readonly precision: RunPrecision,
    /** What a reader has changed. */
    readonly changes: readonly Change[] = [],
    /** `evaluate` shows every frame as it is with the parameters that training has given it, but with `mode` at 0. */
    readonly mode: Mode = 'train',
    readonly limits: Limits = {},
    /** Machines of the same program, run, mode and limits, changed otherwise: frames before the first difference are shared. */
    siblings: readonly Machine[] = [],
  ) {
    const { budget = usualBudget, small, transfersRecords = false, webAssembly = true, trainedBy } = limits;
    const { model } = program;
    this.layout = layoutOf(model);
    const { layout } = this;
    const rules = precision === 'full' ? keepExactly : storeByRules(model);
    const rounded = precision === 'lesson';
    this.ranges = new FrameRanges(
      { program, layout, small, rules, rounded, mode, transfersRecords, webAssembly },
      changes,
      budget,
      mode === 'evaluate' ? this.training(trainedBy)?.ranges : undefined,
      siblings.map((one) => one.ranges),
    );
  }

  /** What trains for a machine that evaluates; undefined where that can do it by itself. */
  private training(trainedBy: Machine | undefined): Machine | undefined {
    if (trainedBy !== undefined || this.changes.every(({ kind, frame }) => kind === 'edit' && frame === 1))
      return trainedBy;
    return new Machine(this.program, this.precision, this.changes, 'train', this.limits);
  }

  /** What enters the frames of the run as it begins. */
  get inputs(): Inputs {
    return this.inputsOf(1);
  }

  /** What enters a frame, with the changes that hold in it. */
  inputsOf(frame: number): Inputs {
    return this.ranges.of(frame).inputs;
  }

  /** The step that is `inFrame` steps into a frame (frames count from 1, steps across frames from 1). */
  stepAt(frame: number, inFrame: number): number {
    return (frame - 1) * this.program.size + inFrame;
  }

  /** The finished frame with all its numbers: valid until another frame is asked for. */
  frame(frame: number): { readonly memory: Float64Array; readonly fault: Fault | undefined } {
    const range = this.ranges.of(frame);
    const fault = range.fault(frame);
    return { memory: range.whole(frame), fault };
  }

  /** The first stored value of a frame that is not finite. */
  fault(frame: number): Fault | undefined {
    return this.ranges.of(frame).fault(frame);
  }

  /** What a cell holds once its frame is finished. */
  value(frame: number, name: string, version: Version, cell: readonly number[]): number {
    const slot = this.layout.slot(name, version);
    return this.ranges.of(frame).value(frame, slot, addressOf(slot, cell) as number);
  }

  /** What a whole array holds once its frame is finished, row by row: valid until another frame is asked for. */
  array(frame: number, name: string, version: Version): Float64Array {
    return this.ranges.of(frame).array(frame, this.layout.slot(name, version));
  }

  /** One operation of a cell; found by itself, however large the cell is. */
  operation(frame: number, { formula, cell, operation, first }: Location): OperationRecord {
    return this.cell(frame, formula, cell, first).operation(operation);
  }

  /** A cell whose first step of the frame is known. */
  private cell(frame: number, formula: Formula, cell: readonly number[], first: number): LazyCell {
    const { opened } = this;
    const step = this.stepAt(frame, first);
    let found = opened.get(step);
    if (found === undefined) {
      const range = this.ranges.of(frame);
      const evaluator = this.evaluatorOf(range);
      found = new LazyCell(evaluator, evaluator.of(formula), cell, () => range.open(frame));
    } else opened.delete(step);
    opened.set(step, found);
    for (const oldest of opened.keys()) if (opened.size > mostOpened) opened.delete(oldest);
    return found;
  }

  private evaluatorOf(range: FrameRange): Evaluator {
    let evaluator = this.evaluators.get(range);
    if (evaluator === undefined) {
      const { model, counts } = this.program;
      const bulk: SlotMemory = (slot) => range.bulk(slot);
      evaluator = new Evaluator(model.functions, this.layout, range.source, bulk, counts);
      this.evaluators.set(range, evaluator);
    }
    return evaluator;
  }

  /** Terms of sums that were evaluated to step through cells, so far. */
  get work(): number {
    return [...this.evaluators.values()].reduce((sum, { work }) => sum + work, 0);
  }

  /** The number that a reader has poked into a cell of a frame; undefined where nobody has. */
  overridden(frame: number, name: string, version: Version, cell: readonly number[]): number | undefined {
    const { overrides } = this.ranges.of(frame);
    if (overrides === undefined) return undefined;
    const address = addressOf(this.layout.slot(name, version), cell);
    return address === undefined ? undefined : overrides.get(address);
  }

  /** A cell of a frame, opened into its operations, of which none is there before it is asked for. */
  cellOperations(
    frame: number,
    formula: Formula,
    cell: readonly number[],
  ): CellOperations & { readonly stored: number } {
    const opened = this.cell(frame, formula, cell, this.program.stepsOf(formula, cell).first);
    const { shape } = this.layout.slot(formula.target, formula.version);
    const range = this.ranges.of(frame);
    return {
      root: opened.root,
      length: opened.length,
      operation: (n) => opened.operation(n),
      get value() {
        return opened.value;
      },
      get stored() {
        return range.store(formula, flatIndex(shape, cell), opened.value);
      },
    };
  }

  /** All frames up to this one have been run. */
  get furthest(): number {
    return this.ranges.furthest;
  }

  /** Bytes in use for what is remembered and for the frames at hand. */
  get bytes(): number {
    return this.ranges.bytes;
  }

  /** Runs the frame after the furthest one; whether all numbers seen so far are finite. */
  extend(): boolean {
    this.ranges.of(this.furthest + 1).extend();
    return this.isFinite;
  }

  /** Whether no number that is not finite was seen in the frames that were run; large arrays are looked at now and then. */
  get isFinite(): boolean {
    return this.ranges.isFinite;
  }

  /** The first frame that stored a number that is not finite, as far as frames have been run. */
  get firstFault(): FirstFault | undefined {
    return this.ranges.firstFault;
  }

  /** The mean over a quantity's cells in a frame, the furthest if no other is named. */
  mean(name: string, frame = this.furthest): number {
    const cells = this.array(frame, name, 'old');
    let total = 0;
    for (let at = 0; at < cells.length; at++) total += cells[at];
    return total / cells.length;
  }

  /** The state after the furthest frame, with no notes: from it, a machine in another thread goes on. */
  get headState(): RunRecords {
    return this.ranges.headState();
  }

  /** Goes on from the tip of another machine of the same program, run and changes. */
  continueFrom(state: RunRecords): void {
    this.ranges.continueFrom(state);
  }

  /** What was noted since the last time, for a machine in another thread to `adopt`. Only where notes are passed on. */
  takeRecords(): RunRecords {
    return this.ranges.takeRecords();
  }

  /** Takes in what another machine of the same program, run and changes has noted: its frames can be gone to at once. */
  merge(records: RunRecords): void {
    this.ranges.merge(records);
  }
}
