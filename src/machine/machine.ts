import type { Version } from '../formula/expression.ts';
import { type Formula, flatIndex } from '../formula/model.ts';
import type { Location, Program } from '../program/program.ts';
import type { FrameRange } from './history/frame-range.ts';
import { FrameRanges, type RunRecords } from './history/frame-ranges.ts';
import type { FirstFault } from './history/history.ts';
import type { TrainingState } from './history/training-state.ts';
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
export { editsOf } from './memory/changes.ts';
export type { Fault } from './memory/fault.ts';
export type { Edits, Mode } from './memory/inputs.ts';

/** Which precision a run computes with: `lesson` rounds by the lesson's storing rules, `full` keeps every bit. */
export type RunPrecision = 'lesson' | 'full';

/** How much memory a machine may use, and which backends it may choose. */
export interface Limits {
  /** Bytes for recorded frames and frames at hand, 64 MiB by default; at least one frame is kept whatever the budget. */
  readonly budget?: number;
  /** An array of at most this many cells counts as small and is recorded in every frame; 1024 by default. */
  readonly small?: number;
  /** Whether records are collected for `takeRecords` instead of being kept here; false by default. */
  readonly transfersRecords?: boolean;
  /**
   * Whether frames may run as WebAssembly where the content policy allows it; true by default. False in a thread whose page has
   * been refused it, since the mere attempt is reported as a violation.
   */
  readonly webAssembly?: boolean;
  /**
   * For other modes than `train`: the training machine of the same program, precision and changes, whose parameters are shown. Without it
   * the machine trains by itself.
   */
  readonly trainedBy?: Machine;
}

const usualBudget = 64 * 1024 * 1024;
/** How many cells keep their evaluated operations: neighbours in a step, or compared ones. */
const mostOpened = 16;

/**
 * A run of a program: the values and operations of every frame. Nothing is recorded per step: the state after step k is a mask
 * over the finished frame, so stepping back is the same question with a smaller k. Frames, steps, formula operations and cell
 * indices count from 1. Frames are run when a method first needs them.
 */
export class Machine {
  /** Where each quantity lies in a frame's memory. */
  readonly layout: Layout;
  /** The frames, split where a change begins; without changes they are one range. */
  private readonly ranges: FrameRanges;
  /** Evaluates the cells of a range's frames. */
  private readonly evaluators = new Map<FrameRange, Evaluator>();
  /** The cells opened last, by their first step. */
  private readonly opened = new Map<number, LazyCell>();

  /** Throws a RangeError if a change names a frame or a cell that cannot be changed that way. */
  constructor(
    readonly program: Program,
    readonly precision: RunPrecision,
    /** The reader's edits and overrides. */
    readonly changes: readonly Change[] = [],
    /** Other modes than `train` compute every frame with the parameters that training gave it. */
    readonly mode: Mode = 'train',
    readonly limits: Limits = {},
    /**
     * Machines of the same program, precision, mode and limits with other changes: frame ranges before the first difference are
     * shared.
     */
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
      mode !== 'train' ? this.training(trainedBy)?.ranges : undefined,
      siblings.map((one) => one.ranges),
    );
  }

  /** The machine that trains for a machine that evaluates; undefined where it can do that itself. */
  private training(trainedBy: Machine | undefined): Machine | undefined {
    const isOfRow = typeof this.mode === 'number';
    if (
      trainedBy !== undefined ||
      (!isOfRow && this.changes.every(({ kind, frame }) => kind === 'edit' && frame === 1))
    )
      return trainedBy;
    return new Machine(this.program, this.precision, this.changes, 'train', this.limits);
  }

  /** What enters the frames from frame 1 on. */
  get inputs(): Inputs {
    return this.inputsOf(1);
  }

  /** What enters a frame: data, samples and random numbers, with the changes that apply in it. */
  inputsOf(frame: number): Inputs {
    return this.ranges.of(frame).inputs;
  }

  /** The step across frames, from 1, that is step `inFrame` (from 1) of a frame (from 1). */
  stepAt(frame: number, inFrame: number): number {
    return (frame - 1) * this.program.size + inFrame;
  }

  /**
   * The memory of a finished frame, complete and in the order of `layout`, and its first fault. The memory is shared: it is valid
   * until another frame is asked for.
   */
  frame(frame: number): { readonly memory: Float64Array; readonly fault: Fault | undefined } {
    const range = this.ranges.of(frame);
    const fault = range.fault(frame);
    return { memory: range.whole(frame), fault };
  }

  /** The first stored value of a frame that is not finite; undefined if all are. */
  fault(frame: number): Fault | undefined {
    return this.ranges.of(frame).fault(frame);
  }

  /**
   * The value of a cell (indices from 1, in range) once its frame is finished. Throws a RangeError if the quantity has no such
   * version.
   */
  value(frame: number, name: string, version: Version, cell: readonly number[]): number {
    const slot = this.layout.slot(name, version);
    return this.ranges.of(frame).value(frame, slot, addressOf(slot, cell) as number);
  }

  /**
   * All cells of a quantity once its frame is finished, row by row. The array is shared: it is valid until another frame is asked
   * for. Throws a RangeError if the quantity has no such version.
   */
  array(frame: number, name: string, version: Version): Float64Array {
    return this.ranges.of(frame).array(frame, this.layout.slot(name, version));
  }

  /**
   * The training state as a frame leaves it, a copy in the order of `layout.renewed`; as the first frame finds it for frame 0. The frame
   * is run where it has not been.
   */
  stateAfter(frame: number): TrainingState {
    return this.ranges.of(Math.max(1, frame)).stateAfter(frame);
  }

  /** The operation at a location of a frame. It is evaluated alone, however large its cell is. */
  operation(frame: number, { formula, cell, operation, first }: Location): OperationRecord {
    return this.cell(frame, formula, cell, first).operation(operation);
  }

  /** A cell whose first step (within the frame, from 1) is known. */
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

  /** How many terms of sums have been evaluated so far to step through cells; for measuring. */
  get work(): number {
    return [...this.evaluators.values()].reduce((sum, { work }) => sum + work, 0);
  }

  /**
   * The number with which the reader has overridden a cell in a frame; undefined if there is none. Throws a RangeError if there
   * are overrides in the frame but the quantity has no such version.
   */
  overridden(frame: number, name: string, version: Version, cell: readonly number[]): number | undefined {
    const { overrides } = this.ranges.of(frame);
    if (overrides === undefined) return undefined;
    const address = addressOf(this.layout.slot(name, version), cell);
    return address === undefined ? undefined : overrides.get(address);
  }

  /**
   * A cell of a frame with its operations, each evaluated only when asked for. `value` is the result of the last operation,
   * `stored` what the storing rules or an override make of it.
   */
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

  /** The last frame such that all frames up to it have been run; 0 before any has. */
  get furthest(): number {
    return this.ranges.furthest;
  }

  /** Bytes in use for records and frames at hand. */
  get bytes(): number {
    return this.ranges.bytes;
  }

  /** Runs the frame after `furthest` and records it. Returns `isFinite`. */
  extend(): boolean {
    this.ranges.of(this.furthest + 1).extend();
    return this.isFinite;
  }

  /**
   * Whether all numbers seen so far are finite. Large arrays are checked only at keyframes, so a fault may be noticed some frames
   * late.
   */
  get isFinite(): boolean {
    return this.ranges.isFinite;
  }

  /** The first frame that stored a non-finite number, and where; undefined if none of the frames run so far did. */
  get firstFault(): FirstFault | undefined {
    return this.ranges.firstFault;
  }

  /** The mean over the cells of a quantity's `old` version in a frame, by default the furthest. */
  mean(name: string, frame = this.furthest): number {
    const cells = this.array(frame, name, 'old');
    let total = 0;
    for (let at = 0; at < cells.length; at++) total += cells[at];
    return total / cells.length;
  }

  /** The state after the furthest frame, without records: a machine in another thread continues from it by `continueFrom`. */
  get headState(): RunRecords {
    return this.ranges.headState();
  }

  /**
   * Continues after the furthest frame of another machine of the same program, precision and changes, given its `headState`.
   * Throws an Error if the fast backend is not loaded.
   */
  continueFrom(state: RunRecords): void {
    this.ranges.continueFrom(state);
  }

  /**
   * The records made since the last call, for a machine in another thread to `merge`; their buffers may be transferred. Only
   * useful with `limits.transfersRecords`.
   */
  takeRecords(): RunRecords {
    return this.ranges.takeRecords();
  }

  /**
   * Merges the records of another machine of the same program, precision and changes, after which its frames can be visited at
   * once. Takes ownership of the records. Throws an Error if the fast backend is not loaded.
   */
  merge(records: RunRecords): void {
    this.ranges.merge(records);
  }
}
