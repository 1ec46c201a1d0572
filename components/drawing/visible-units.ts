import type { UnitPlace } from '../../src/explain/drawing.ts';
import type { DrawnLayer } from '../../src/explain/layers.ts';

/** Of a layer with too many units only so many are drawn; where there are many such layers, so few. */
const [abridgedTo, abridgedAmongMany] = [5, 4];
/** So many large layers are many: what is drawn should not grow with them. */
const many = 4;

/** How many units are drawn of each of the layers that have too many. */
export const shownOfLarge = (layers: readonly DrawnLayer[], capacity: number): number =>
  layers.filter(({ kind, size }) => kind !== 'target' && size > capacity).length < many
    ? abridgedTo
    : abridgedAmongMany;

/**
 * Of a large layer the first unit, the last, and between them those around one that must be seen: always as many, so that
 * nothing moves when another one is at work.
 */
export function visibleOf(
  layer: DrawnLayer,
  capacity: number,
  focus: readonly UnitPlace[],
  ofLarge = abridgedTo,
): number[] {
  const { size } = layer;
  if (size <= capacity) return Array.from({ length: size }, (_, at) => at + 1);
  const wanted = focus.find((one) => one.layer === layer)?.n ?? 1;
  if (capacity < 3) return [Math.min(wanted, size - 1), size];
  const between = Math.min(ofLarge, capacity) - 2;
  const first = Math.max(2, Math.min(size - between, wanted - Math.floor(between / 2)));
  return [1, ...Array.from({ length: between }, (_, at) => first + at), size];
}
