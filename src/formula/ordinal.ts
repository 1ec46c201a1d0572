import { type Affine, constant, index, minus, plus, scale } from './affine.ts';
import type { Reduction } from './expression.ts';

/** The position of a reduction's term, counted from 1 through the whole rectangle of its index ranges. */
export function ordinal(e: Reduction): Affine {
  let position = constant(0);
  for (const { name, range } of e.indices) {
    const { low, high } = range as { low: number; high: number };
    position = plus(scale(position, high - low + 1), minus(index(name), constant(low)));
  }
  return plus(position, constant(1));
}
