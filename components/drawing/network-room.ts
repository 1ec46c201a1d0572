import type { Drawing } from '../../src/explain/drawing.ts';
import { sizes } from './network-figures.ts';
import { networkSize, type PlacementOptions } from './network-placement.ts';
import type { Size } from './placed-unit.ts';

/** How a network is placed in a region: what the placement needs, and the size at which it is drawn. */
export interface Room extends Pick<PlacementOptions, 'width' | 'most' | 'isTight'> {
  /** CSS pixels of a drawing unit, at least 1; undefined where the region has no height of its own, and the width decides. */
  readonly scale?: number;
}

/** Room beside and above a network in its picture, in drawing units: a badge or a frame at its rim is in the picture too. */
export const rim = { x: 14, y: 6 } as const;

/** Type is not enlarged further than to the first, or to as large as the text around it, but never beyond the second. */
const [usualScale, greatestScale] = [1.3, 2.2];
/** The largest type beside that of the text around the drawing. */
const besideText = 1.15;

/** How far a drawing is enlarged at most beside text of a font size, in CSS pixels: on a projector that is large. */
export const largestScaleIn = (fontSize: number): number =>
  Math.max(usualScale, Math.min(greatestScale, (besideText * fontSize) / sizes.value));

const mosts = [8, 5, 4, 3] as const;
/** Widths that are tried, in drawing units, beside those of the region itself. */
const widths = Array.from({ length: 14 }, (_, at) => 300 + 50 * at);

/**
 * The room with which a network in a region, in CSS pixels, has the largest type; of equal ones the most units, in their usual
 * distance. It is at most `largestScale` times its usual size. Where none is small enough for a scale of 1, the one of which the
 * region shows the greatest part, if possible with what reads beside what it reads.
 */
export function roomIn(drawing: Drawing, { width, height }: Size, largestScale = usualScale): Room {
  const own = [width, width / largestScale].map((one) => Math.floor(one) - 2 * rim.x);
  const worth = (room: Room): number => {
    const size = networkSize(drawing, room);
    const [across, down] = [width / (size.width + 2 * rim.x), height / (size.height + 2 * rim.y)];
    const scale = Math.min(largestScale, across, down);
    if (scale >= 1) return scale;
    const isSplit = size.pair.width > width || size.pair.height > height;
    return Math.min(1, across) * Math.min(1, down) - (isSplit ? 2 : 1);
  };
  let best: Room & { readonly worth: number } = { width, worth: Number.NEGATIVE_INFINITY };
  for (const isTight of [false, true]) {
    // Only where the usual distance leaves no room for it all.
    if (best.worth >= 1) break;
    for (const most of mosts)
      for (const across of [...own, ...widths]) {
        const room = { width: across, most, isTight };
        const found = worth(room);
        if (found > best.worth) best = { ...room, worth: found };
      }
  }
  const { worth: found, ...room } = best;
  return { ...room, scale: Math.max(1, found) };
}
