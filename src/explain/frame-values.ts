import { cellAt } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import type { Slot } from '../machine/memory/layout.ts';

/** After so many single cells of an array, the whole array is fetched. */
const fewCells = 256;

/** The numbers of a finished frame by address: fetched one by one while few of an array are read, then the whole array. */
export class FrameValues {
  private readonly arrays = new Map<Slot, { count: number; whole?: Float64Array }>();

  constructor(
    private readonly machine: Machine,
    /** From 1. */
    readonly frame: number,
  ) {}

  /** The number at an address of the layout, which must lie within the slot. */
  at(slot: Slot, address: number): number {
    let array = this.arrays.get(slot);
    if (array === undefined) {
      array = { count: 0 };
      this.arrays.set(slot, array);
    }
    const flat = address - slot.offset;
    if (array.whole !== undefined) return array.whole[flat];
    const { frame, machine } = this;
    array.count += 1;
    if (array.count > fewCells) {
      // A copy: the machine's own is good only until another frame is asked for.
      array.whole = machine.array(frame, slot.name, slot.version).slice();
      return array.whole[flat];
    }
    return machine.value(frame, slot.name, slot.version, cellAt(slot.shape, flat));
  }
}
