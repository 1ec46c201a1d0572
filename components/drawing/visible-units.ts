import type { UnitPlace } from '../../src/explain/drawing.ts';
import type { DrawnLayer } from '../../src/explain/layers.ts';

/** How many units are drawn of a layer with too many, and where there are many such layers. */
const [abridgedTo, abridgedAmongMany] = [5, 4];
/** With at least this many large layers, fewer units of each are drawn. */
const many = 4;

/**
 * How many units are drawn of each layer with more than `capacity` units: 5, or 4 where at least four layers (targets do not
 * count) have more. `layers` are all of the drawing's. For `visibleOf`.
 */
export const shownOfLarge = (layers: readonly DrawnLayer[], capacity: number): number =>
  layers.filter(({ kind, size }) => kind !== 'target' && size > capacity).length < many
    ? abridgedTo
    : abridgedAmongMany;

/** Whether the same units of two layers are drawn, so that those of a sample stand side by side. */
const areParallel = (a: DrawnLayer, b: DrawnLayer): boolean =>
  a.isParallel && b.isParallel && a.size === b.size;

/**
 * The units to draw of a layer, from 1, ascending: all up to `capacity` of them; of a larger layer `ofLarge` (see
 * `shownOfLarge`; by default 5), but no more than `capacity`: the first, the last, and those around the first unit of `focus`
 * in it or in a parallel one (else unit 1); only that and the last where `capacity` is below 3. The count does not depend on
 * `focus`, so that the places of units stay when another unit is at work.
 */
export function visibleOf(
  layer: DrawnLayer,
  capacity: number,
  focus: readonly UnitPlace[],
  ofLarge = abridgedTo,
): number[] {
  const { size } = layer;
  if (size <= capacity) return Array.from({ length: size }, (_, at) => at + 1);
  const wanted = focus.find((one) => one.layer === layer || areParallel(one.layer, layer))?.n ?? 1;
  if (capacity < 3) return [Math.min(wanted, size - 1), size];
  const between = Math.min(ofLarge, capacity) - 2;
  const first = Math.max(2, Math.min(size - between, wanted - Math.floor(between / 2)));
  return [1, ...Array.from({ length: between }, (_, at) => first + at), size];
}
