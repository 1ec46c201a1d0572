import { cellAt } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import { Evaluator, type SlotMemory, type SlotReader } from '../step/evaluator.ts';
import type { CellReplay } from './cell-replay.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import type { Retention } from './retention.ts';

/** To pull one cell costs about as much as to renew so many side by side; some are pulled in any case. */
const replayCost = 200;
/** … or as to run so many operations of whole frames in WebAssembly. */
const wholeFrameCost = 30_000;
const fewReplayed = 16;

/** The numbers of a frame at hand, cell by cell: what is not there is pulled or computed, and then is there. */
export class CellLookup {
  private readonly evaluator: Evaluator;
  private readonly finders = new Map<Slot, Find>();
  private readonly mostReplayed: number;
  /** The frame that is being read. */
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

  /** Chooses the frame that `source` reads. */
  open(number: number): void {
    this.frame = this.frames.at(number);
  }

  /** A number of a frame. */
  value(number: number, slot: Slot, address: number): number {
    this.open(number);
    return this.read(address, this.finder(slot));
  }

  /** All numbers of a slot, row by row: valid until another frame is asked for. */
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

  /** How formulas read the open frame. */
  readonly source: SlotReader = (slot, address) => {
    if (this.retention.policyOf(slot) === 'present') return () => this.frame.memory[address()];
    const find = this.finder(slot);
    return () => this.read(address(), find);
  };

  readonly bulk: SlotMemory = (slot) =>
    this.frame.isComplete || this.retention.policyOf(slot) === 'present' ? this.frame.memory : undefined;

  /** Reads a number that may have to be found first. */
  private read(address: number, find: Find): number {
    const { frame } = this;
    if (frame.isComplete || frame.known[address] === 1) return frame.memory[address];
    const value = find(frame, address);
    // Where the frame had to be made whole for it, this changes nothing.
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
        // Who reads one cell after the other soon reads the whole line.
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

/** Finds a number that a frame at hand lacks. */
type Find = (frame: Frame, address: number) => number;
