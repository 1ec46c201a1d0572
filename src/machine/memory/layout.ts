import type { Version } from '../../formula/expression.ts';
import { type Model, sizeOf } from '../../formula/model.ts';

/** Where one version of a quantity lies in a frame's memory, row by row (last index fastest). */
export interface Slot {
  readonly name: string;
  readonly version: Version;
  /** The number of cells along each dimension; empty for a scalar. */
  readonly shape: readonly number[];
  /** The distance between neighbours along each dimension, in numbers. */
  readonly strides: readonly number[];
  /** The address of its first cell, from 0. */
  readonly offset: number;
  /** The number of its cells. */
  readonly size: number;
}

/** The memory of one frame: every version of every quantity has its own slot, so nothing is overwritten. */
export class Layout {
  /** Ascending by offset. */
  readonly slots: readonly Slot[];
  /** Numbers in a frame's memory. */
  readonly size: number;
  /** Quantities that survive to the next frame, with the slots before and after the update. */
  readonly renewed: readonly { old: Slot; new: Slot }[];
  /** Numbers that survive to the next frame. */
  readonly stateSize: number;
  private readonly places = new Map<string, Slot>();

  constructor(readonly model: Model) {
    const slots: Slot[] = [];
    let offset = 0;
    const add = (name: string, version: Version, shape: readonly number[]): Slot => {
      const strides = shape.map((_, d) => sizeOf(shape.slice(d + 1)));
      const slot = { name, version, shape, strides, offset, size: sizeOf(shape) };
      offset += slot.size;
      slots.push(slot);
      this.places.set(key(name, version), slot);
      return slot;
    };
    for (const { name, shape } of model.quantities.values()) add(name, 'old', shape);
    this.renewed = model.formulas
      .filter(({ version }) => version === 'new')
      .map(({ target }) => {
        const old = this.slot(target, 'old');
        return { old, new: add(target, 'new', old.shape) };
      });
    this.stateSize = this.renewed.reduce((sum, { old }) => sum + old.size, 0);
    this.slots = slots;
    this.size = offset;
  }

  /** The slot of a quantity's version. Throws a RangeError if there is none. */
  slot(name: string, version: Version): Slot {
    const found = this.places.get(key(name, version));
    if (found === undefined) throw new RangeError(`no ${version} version of ${name}`);
    return found;
  }

  /** The slot that contains an address, which must be from 0 to `size` − 1. */
  slotAt(address: number): Slot {
    let low = 0;
    for (let high = this.slots.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (this.slots[middle].offset <= address) low = middle;
      else high = middle - 1;
    }
    return this.slots[low];
  }

  /** Whether a quantity has a slot for a version. */
  has(name: string, version: Version): boolean {
    return this.places.has(key(name, version));
  }
}

const layouts = new WeakMap<Model, Layout>();

/** The layout of a model: always the same object for the same model object. */
export function layoutOf(model: Model): Layout {
  let found = layouts.get(model);
  if (found === undefined) {
    found = new Layout(model);
    layouts.set(model, found);
  }
  return found;
}

const key = (name: string, version: Version): string => `${version} ${name}`;

/**
 * The address in a frame's memory of a cell, with one whole-number index from 1 for each dimension; undefined if it is out of
 * range.
 */
export function addressOf(slot: Slot, cell: readonly number[]): number | undefined {
  let address = slot.offset;
  for (let d = 0; d < slot.shape.length; d++) {
    if (!(cell[d] >= 1 && cell[d] <= slot.shape[d])) return undefined;
    address += (cell[d] - 1) * slot.strides[d];
  }
  return address;
}
