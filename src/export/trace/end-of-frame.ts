import type { Quantity } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';

/** A quantity's numbers at the end of a frame. */
export interface QuantityNumbers {
  readonly name: string;
  readonly role: Quantity['role'];
  /** Empty for a single number. */
  readonly shape: readonly number[];
  /** Row-major; the new version where there is one. A view of the machine's memory: valid until another frame is read. */
  readonly values: Float64Array;
}

/** All quantities, given and computed, at the end of a frame (from 1, run if it has not been), in the order of the model. */
export function* numbersAfter(machine: Machine, frame: number): Generator<QuantityNumbers> {
  const { memory } = machine.frame(frame);
  for (const { name, role, shape } of machine.program.model.quantities.values()) {
    const version = machine.layout.has(name, 'new') ? 'new' : 'old';
    const { offset, size } = machine.layout.slot(name, version);
    yield { name, role, shape, values: memory.subarray(offset, offset + size) };
  }
}
