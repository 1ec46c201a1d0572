import type { Placement } from './network-placement.ts';
import { type Room, rim } from './network-room.ts';
import type { Rectangle, Size } from './placed-unit.ts';

/** How a drawing lies in its region. */
interface NetworkView {
  readonly outline: Rectangle;
  readonly whole: Rectangle;
  readonly isLarger: boolean;
  readonly restingScale: number;
}

/**
 * How a drawing lies in a region of a size in CSS pixels, in drawing units: its outline with the rim, the part of the plane that shows
 * all of it, whether it is larger than its region, and how much larger.
 */
export function viewOf(
  { placement, room }: { readonly placement: Placement; readonly room: Room },
  { width, height }: Size,
): NetworkView {
  const outline = {
    x: -rim.x,
    y: -rim.y,
    width: placement.width + 2 * rim.x,
    height: Math.ceil(placement.height) + 2 * rim.y,
  };
  const { scale } = room;
  if (scale === undefined) return { outline, whole: outline, isLarger: false, restingScale: 1 };
  const fit = Math.min(scale, width / outline.width, height / outline.height);
  const all = { width: width / fit, height: height / fit };
  const whole = {
    x: outline.x - (all.width - outline.width) / 2,
    y: outline.y - (all.height - outline.height) / 2,
    ...all,
  };
  return { outline, whole, isLarger: scale > fit, restingScale: scale / fit };
}
