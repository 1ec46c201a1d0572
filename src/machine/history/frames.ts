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

/** The part of the budget that frames at hand may take, and how many there are at most. */
const shareAtHand = 0.2;
const mostAtHand = 4;

/**
 * Keyframes lie so far apart that copying them comes to a hundredth or two of the work between; nearer, where all that
 * lies between has to be done again.
 */
const copying = { byCell: 1024, byFrame: 80 };

/** Operations between keyframes that take no time to speak of. */
const quickly = 100_000;

/**
 * The frames of a run: executed in order, noted, and brought back. A frame that was run before is laid out from its
 * row; what the row leaves out is pulled cell by cell or, where that is not possible or all is wanted, found by running
 * frames again from the nearest state that is known.
 */
export class Frames {
  readonly history: History;
  private readonly atHand = new Map<number, Frame>();
  /** The frame at hand that was asked for last. */
  private latest: Frame | undefined;
  private readonly capacity: number;
  private readonly kernel: FrameKernel;
  /** The frame after which the numbers that live on are as they stand in the kernel's memory; −1: after none. */
  private position = -1;
  /** The frame before the first of these. */
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
    /** Bytes for what is remembered, whether that is kept here or handed over, and whether WebAssembly may be made. */
    limits: { readonly budget: number; readonly passesOn: boolean; readonly webAssembly: boolean },
    /** The frames of training that these only show in another mode: what they find is asked for there. */
    private readonly trained?: Pick<Frames, 'stateAfter'>,
    /** Where these are not the frames of a run from its start: which is the first, and what it finds. */
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

  /** Bytes that are in use for what is remembered and for the frames at hand. */
  get bytes(): number {
    return this.history.bytes + this.atHand.size * Frame.bytes(this.layout.size);
  }

  /** A frame, of which large arrays may be missing. */
  at(number: number): Frame {
    if (this.latest?.number === number) return this.latest;
    const known = this.atHand.get(number);
    if (known !== undefined) return this.used(known);
    const isNoted = this.mode === 'train' && this.history.hasRow(number);
    return isNoted ? this.laidOut(number) : this.whole(number);
  }

  /** An array of a frame as it was noted; undefined where it was not. */
  recorded(number: number, slot: Slot): Float64Array | undefined {
    const place = this.retention.placeOf(slot);
    if (place === undefined || this.mode !== 'train' || !this.history.hasRow(number)) return undefined;
    const { numbers, start } = this.history.row(number);
    return numbers.subarray(start + place, start + place + slot.size);
  }

  /** Whether to run whole frames again takes less time than to renew what is pulled side by side. */
  get runsFast(): boolean {
    return this.kernel.kind === 'WebAssembly';
  }

  /** Puts a frame where it is found first and goes last. */
  private used(frame: Frame): Frame {
    this.atHand.delete(frame.number);
    this.atHand.set(frame.number, frame);
    this.latest = frame;
    return frame;
  }

  /** A frame with every cell in its place. */
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

  /** Fills in all the pulled arrays of a frame that knows its way. */
  replayArrays(frame: Frame): void {
    if (frame.replayPath === undefined) return;
    if (this.runsFast) this.whole(frame.number);
    else this.arrayReplayer.fill(frame, frame.replayPath);
  }

  /** Fills in those cells of a pulled array that lie in one line along its last index with one; whether it could. */
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

  /** Runs the frame after the furthest one, for what is noted of it only. */
  extend(): void {
    const number = this.history.furthest + 1;
    this.moveTo(number - 1);
    this.advance(number);
  }

  /** The first number of a frame that is stored and is not finite. */
  fault(number: number): Fault | undefined {
    if (this.mode === 'train' && number <= this.history.furthest) {
      const first = this.firstFault;
      if (first === undefined || number < first.frame) return undefined;
      if (number === first.frame) return { cell: first.cell, value: first.value, step: first.step };
    }
    return this.faultIn(number);
  }

  /** What has been noted since the last time, to be handed over. */
  takeRecords(): RangeRecords {
    return this.history.takeRecords(this.stateAfter(this.history.furthest));
  }

  /** The furthest frame's state and no notes. */
  headState(): RangeRecords {
    const { furthest } = this.history;
    return { furthest, state: this.stateAfter(furthest), segments: [], keyframes: [] };
  }

  /** A copy of what survives a frame. */
  stateAfter(number: number): TrainingState {
    if (number === this.before) return this.first.slice();
    this.moveTo(number);
    return stateOf(this.layout, this.kernel.memory, 'old');
  }

  /** Brings the kernel's memory to where a frame is finished and the next one can begin. */
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

  /** Runs the frame after the one where the kernel stands, and notes it. */
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
    // What is renewed is gone afterwards.
    const wasFinite = fillRow(row, memory, retention.incoming);
    kernel.advance();
    this.position = number;
    const staysFinite = fillRow(row, memory, retention.outgoing);
    this.record(number, wasFinite && staysFinite, memory, 'old');
  }

  /** Remembers a frame whose row is filled; where it has a keyframe, that is looked at for what is not finite, too. */
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
   * The first frame that stored a number that is not finite, as far as frames have been run. Training looks at small
   * arrays only, and at all of them now and then; where something is found, the frames before are looked through.
   */
  get firstFault(): FirstFault | undefined {
    const { history } = this;
    if (history.first !== undefined || history.nonFiniteFrame === undefined) return history.first;
    const last = history.nonFiniteFrame;
    // All states that are remembered from before were looked at.
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

  /** A memory for another frame: a new one, or that of the frame used least recently. */
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

  /** The rows on the way to a frame from the nearest state; undefined where some are missing, or nothing is pulled. */
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
