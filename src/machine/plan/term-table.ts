import { type Affine, coefficient, index, minus, scale } from '../../formula/affine.ts';
import type { Fold } from './plan.ts';

/** How many terms a sum may have to be done from a table of its addresses. */
const mostTerms = 1 << 17;

/** The values of a fold's axes, term after term; none where there are too many. */
export function termPlaces({ axes }: Pick<Fold, 'axes'>): number[][] {
  const terms = axes.reduce((product, { low, high }) => product * Math.max(0, high - low + 1), 1);
  if (terms > mostTerms) return [];
  let found: number[][] = [[]];
  for (const { low, high } of axes)
    found = found.flatMap((place) => Array.from({ length: high - low + 1 }, (_, n) => [...place, low + n]));
  return found;
}

/** The part of an affine that varies from term to term, for every term. */
export const termOffsets = (
  affine: Affine,
  { axes }: Pick<Fold, 'axes'>,
  table: readonly number[][],
): Int32Array =>
  Int32Array.from(table, (place) =>
    axes.reduce((value, { name }, d) => value + coefficient(affine, name) * place[d], 0),
  );

/** The part of an affine that does not. */
export const termBase = (affine: Affine, { axes }: Pick<Fold, 'axes'>): Affine =>
  axes.reduce((rest, { name }) => minus(rest, scale(index(name), coefficient(affine, name))), affine);
