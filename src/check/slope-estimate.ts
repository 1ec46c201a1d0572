/** What differences of a function show about a claimed slope. */
export interface SlopeResult {
  /**
   * `kink`: the function has a kink there, and the slope lies between those of both sides. `unknown`: the function is not finite
   * nearby.
   */
  readonly verdict: 'agrees' | 'differs' | 'kink' | 'unknown';
  /** The slope by differences; NaN if unknown. */
  readonly estimate: number;
  /** The slopes of both sides, where the function has a kink; else absent. */
  readonly sides?: readonly [below: number, above: number];
}

/** Distances of the differences, relative to the shifted number; the smaller ones are for kinks nearby. */
const distances = [1e-3, 1e-4, 1e-5];
/** Relative to the larger slope; slopes below this share of the loss are lost in the differences' own rounding. */
const tolerance = 1e-6;
const least = 1e-3;
/** If a bend does not shrink over half the distance, it is a kink. */
const kept = 0.75;

/**
 * Tests whether f, a function of how far a number is shifted, has slope `slope` at 0: central differences at two distances with
 * one Richardson extrapolation, so that the error is of fourth order; agreement is to 1e-6. `value` is the unshifted number;
 * steps are relative to max(1, |value|). Calls f some ten times.
 */
export function compareSlope(f: (shift: number) => number, slope: number, value: number): SlopeResult {
  const middle = f(0);
  const unit = Math.max(1, Math.abs(value));
  let best = Number.NaN;
  let roughest = Number.POSITIVE_INFINITY;
  let sides: readonly [number, number] | undefined;
  for (const distance of distances) {
    const [far, near] = [distance * unit, (distance * unit) / 2].map((h) => {
      const [above, below] = [f(h), f(-h)];
      // The shifted number is rounded, and so the actual step is, too.
      const width = value + h - (value - h);
      return { rise: (above - below) / width, bend: (above + below - 2 * middle) / h, h, above, below };
    });
    const estimate = (4 * near.rise - far.rise) / 3;
    if (!Number.isFinite(estimate)) continue;
    const size = Math.max(Math.abs(slope), Math.abs(estimate), least * Math.abs(middle), 1e-9);
    if (Math.abs(estimate - slope) <= tolerance * size) return { verdict: 'agrees', estimate };
    const rough = Math.abs(far.rise - near.rise);
    if (rough <= roughest) [best, roughest] = [estimate, rough];
    const isBent = Math.abs(near.bend) > 1e-4 * size && Math.abs(near.bend) > kept * Math.abs(far.bend);
    sides = isBent ? [(middle - near.below) / near.h, (near.above - middle) / near.h] : undefined;
  }
  if (Number.isNaN(best) || !Number.isFinite(slope))
    return { verdict: Number.isNaN(best) ? 'unknown' : 'differs', estimate: best };
  if (sides !== undefined) {
    const room = 1e-3 * Math.max(Math.abs(sides[0]), Math.abs(sides[1]));
    const isBetween = slope >= Math.min(...sides) - room && slope <= Math.max(...sides) + room;
    return { verdict: isBetween ? 'kink' : 'differs', estimate: best, sides };
  }
  return { verdict: 'differs', estimate: best };
}
