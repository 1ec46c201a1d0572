import { cellAt } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import type { Slot } from '../machine/memory/layout.ts';

/** Of more cells than this of one array the whole is asked for at once. */
const fewCells = 256;

/** The numbers of a finished frame by their address: one by one while few are wanted of an array, then all of it. */
export class FrameValues {
  private readonly arrays = new Map<Slot, { count: number; whole?: Float64Array }>();

  constructor(
    private readonly machine: Machine,
    readonly frame: number,
  ) {}

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
