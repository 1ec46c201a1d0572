import type { UnitPlace } from '../src/explain/drawing.ts';
import type { Layer } from '../src/explain/layers.ts';

/** Of a layer with too many units only so many are drawn. */
const abridgedTo = 5;

/**
 * Of a large layer the first unit, the last, and between them those around one that must be seen: always as many, so that
 * nothing moves when another one is at work.
 */
export function visibleOf(layer: Layer, capacity: number, focus: readonly UnitPlace[]): number[] {
  const { size } = layer;
  if (size <= capacity) return Array.from({ length: size }, (_, at) => at + 1);
  const wanted = focus.find((one) => one.layer === layer)?.n ?? 1;
  if (capacity < 3) return [Math.min(wanted, size - 1), size];
  const between = Math.min(abridgedTo, capacity) - 2;
  const first = Math.max(2, Math.min(size - between, wanted - Math.floor(between / 2)));
  return [1, ...Array.from({ length: between }, (_, at) => first + at), size];
}
