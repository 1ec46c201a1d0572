import { cellAt } from '../formula/model.ts';
import type { Program } from '../program/program.ts';
import type { Frame } from './frame.ts';
import type { Frames } from './frames.ts';
import type { Layout, Slot } from './layout.ts';
import type { Pull } from './pull.ts';
import type { Retention } from './retention.ts';
import { type Source, Stepper } from './stepper.ts';
import type { Store } from './store.ts';
import { Transcript } from './transcript.ts';

/** The numbers of a frame at hand, cell by cell: what is not there is pulled or computed, and then is there. */
export class Cells {
  private readonly transcript = new Transcript();
  private readonly stepper: Stepper;
  /** The frame that is being read. */
  private frame: Frame;

  constructor(
    program: Program,
    layout: Layout,
    private readonly retention: Retention,
    private readonly frames: Frames,
    private readonly pull: Pull,
    private readonly store: Store,
  ) {
    this.stepper = new Stepper(program.model.functions, layout, this.transcript, this.source);
    this.frame = undefined as never;
  }

  /** Chooses the frame that `source` reads. */
  open(number: number): void {
    this.frame = this.frames.at(number);
  }

  /** A number of a frame. */
  value(number: number, slot: Slot, address: number): number {
    this.open(number);
    return this.read(slot, address);
  }

  /** All numbers of a slot, row by row: valid until another frame is asked for. */
  array(number: number, slot: Slot): Float64Array {
    const isThere = this.retention.keepingOf(slot) === 'present';
    const { memory } = isThere ? this.frames.at(number) : this.frames.whole(number);
    return memory.subarray(slot.offset, slot.offset + slot.size);
  }

  /** How formulas read the open frame. */
  readonly source: Source = (slot, address) => {
    if (this.retention.keepingOf(slot) === 'present') return () => this.frame.memory[address()];
    return () => this.read(slot, address());
  };

  private read(slot: Slot, address: number): number {
    const { frame } = this;
    if (frame.isComplete || frame.known[address] === 1) return frame.memory[address];
    const flat = address - slot.offset;
    const keeping = this.retention.keepingOf(slot);
    const writer = this.retention.writer(slot);
    let value: number;
    if (keeping === 'pulled' && frame.way !== undefined) value = this.pull.value(slot, flat, frame.way);
    else if (keeping === 'computed' && writer !== undefined) {
      const mark = this.transcript.mark();
      value = this.store(writer, flat, this.stepper.of(writer).at(cellAt(slot.shape, flat)));
      this.transcript.rewind(mark);
    } else return this.frames.whole(frame.number).memory[address];
    // A cell it was computed from may have made the frame whole.
    frame.memory[address] = value;
    frame.known[address] = 1;
    return value;
  }
}
