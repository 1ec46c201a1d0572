import { cellAt } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import { Evaluator, type SlotMemory, type SlotReader } from '../step/evaluator.ts';
import type { CellReplay } from './cell-replay.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import type { Retention } from './retention.ts';

/**
 * Replaying one cell costs about as much as renewing this many in an array replay; `fewReplayed` cells are replayed singly in any
 * case.
 */
const replayCost = 200;
/** Replaying one cell costs about as much as running this many operations of whole frames in WebAssembly. */
const wholeFrameCost = 30_000;
const fewReplayed = 16;

/**
 * Reads the numbers of a recorded frame cell by cell. What the frame lacks is replayed or computed once and then kept in its
 * memory.
 */
export class CellLookup {
  private readonly evaluator: Evaluator;
  private readonly finders = new Map<Slot, Find>();
  private readonly mostReplayed: number;
  /** The open frame. */
  private frame = undefined as unknown as Frame;

  constructor(
    program: Program,
    layout: Layout,
    private readonly retention: Retention,
    private readonly frames: Frames,
    private readonly replay: CellReplay,
    private readonly store: Store,
  ) {
    this.evaluator = new Evaluator(program.model.functions, layout, this.source, this.bulk);
    const replayed = retention.groups.flatMap(({ members }) => members.map(({ old }) => old.size));
    const many = frames.runsFast
      ? program.size / wholeFrameCost
      : replayed.reduce((sum, size) => sum + size, 0) / replayCost;
    this.mostReplayed = Math.max(fewReplayed, many);
  }

  /** Chooses the frame (from 1) that `source` and `bulk` read. */
  open(number: number): void {
    this.frame = this.frames.at(number);
  }

  /** The number at an address (from 0, within `slot`) of a frame's memory; opens that frame. */
  value(number: number, slot: Slot, address: number): number {
    this.open(number);
    return this.read(address, this.finder(slot));
  }

  /** All cells of a slot in a frame, row by row: a shared view, valid until another frame is asked for. */
  array(number: number, slot: Slot): Float64Array {
    const recorded = this.frames.recorded(number, slot);
    if (recorded !== undefined) return recorded;
    const frame = this.frames.at(number);
    const policy = this.retention.policyOf(slot);
    if (policy === 'replayed' && frame.replayPath !== undefined) {
      if (frame.replayed <= this.mostReplayed) this.frames.replayArrays(frame);
      frame.replayed = Number.POSITIVE_INFINITY;
    } else if (policy !== 'present') this.frames.whole(number);
    return frame.memory.subarray(slot.offset, slot.offset + slot.size);
  }

  /** Gives formulas access to the cells of the open frame. */
  readonly source: SlotReader = (slot, address) => {
    if (this.retention.policyOf(slot) === 'present') return () => this.frame.memory[address()];
    const find = this.finder(slot);
    return () => this.read(address(), find);
  };

  /** The open frame's memory for a slot whose cells are all in it; else undefined. */
  readonly bulk: SlotMemory = (slot) =>
    this.frame.isComplete || this.retention.policyOf(slot) === 'present' ? this.frame.memory : undefined;

  /** Reads a number, finding it first if the frame lacks it. */
  private read(address: number, find: Find): number {
    const { frame } = this;
    if (frame.isComplete || frame.known[address] === 1) return frame.memory[address];
    const value = find(frame, address);
    // Where the whole frame was run for it, this changes nothing.
    frame.memory[address] = value;
    frame.known[address] = 1;
    return value;
  }

  private finder(slot: Slot): Find {
    let find = this.finders.get(slot);
    if (find === undefined) {
      find = this.makeFinder(slot);
      this.finders.set(slot, find);
    }
    return find;
  }

  private makeFinder(slot: Slot): Find {
    const { retention } = this;
    const whole: Find = ({ number }, address) => this.frames.whole(number).memory[address];
    const policy = retention.policyOf(slot);
    const writer = retention.writer(slot);
    if (policy === 'replayed') {
      const replay = this.replay.of(slot);
      return (frame, address) => {
        if (frame.replayPath === undefined) return whole(frame, address);
        const isNext = address === frame.lastReplayed + 1;
        frame.lastReplayed = address;
        // A reader of consecutive cells will probably read the whole line.
        if (isNext && this.frames.replayLine(frame, slot, address - slot.offset))
          return frame.memory[address];
        if (++frame.replayed <= this.mostReplayed) return replay(address - slot.offset, frame.replayPath);
        this.frames.replayArrays(frame);
        return frame.memory[address];
      };
    }
    if (policy !== 'computed' || writer === undefined) return whole;
    return (_frame, address) => {
      const flat = address - slot.offset;
      return this.store(writer, flat, this.evaluator.of(writer).at(cellAt(slot.shape, flat)));
    };
  }
}

/** Finds a number that a frame lacks. */
type Find = (frame: Frame, address: number) => number;
