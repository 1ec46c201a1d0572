import { type Affine, constant, index, minus, plus, scale } from './affine.ts';
import type { Reduction } from './expression.ts';

/**
 * The position of a reduction's term as an affine expression of its bound indices, counted from 1 through the whole rectangle of
 * their ranges, the last index fastest. Conditions are not taken into account. All ranges must be known.
 */
export function ordinal(e: Reduction): Affine {
  let position = constant(0);
  for (const { name, range } of e.indices) {
    const { low, high } = range as { low: number; high: number };
    position = plus(scale(position, high - low + 1), minus(index(name), constant(low)));
  }
  return plus(position, constant(1));
}
