import type { Program } from '../../program/program.ts';
import { fastKernel } from '../kernel/fast-kernels.ts';
import { type Fault, faultOf } from '../memory/fault.ts';
import { areFinite } from '../memory/finite.ts';
import type { Inputs, Mode } from '../memory/inputs.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { ArrayReplay } from './array-replay.ts';
import type { ReplayPath } from './cell-replay.ts';
import { EnteringRows } from './entering-rows.ts';
import { Frame } from './frame.ts';
import type { RangeOrigin } from './frame-range.ts';
import { type FirstFault, History, type RangeRecords } from './history.ts';
import type { Retention } from './retention.ts';
import { fillRow, type Row } from './row-store.ts';
import { copyState, stateOf, type TrainingState, writeState } from './training-state.ts';

/** The share of the budget for frames at hand, and the largest number of them. */
const shareAtHand = 0.2;
const mostAtHand = 4;

/**
 * Operations per number of the state between keyframes: copying keyframes should cost a percent or two of the work. They lie
 * closer where all frames between have to be run again.
 */
const copying = { byCell: 1024, byFrame: 80 };

/** As many operations between keyframes run in no noticeable time. */
const quickly = 100_000;

/**
 * Runs the frames of a range in order, records them, and restores them. A recorded frame is restored from its row; what the row
 * leaves out is replayed or, where that is impossible or everything is wanted, found by running frames again from the nearest
 * known state.
 */
export class Frames {
  /** The records. */
  readonly history: History;
  private readonly atHand = new Map<number, Frame>();
  /** The frame at hand that was used last. */
  private latest: Frame | undefined;
  private readonly capacity: number;
  private readonly kernel: FrameKernel;
  /** The kernel's memory holds the state after this frame; −1 if it holds none. */
  private position = -1;
  /** The frame before its first. */
  private readonly before: number;
  /** What the first frame finds, once it was asked for. */
  private found: TrainingState | undefined;
  private arrayReplay: ArrayReplay | undefined;
  private readonly entries: EnteringRows;

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
    private readonly retention: Retention,
    private readonly inputs: Inputs,
    /** Whether the lesson's storing rules hold. */
    private readonly rounded: boolean,
    private readonly mode: Mode,
    /** `budget` in bytes; whether records are transferred instead of kept; whether WebAssembly may be used. */
    limits: { readonly budget: number; readonly passesOn: boolean; readonly webAssembly: boolean },
    /** For mode `evaluate`: the training frames, which provide the states. */
    private readonly trained?: Pick<Frames, 'stateAfter'>,
    /** Where these frames do not begin with frame 1: the first frame, and the state it finds. */
    private readonly beginning?: RangeOrigin,
  ) {
    const { rowSize } = retention;
    const { stateSize } = layout;
    this.kernel = fastKernel(program, layout, {
      rounded,
      webAssembly: limits.webAssembly,
      isKept: (slot) => retention.placeOf(slot) !== undefined,
    });
    this.kernel.memory.set(inputs.start);
    this.entries = new EnteringRows(layout, retention, inputs);
    this.before = (beginning?.frame ?? 1) - 1;
    this.capacity = Math.max(
      1,
      Math.min(mostAtHand, Math.floor((limits.budget * shareAtHand) / Frame.bytes(layout.size))),
    );
    const dearness = retention.isComplete ? copying.byCell : copying.byFrame;
    const spacing = Math.max(1, Math.round((stateSize * dearness) / program.size));
    this.history = new History(
      rowSize,
      stateSize,
      limits.budget * (1 - shareAtHand),
      limits.passesOn,
      spacing,
      retention.groups.length === 0 && spacing * program.size <= quickly,
      this.before,
    );
  }

  private get first(): TrainingState {
    this.found ??= this.beginning?.state() ?? stateOf(this.layout, this.inputs.start, 'old');
    return this.found;
  }

  /** Bytes in use for records and frames at hand. */
  get bytes(): number {
    return this.history.bytes + this.atHand.size * Frame.bytes(this.layout.size);
  }

  /** A frame in which cells of large arrays may be missing. Shared: its memory is reused once other frames are asked for. */
  at(number: number): Frame {
    if (this.latest?.number === number) return this.latest;
    const known = this.atHand.get(number);
    if (known !== undefined) return this.used(known);
    const isNoted = this.mode === 'train' && this.history.hasRow(number);
    return isNoted ? this.laidOut(number) : this.whole(number);
  }

  /** The cells of a slot as a recorded row has them, a shared view; undefined if the slot or the frame is not recorded. */
  recorded(number: number, slot: Slot): Float64Array | undefined {
    const place = this.retention.placeOf(slot);
    if (place === undefined || this.mode !== 'train' || !this.history.hasRow(number)) return undefined;
    const { numbers, start } = this.history.row(number);
    return numbers.subarray(start + place, start + place + slot.size);
  }

  /** Whether running whole frames again is faster than array replay. */
  get runsFast(): boolean {
    return this.kernel.kind === 'WebAssembly';
  }

  /** Marks a frame as used most recently. */
  private used(frame: Frame): Frame {
    this.atHand.delete(frame.number);
    this.atHand.set(frame.number, frame);
    this.latest = frame;
    return frame;
  }

  /** A frame with every cell present, running it if needed, and recording it in training. Shared like `at`. */
  whole(number: number): Frame {
    const known = this.atHand.get(number);
    if (known?.isComplete) return this.at(number);
    const { memory } = this.kernel;
    if (
      !this.runsFast &&
      known?.replayPath !== undefined &&
      this.retention.isComplete &&
      this.position !== number - 1
    ) {
      this.replayArrays(known);
      copyState(this.layout, known.memory, 'old', memory);
      this.kernel.forget();
      this.position = number - 1;
    }
    this.moveTo(number - 1);
    this.inputs.write(memory, number, this.mode);
    this.kernel.run();
    const frame = known ?? this.taken();
    frame.memory.set(memory.subarray(0, this.layout.size));
    frame.number = number;
    frame.isComplete = true;
    frame.replayPath = undefined;
    this.used(frame);
    const row = this.mode === 'train' ? this.history.begin(number) : undefined;
    if (row !== undefined) {
      const looksFinite = fillRow(row, memory, this.retention.row);
      this.record(number, looksFinite, frame.memory, 'new');
    }
    return frame;
  }

  /** Fills in all replayed arrays of a frame, or the whole frame where that is faster. Does nothing without a replay path. */
  replayArrays(frame: Frame): void {
    if (frame.replayPath === undefined) return;
    if (this.runsFast) this.whole(frame.number);
    else this.arrayReplayer.fill(frame, frame.replayPath);
  }

  /**
   * Fills in the line along the last index that contains the cell at position `flat` (from 0) of a replayed slot; returns whether
   * it could.
   */
  replayLine(frame: Frame, slot: Slot, flat: number): boolean {
    return frame.replayPath !== undefined && this.arrayReplayer.fillLine(frame, frame.replayPath, slot, flat);
  }

  private get arrayReplayer(): ArrayReplay {
    this.arrayReplay ??= new ArrayReplay(
      this.program,
      this.layout,
      this.retention,
      this.inputs,
      this.rounded,
    );
    return this.arrayReplay;
  }

  /** Runs the frame after the furthest one only for its records, which is faster than `whole`. */
  extend(): void {
    const number = this.history.furthest + 1;
    this.moveTo(number - 1);
    this.advance(number);
  }

  /** The first stored non-finite number of a frame; undefined if all are finite. */
  fault(number: number): Fault | undefined {
    if (this.mode === 'train' && number <= this.history.furthest) {
      const first = this.firstFault;
      if (first === undefined || number < first.frame) return undefined;
      if (number === first.frame) return { cell: first.cell, value: first.value, step: first.step };
    }
    return this.faultIn(number);
  }

  /** The records made since the last call, with the head state; ownership passes to the caller. */
  takeRecords(): RangeRecords {
    return this.history.takeRecords(this.stateAfter(this.history.furthest));
  }

  /** The state after the furthest frame, without other records. */
  headState(): RangeRecords {
    const { furthest } = this.history;
    return { furthest, state: this.stateAfter(furthest), segments: [], keyframes: [] };
  }

  /** A copy of the state after a frame, running frames up to it if needed. */
  stateAfter(number: number): TrainingState {
    if (number === this.before) return this.first.slice();
    this.moveTo(number);
    return stateOf(this.layout, this.kernel.memory, 'old');
  }

  /** Moves the kernel to the end of a frame, so that the next one can begin. */
  private moveTo(number: number): void {
    if (this.position === number) return;
    const { memory } = this.kernel;
    if (this.trained !== undefined) {
      writeState(this.layout, this.trained.stateAfter(number), memory);
      this.kernel.forget();
      this.position = number;
      return;
    }
    const near = this.history.nearest(number);
    let from = near?.frame ?? this.before;
    let load = () => writeState(this.layout, near?.state ?? this.first, memory);
    for (const hand of this.atHand.values()) {
      if (!hand.isComplete) continue;
      if (this.mode === 'train' && hand.number > from && hand.number <= number) {
        from = hand.number;
        load = () => copyState(this.layout, hand.memory, 'new', memory);
      } else if (hand.number - 1 > from && hand.number - 1 <= number) {
        from = hand.number - 1;
        load = () => copyState(this.layout, hand.memory, 'old', memory);
      }
    }
    if (this.position < from || this.position > number) {
      load();
      this.kernel.forget();
      this.position = from;
    }
    while (this.position < number) this.advance(this.position + 1);
  }

  /** Runs the frame after the kernel's position and records it. */
  private advance(number: number): void {
    const { history, kernel, retention } = this;
    const { memory } = kernel;
    this.inputs.write(memory, number, 'train');
    const row = history.begin(number);
    if (row === undefined) {
      kernel.advance();
      this.position = number;
      this.record(number, true, memory, 'old');
      return;
    }
    // The kernel overwrites old versions, so they are recorded first.
    const wasFinite = fillRow(row, memory, retention.incoming);
    kernel.advance();
    this.position = number;
    const staysFinite = fillRow(row, memory, retention.outgoing);
    this.record(number, wasFinite && staysFinite, memory, 'old');
  }

  /** Records a frame whose row is filled; where it gets a keyframe, that is checked for non-finite numbers, too. */
  private record(number: number, looksFinite: boolean, memory: Float64Array, version: 'old' | 'new'): void {
    const { history } = this;
    history.markRun(number);
    const keyframe = history.wantsState(number)
      ? history.offer(number, () => stateOf(this.layout, memory, version))
      : undefined;
    if (looksFinite && (keyframe === undefined || areFinite(keyframe, 0, keyframe.length))) return;
    history.nonFiniteFrame = Math.min(history.nonFiniteFrame ?? number, number);
  }

  /**
   * The first stored non-finite number in the frames run so far. Training checks small arrays in every frame and all of the state
   * only at keyframes; once something is found, the frames since the last good keyframe are searched.
   */
  get firstFault(): FirstFault | undefined {
    const { history } = this;
    if (history.first !== undefined || history.nonFiniteFrame === undefined) return history.first;
    const last = history.nonFiniteFrame;
    // All earlier keyframes were checked.
    for (let n = (history.nearest(last - 1)?.frame ?? this.before) + 1; n <= last; n++) {
      const fault = this.faultIn(n);
      if (fault !== undefined) {
        history.first = { frame: n, ...fault };
        break;
      }
    }
    history.nonFiniteFrame = undefined;
    return history.first;
  }

  private faultIn(number: number): Fault | undefined {
    return faultOf(this.program, this.layout, this.whole(number).memory);
  }

  /** A frame to fill: a new one, or the one used least recently. */
  private taken(): Frame {
    if (this.atHand.size < this.capacity) return new Frame(this.inputs.start);
    const [number, oldest] = this.atHand.entries().next().value as [number, Frame];
    this.atHand.delete(number);
    this.latest = undefined;
    return oldest;
  }

  private laidOut(number: number): Frame {
    const frame = this.taken();
    const { known, memory } = frame;
    frame.number = number;
    frame.isComplete = false;
    frame.replayed = 0;
    frame.lastReplayed = -2;
    frame.replayPath = this.pathTo(number);
    known.fill(0);
    for (const { offset, size } of this.retention.present) known.fill(1, offset, offset + size);
    this.inputs.write(memory, number, this.mode);
    const { numbers, start } = this.history.row(number);
    for (const { from, at, size } of this.retention.row)
      memory.set(numbers.subarray(start + at, start + at + size), from);
    return this.used(frame);
  }

  /** The rows between the nearest state and a frame; undefined where some are missing, or nothing is replayed. */
  private pathTo(number: number): ReplayPath | undefined {
    if (this.retention.groups.length === 0) return undefined;
    const near = this.history.nearest(number - 1);
    const from = near?.frame ?? this.before;
    if (!this.history.hasRows(from + 1, number - 1)) return undefined;
    const rows: Row[] = [];
    for (let n = from + 1; n < number; n++) rows.push(this.history.row(n));
    return { state: near?.state ?? this.first, rows, entered: this.entries.between(from, number) };
  }
}
