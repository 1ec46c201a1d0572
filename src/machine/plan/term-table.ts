import { type Affine, coefficient, index, minus, scale } from '../../formula/affine.ts';
import type { Fold } from './plan.ts';

/** A sum of more terms is not computed from a table of its addresses. */
const mostTerms = 1 << 17;

/**
 * For each term of a fold, in order, the values of its axes, outermost first; conditions are not considered. A fold without axes
 * has one term, `[]`. Empty if there are no terms, and also if there are more than 131,072.
 */
export function termPlaces({ axes }: Pick<Fold, 'axes'>): number[][] {
  const terms = axes.reduce((product, { low, high }) => product * Math.max(0, high - low + 1), 1);
  if (terms > mostTerms) return [];
  let found: number[][] = [[]];
  for (const { low, high } of axes)
    found = found.flatMap((place) => Array.from({ length: high - low + 1 }, (_, n) => [...place, low + n]));
  return found;
}

/**
 * For every term of the table (see `termPlaces`), the part of an affine expression that depends on the fold's axes; `termBase` is
 * the rest.
 */
export const termOffsets = (
  affine: Affine,
  { axes }: Pick<Fold, 'axes'>,
  table: readonly number[][],
): Int32Array =>
  Int32Array.from(table, (place) =>
    axes.reduce((value, { name }, d) => value + coefficient(affine, name) * place[d], 0),
  );

/**
 * The part of an affine expression that does not depend on the fold's axes, its constant included; `termOffsets` gives the other
 * part.
 */
export const termBase = (affine: Affine, { axes }: Pick<Fold, 'axes'>): Affine =>
  axes.reduce((rest, { name }) => minus(rest, scale(index(name), coefficient(affine, name))), affine);
