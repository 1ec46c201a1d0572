import { cellAt, cellName, type Formula } from '../formula/model.ts';
import type { Program } from '../program/program.ts';
import { prune } from '../program/tree.ts';
import { Evaluator } from './evaluator.ts';
import { Frame } from './frame.ts';
import { type Fault, History, type Notes, type State } from './history.ts';
import type { Inputs, Mode } from './inputs.ts';
import type { Layout } from './layout.ts';
import type { Way } from './pull.ts';
import type { Retention } from './retention.ts';
import type { Row } from './rows.ts';
import type { Store } from './store.ts';

/** The part of the budget that frames at hand may take, and how many there are at most. */
const shareAtHand = 0.2;
const mostAtHand = 4;

/**
 * The frames of a run: executed in order, noted, and brought back. A frame that was run before is laid out from its
 * row; what the row leaves out is pulled cell by cell or, all at once, brought from the nearest state that is known.
 */
export class Frames {
  readonly history: History;
  private readonly atHand = new Map<number, Frame>();
  private readonly capacity: number;
  private readonly evaluator: Evaluator;
  /** Only what renews the large arrays, from rows; undefined where the formulas do not permit it. */
  private readonly renewal: Evaluator | undefined;
  /** What the first frame finds. */
  private readonly first: State;

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
    private readonly retention: Retention,
    private readonly inputs: Inputs,
    private readonly store: Store,
    private readonly mode: Mode,
    /** Bytes for what is remembered, and whether that is kept here or handed over. */
    limits: { readonly budget: number; readonly passesOn: boolean },
  ) {
    const { rowSize, stateSize } = retention;
    this.evaluator = new Evaluator(program, layout);
    this.first = this.survivors(inputs.start, 'old');
    this.capacity = Math.max(
      1,
      Math.min(mostAtHand, Math.floor((limits.budget * shareAtHand) / Frame.bytes(layout.size))),
    );
    this.history = new History(rowSize, stateSize, limits.budget * (1 - shareAtHand), limits.passesOn);
    const tree = retention.isComplete ? prune(program.tree, retention.renewing) : undefined;
    this.renewal = tree && new Evaluator({ model: program.model, tree }, layout);
  }

  /** Bytes that are in use for what is remembered and for the frames at hand. */
  get bytes(): number {
    return this.history.bytes + this.atHand.size * Frame.bytes(this.layout.size);
  }

  /** A frame, of which the large arrays may be missing. */
  at(number: number): Frame {
    const known = this.atHand.get(number);
    if (known !== undefined) {
      this.atHand.delete(number);
      this.atHand.set(number, known);
      return known;
    }
    if (this.mode === 'train' && this.history.hasRow(number)) return this.laidOut(number);
    return this.whole(number);
  }

  /** A frame with every cell in its place. */
  whole(number: number): Frame {
    const known = this.atHand.get(number);
    if (known?.isComplete) return this.at(number);
    const from = this.nearest(number - 1);
    const frame = known ?? this.taken();
    this.bring(frame, from, number);
    this.atHand.delete(number);
    this.atHand.set(number, frame);
    return frame;
  }

  /** Runs the frame after the furthest one, in the memory of that if it is at hand. */
  extend(): Frame {
    const { furthest } = this.history;
    const from = this.nearest(furthest);
    const last = this.atHand.get(furthest);
    this.atHand.delete(furthest);
    const frame = last ?? this.taken();
    this.bring(frame, from, furthest + 1);
    this.atHand.set(furthest + 1, frame);
    return frame;
  }

  fault(number: number): Fault | undefined {
    const isKnown = this.mode === 'train' && number <= this.history.furthest;
    return isKnown ? this.history.fault(number) : this.whole(number).fault;
  }

  /** What has been noted since the last time, to be handed over. */
  drain(): Notes {
    return this.history.drain(this.stateAfter(this.history.furthest));
  }

  /** The furthest frame's state and no notes. */
  tip(): Notes {
    const { furthest } = this.history;
    return { furthest, state: this.stateAfter(furthest), segments: [], keyframes: [], faults: [] };
  }

  /** A copy of what survives a frame. */
  private stateAfter(number: number): State {
    return number === 0 ? this.first.slice() : this.survivors(this.whole(number).memory, 'new');
  }

  /** A memory for another frame: a new one, or that of the frame used least recently. */
  private taken(): Frame {
    if (this.atHand.size < this.capacity) return new Frame(this.inputs.start);
    const [number, oldest] = this.atHand.entries().next().value as [number, Frame];
    this.atHand.delete(number);
    return oldest;
  }

  private laidOut(number: number): Frame {
    const frame = this.taken();
    const { known, memory } = frame;
    frame.number = number;
    frame.isComplete = false;
    frame.fault = this.history.fault(number);
    frame.way = this.wayTo(number);
    known.fill(0);
    for (const { offset, size } of this.retention.present) known.fill(1, offset, offset + size);
    this.inputs.write(memory, number, this.mode);
    this.place(this.history.row(number), memory);
    this.atHand.set(number, frame);
    return frame;
  }

  /** The rows on the way to a frame from the nearest state; undefined where some are missing, or nothing is pulled. */
  private wayTo(number: number): Way | undefined {
    if (this.retention.groups.length === 0) return undefined;
    const near = this.history.nearest(number - 1);
    const from = near?.frame ?? 0;
    if (!this.history.hasRows(from + 1, number - 1)) return undefined;
    const rows: Row[] = [];
    for (let n = from + 1; n < number; n++) rows.push(this.history.row(n));
    return { state: near?.state ?? this.first, rows };
  }

  /** Puts the numbers of a row where they belong. */
  private place({ numbers, start }: Row, memory: Float64Array): void {
    for (const { slot, at } of this.retention.noted)
      memory.set(numbers.subarray(start + at, start + at + slot.size), slot.offset);
  }

  /** The nearest frame at or before `number` after which all that survives is known, and how to load it. */
  private nearest(number: number): Start {
    const near = this.history.nearest(number);
    let frame = near?.frame ?? 0;
    let load = (memory: Float64Array) => this.load(near?.state ?? this.first, memory);
    for (const hand of this.atHand.values()) {
      if (!hand.isComplete) continue;
      if (this.mode === 'train' && hand.number > frame && hand.number <= number) {
        frame = hand.number;
        load = (memory) => this.copy(hand.memory, 'new', memory);
      } else if (hand.number - 1 > frame && hand.number - 1 <= number) {
        frame = hand.number - 1;
        load = (memory) => this.copy(hand.memory, 'old', memory);
      }
    }
    return { frame, load };
  }

  /** Runs a frame in a memory, after those that lie between it and where it starts. */
  private bring(frame: Frame, { frame: from, load }: Start, number: number): void {
    const { memory } = frame;
    load(memory);
    for (let n = from + 1; n < number; n++) {
      if (this.renewal !== undefined && this.history.hasRow(n)) {
        this.place(this.history.row(n), memory);
        this.renewal.run(memory, this.store);
      } else this.execute(memory, n, 'train');
      this.copy(memory, 'new', memory);
    }
    frame.number = number;
    frame.fault = this.execute(memory, number, this.mode);
    frame.isComplete = true;
    frame.way = undefined;
  }

  /** Runs one frame whose survivors are in place, and notes it. */
  private execute(memory: Float64Array<ArrayBuffer>, number: number, mode: Mode): Fault | undefined {
    this.inputs.write(memory, number, mode);
    let wrong: { formula: Formula; flat: number; value: number } | undefined;
    this.evaluator.run(memory, (formula, flat, computed) => {
      const value = this.store(formula, flat, computed);
      if (!Number.isFinite(value)) wrong ??= { formula, flat, value };
      return value;
    });
    const fault = wrong && this.faultOf(wrong.formula, wrong.flat, wrong.value);
    if (mode === 'train') {
      const fill = (row: Row) => this.fill(row, memory);
      this.history.note(number, fault, fill, () => this.survivors(memory, 'new'));
    }
    return fault;
  }

  private fill({ numbers, start }: Row, memory: Float64Array): void {
    for (const { slot, at } of this.retention.noted)
      numbers.set(memory.subarray(slot.offset, slot.offset + slot.size), start + at);
  }

  private faultOf(formula: Formula, flat: number, value: number): Fault {
    const cell = cellAt(this.layout.slot(formula.target, formula.version).shape, flat);
    return { cell: cellName(formula.target, cell), value, step: this.program.stepsOf(formula, cell).last };
  }

  private load(state: State, memory: Float64Array): void {
    let at = 0;
    for (const { old } of this.layout.renewed) {
      memory.set(state.subarray(at, at + old.size), old.offset);
      at += old.size;
    }
  }

  /** What one memory holds of survivors, as what another finds. */
  private copy(from: Float64Array, version: 'old' | 'new', to: Float64Array): void {
    if (from === to && version === 'old') return;
    for (const pair of this.layout.renewed) {
      const { offset, size } = pair[version];
      to.set(from.subarray(offset, offset + size), pair.old.offset);
    }
  }

  private survivors(memory: Float64Array, version: 'old' | 'new'): State {
    const state = new Float64Array(this.retention.stateSize);
    let at = 0;
    for (const pair of this.layout.renewed) {
      const { offset, size } = pair[version];
      state.set(memory.subarray(offset, offset + size), at);
      at += size;
    }
    return state;
  }
}

/** After which frame to begin, and what puts in place what that frame leaves. */
interface Start {
  readonly frame: number;
  readonly load: (memory: Float64Array) => void;
}
