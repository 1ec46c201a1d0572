/** What differences of a function say about a slope that it is claimed to have. */
export interface SlopeResult {
  /** `kink`: the function bends there, and the slope lies between those of both sides. */
  readonly verdict: 'agrees' | 'differs' | 'kink' | 'unknown';
  /** The slope by differences. */
  readonly estimate: number;
  /** At a kink, the slopes of both sides. */
  readonly sides?: readonly [below: number, above: number];
}

/** How far differences reach out, beside the number that is moved; nearer, until no kink lies between. */
const distances = [1e-3, 1e-4, 1e-5];
/** Relative to the larger of both; below a share of the loss, the differences' own rounding is what remains. */
const tolerance = 1e-6;
const least = 1e-3;
/** A bend that does not get less over half the distance is a kink. */
const kept = 0.75;

/**
 * Whether a function of a shift has the slope at 0 that it is said to have: by central differences at two distances,
 * extrapolated once (Richardson), so that the error is of the fourth order.
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
      // The number that is moved rounds, and so does the step.
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
