import type { Version } from '../../formula/expression.ts';
import type { Machine } from '../machine.ts';
import type { Slot } from '../memory/layout.ts';

/** How many cells of an array differ, and by how much at most: beside the largest number in either, and where. */
export interface ArrayDifference {
  readonly count: number;
  readonly relative: number;
  readonly flat: number;
}

/** How far an array of two runs has parted in a frame; undefined where it has not, or the other has none of that shape. */
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
    // What is not a number in one of them could not be further apart.
    const far = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
    if (flat >= 0 && far <= most) continue;
    [most, flat] = [far, at];
  }
  if (count === 0) return undefined;
  const isMeasured = most < Number.POSITIVE_INFINITY && largest > 0;
  return { count, relative: isMeasured ? most / largest : most === 0 ? 0 : Number.POSITIVE_INFINITY, flat };
}

/** The array of another run that has the same name, version and shape. */
export function partnerOf({ layout }: Machine, { name, version, shape }: Slot): Slot | undefined {
  if (!layout.has(name, version)) return undefined;
  const found = layout.slot(name, version);
  return found.shape.join() === shape.join() ? found : undefined;
}
