import type { Version } from '../formula/expression.ts';
import { cellAt, cellName, type Formula, flatIndex } from '../formula/model.ts';
import type { Phase } from '../formula/statement.ts';
import type { Location, Program } from '../program/program.ts';
import { Checkpoints } from './checkpoints.ts';
import { Evaluator } from './evaluator.ts';
import { type Edits, Inputs, type Mode } from './inputs.ts';
import { addressOf, Layout } from './layout.ts';
import { type Source, Stepper } from './stepper.ts';
import { type Store, storeByRules, storeExactly } from './store.ts';
import { Tape } from './tape.ts';
import { type OperationRecord, recordOf, TreeBuilder, type Unfolded } from './unfolding.ts';

/** `lesson` rounds as the lesson's storing rules say, `full` keeps every bit. */
export type Run = 'lesson' | 'full';

export type { Edits, Mode } from './inputs.ts';

/** A stored value that is not finite, and the step (within the frame) that stored it. */
export interface Fault {
  readonly cell: string;
  readonly value: number;
  readonly step: number;
}

interface Frame {
  readonly memory: Float64Array<ArrayBuffer>;
  readonly fault: Fault | undefined;
}

/** How many finished frames are kept at hand, and how many rungs the ladder of checkpoints has. */
const framesAtHand = 4;
const rungs = 64;

/**
 * A run of a program. Nothing is recorded per step: what is true at step k is a mask over the finished frame,
 * so a step back is the same question with a smaller k.
 */
export class Machine {
  readonly layout: Layout;
  private readonly evaluator: Evaluator;
  private readonly store: Store;
  /** What enters each frame. */
  readonly inputs: Inputs;
  private readonly checkpoints = new Checkpoints<Float64Array>(rungs);
  private readonly frames = new Map<number, Frame>();

  constructor(
    readonly program: Program,
    readonly run: Run,
    edits: Edits = new Map(),
    /** `evaluate` shows every frame as it is with the parameters that training has given it, but with `mode` at 0. */
    readonly mode: Mode = 'train',
  ) {
    const { model } = program;
    this.layout = new Layout(model);
    this.evaluator = new Evaluator(program, this.layout);
    this.store = run === 'full' ? storeExactly : storeByRules(model);
    this.inputs = new Inputs(model, this.layout, edits);
  }

  /** The step that is `inFrame` steps into a frame (frames count from 1, steps across frames from 1). */
  stepAt(frame: number, inFrame: number): number {
    return (frame - 1) * this.program.size + inFrame;
  }

  /** The finished frame, from the nearest checkpoint on. */
  frame(frame: number): Frame {
    const known = this.frames.get(frame);
    if (known !== undefined) {
      this.frames.delete(frame);
      this.frames.set(frame, known);
      return known;
    }
    // Going through a run frame by frame, the one before is at hand; no checkpoint is nearer.
    const before = this.mode === 'train' ? this.frames.get(frame - 1) : undefined;
    const near = before
      ? { frame: frame - 1, state: this.survivors(before.memory, 'new') }
      : this.checkpoints.nearest(frame - 1);
    let state = near?.state;
    let done: Frame | undefined;
    for (let n = near?.frame ?? 0; n < frame; n++) {
      this.checkpoints.offer(n, () => state ?? this.survivors(this.inputs.start, 'old'));
      done = this.execute(state, n + 1, n + 1 < frame ? 'train' : this.mode);
      state = this.survivors(done.memory, 'new');
    }
    const finished = done as Frame;
    this.frames.set(frame, finished);
    for (const oldest of this.frames.keys()) {
      if (this.frames.size <= framesAtHand) break;
      this.frames.delete(oldest);
    }
    return finished;
  }

  /** What lives on between frames: parameters and optimizer state. */
  private survivors(memory: Float64Array, version: Version): Float64Array {
    const { renewed } = this.layout;
    const state = new Float64Array(renewed.reduce((size, pair) => size + pair.old.size, 0));
    let at = 0;
    for (const pair of renewed) {
      const { offset, size } = pair[version];
      state.set(memory.subarray(offset, offset + size), at);
      at += size;
    }
    return state;
  }

  private execute(state: Float64Array | undefined, frame: number, mode: Mode): Frame {
    const memory = this.inputs.start.slice();
    this.inputs.write(memory, frame, mode);
    let at = 0;
    for (const { old } of this.layout.renewed) {
      if (state !== undefined) memory.set(state.subarray(at, at + old.size), old.offset);
      at += old.size;
    }
    let wrong: { formula: Formula; flat: number; value: number } | undefined;
    this.evaluator.run(memory, (formula, flat, computed) => {
      const value = this.store(formula, flat, computed);
      if (!Number.isFinite(value)) wrong ??= { formula, flat, value };
      return value;
    });
    return { memory, fault: wrong && this.fault(wrong.formula, wrong.flat, wrong.value) };
  }

  private fault(formula: Formula, flat: number, value: number): Fault {
    const cell = cellAt(this.layout.slot(formula.target, formula.version).shape, flat);
    return { cell: cellName(formula.target, cell), value, step: this.program.stepsOf(formula, cell).last };
  }

  /** What a cell holds once its frame is finished. */
  value(frame: number, name: string, version: Version, cell: readonly number[]): number {
    return this.frame(frame).memory[addressOf(this.layout.slot(name, version), cell) as number];
  }

  /** A cell of a frame, opened into its operations. */
  unfold(frame: number, formula: Formula, cell: readonly number[]): Unfolded & { stored: number } {
    const { memory } = this.frame(frame);
    const tape = new Tape();
    const tree = new TreeBuilder(tape, this.layout);
    const source: Source = (_slot, address) => () => memory[address()];
    const value = new Stepper(this.program.model.functions, this.layout, tape, source, tree)
      .of(formula)
      .at(cell);
    const operations = Array.from({ length: tape.length }, (_, n) => recordOf(tape, n + 1, this.layout));
    const { shape } = this.layout.slot(formula.target, formula.version);
    return { root: tree.root, operations, value, stored: this.store(formula, flatIndex(shape, cell), value) };
  }

  /** What is true once `step` scalar operations have been done, counted across frames. */
  moment(step: number): Moment {
    return new Moment(this, step);
  }
}

/** The state of a run after a number of steps. Cheap to make; nothing is computed before it is asked for. */
export class Moment {
  /** The frame of the last step, from 1; before the first step also 1. */
  readonly frame: number;
  /** Steps done in that frame. */
  readonly inFrame: number;
  private opened: (Unfolded & { stored: number }) | undefined;
  private place: Location | undefined;

  constructor(
    readonly machine: Machine,
    readonly step: number,
  ) {
    const { size } = machine.program;
    this.frame = Math.max(1, Math.ceil(step / size));
    this.inFrame = step - (this.frame - 1) * size;
  }

  /** Where the last step was; undefined before the first. */
  get location(): Location | undefined {
    if (this.inFrame > 0) this.place ??= this.machine.program.locate(this.inFrame);
    return this.place;
  }

  get phase(): Phase | undefined {
    return this.location?.formula.phase;
  }

  /** The cell of the last step, opened; its operations after the last step have not happened yet. */
  get unfolded(): (Unfolded & { stored: number }) | undefined {
    const { location } = this;
    if (location !== undefined)
      this.opened ??= this.machine.unfold(this.frame, location.formula, location.cell);
    return this.opened;
  }

  /** The last step. */
  get operation(): OperationRecord | undefined {
    const { location } = this;
    return location && this.unfolded?.operations[location.operation - 1];
  }

  /** Whether the last step finished its cell. */
  get finishesCell(): boolean {
    return this.location !== undefined && this.location.operation === this.location.operations;
  }

  /** The value of a cell now; undefined while it is not yet computed in this frame. */
  value(name: string, version: Version, cell: readonly number[]): number | undefined {
    const steps = this.machine.program.writing(name, version, cell);
    return steps !== undefined && steps.last > this.inFrame
      ? undefined
      : this.machine.value(this.frame, name, version, cell);
  }

  /** The newest value of a cell: renewed if the update has come to it. */
  newest(name: string, cell: readonly number[]): { value: number | undefined; version: Version } {
    if (this.machine.layout.has(name, 'new')) {
      const value = this.value(name, 'new', cell);
      if (value !== undefined) return { value, version: 'new' };
    }
    return { value: this.value(name, 'old', cell), version: 'old' };
  }
}
