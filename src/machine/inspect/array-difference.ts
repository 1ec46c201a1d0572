import type { Version } from '../../formula/expression.ts';
import type { Machine } from '../machine.ts';
import type { Slot } from '../memory/layout.ts';

/** How much an array differs between two runs. */
export interface ArrayDifference {
  /** How many cells differ in any bit. */
  readonly count: number;
  /**
   * The largest absolute difference divided by the largest magnitude in either array; infinite where a difference is not finite.
   */
  readonly relative: number;
  /** The position, from 0, of the cell with the largest difference. */
  readonly flat: number;
}

/**
 * Compares an array of two runs in a finished frame (from 1), which both have. Undefined if all bits agree, or if the other run
 * (`there`) has no such array of the same shape. Throws a RangeError if the first run has no such version.
 */
export function arrayDifference(
  here: Machine,
  there: Machine,
  frame: number,
  name: string,
  version: Version,
): ArrayDifference | undefined {
  const slot = here.layout.slot(name, version);
  if (partnerOf(there, slot) === undefined) return undefined;
  const [mine, others] = [here.array(frame, name, version), there.array(frame, name, version)];
  let [count, most, flat, largest] = [0, 0, -1, 0];
  for (let at = 0; at < mine.length; at++) {
    const [a, b] = [mine[at], others[at]];
    largest = Math.max(largest, Math.abs(a), Math.abs(b));
    if (Object.is(a, b)) continue;
    count += 1;
    const apart = Math.abs(a - b);
    // A NaN on one side counts as the largest difference.
    const far = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
    if (flat >= 0 && far <= most) continue;
    [most, flat] = [far, at];
  }
  if (count === 0) return undefined;
  const isMeasured = most < Number.POSITIVE_INFINITY && largest > 0;
  return { count, relative: isMeasured ? most / largest : most === 0 ? 0 : Number.POSITIVE_INFINITY, flat };
}

/** The slot of a run for the array with the same name, version and shape as another run's slot; undefined if there is none. */
export function partnerOf({ layout }: Machine, { name, version, shape }: Slot): Slot | undefined {
  if (!layout.has(name, version)) return undefined;
  const found = layout.slot(name, version);
  return found.shape.join() === shape.join() ? found : undefined;
}
