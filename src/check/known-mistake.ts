import { cellAt } from '../formula/model.ts';
import { format } from '../number/format.ts';

/** Sums in different order agree to this, relative to the larger number. */
const relative = 1e-9;
/** Smaller differences, relative to the largest entry of the array or absolutely, may be rounding left over from cancellation. */
const relativeToLargest = 1e-12;
const absolute = 1e-14;
/** Far from the lesson's numbers rounding may have lost digits; omissions still show. */
const roughly = 1e-4;
const roughlyToLargest = 1e-9;

/** One claimed cell at one set of trial numbers. */
export interface CellComparison {
  /** The number of the set; 0 is the lesson's own numbers. */
  readonly trial: number;
  /** The cell's position in its array, from 0. */
  readonly flat: number;
  /** What the hand-written formula gives. */
  readonly hand: number;
  /** The derivative, with the sign of the claim. */
  readonly derived: number;
  /** Whether the two agree up to rounding. */
  readonly agrees: boolean;
}

/** A known mistake, with its details. */
export type KnownMistake = (
  | { readonly kind: 'sign' }
  /** The result is the derivative times this number, whose sign may be wrong, too. */
  | { readonly kind: 'factor'; readonly factor: number }
  /** The result is the derivative divided by a number of samples or other summands. */
  | { readonly kind: 'averaged'; readonly over: number }
  /** The result is the derivative multiplied by a rate, which belongs in the update. */
  | { readonly kind: 'rate'; readonly name: string }
  /** The slope of a unit's activation function is missing. */
  | { readonly kind: 'slope'; readonly of: string; readonly at: 'hidden' | 'output' }
  /** An updated quantity is read where the forward pass read the old version. */
  | { readonly kind: 'renewed'; readonly name: string }
  /** A quantity is read with two indices exchanged. */
  | { readonly kind: 'transposed'; readonly name: string }
  /** The result is the derivative transposed. */
  | { readonly kind: 'mirrored' }
  /** Only one of several paths to the loss is followed. */
  | { readonly kind: 'path' }
  /** A sensitivity stands in place of the gradient: the factor that the weight is multiplied by is missing. */
  | { readonly kind: 'sensitivity'; readonly name: string }
  /** A sum inside the formula should be a difference, or the other way around; `code` as it is written. */
  | { readonly kind: 'inner sign'; readonly code: string }
  /** Everything cancels, and only rounding is left over. */
  | { readonly kind: 'vanishing' }
  /** A factor is missing; `code` as it is written. */
  | { readonly kind: 'missing'; readonly code: string }
) & {
  /** Whether the sign is wrong, too; never beside `sign`, nor beside `factor`, which has its sign. */
  readonly turned?: boolean;
};

/** Whether two numbers are equal up to the order of additions: to 1e-9 of the larger magnitude. NaN agrees with nothing. */
export const agree = (hand: number, derived: number): boolean =>
  hand === derived || Math.abs(hand - derived) <= relative * Math.max(Math.abs(hand), Math.abs(derived));

/**
 * Whether two numbers are equal to 1e-9 of the larger magnitude, or to 1e-12 of `largest`, the largest magnitude in their array.
 */
export const agreeBeside = (hand: number, derived: number, largest: number): boolean =>
  agree(hand, derived) || Math.abs(hand - derived) <= relativeToLargest * largest;

/**
 * Whether two numbers differ by no more than rounding left over from cancellation: 1e-12 of `largest`, the largest magnitude in
 * their array, or 1e-14.
 */
export const mayBeNoise = (hand: number, derived: number, largest: number): boolean =>
  Math.abs(hand - derived) <= Math.max(relativeToLargest * largest, absolute);

/**
 * Whether numbers agree to 1e-4 of the larger magnitude, or to 1e-9 of `largest`, the largest magnitude in their array: for
 * trials where digits may have been lost.
 */
export const agreeRoughly = (hand: number, derived: number, largest: number): boolean =>
  Math.abs(hand - derived) <=
  Math.max(roughly * Math.max(Math.abs(hand), Math.abs(derived)), roughlyToLargest * largest);

/**
 * A known mistake that explains the results of a wrong formula at all cells and trials (at least one), as the end of a message,
 * `the sign is turned`; undefined if none does. Only factors, exchanged rows and columns and cancellation are tried. `shape` is
 * the array's; each trial must have all its cells in order.
 */
export function likelyMistake(
  comparisons: readonly CellComparison[],
  shape: readonly number[],
): string | undefined {
  if (isVanishing(comparisons)) return 'it is 0 to rounding, since its parts cancel';
  return (
    constantFactor(comparisons) ??
    (isMirrored(comparisons, shape) ? 'rows and columns are exchanged' : undefined)
  );
}

/**
 * The number that every cell's derivative must be multiplied by to give what the hand-written formula gives (−1 for a wrong sign,
 * 1 if they agree); undefined if there is no single one, or if it is 0. There must be at least one comparison.
 */
export function factorOf(comparisons: readonly CellComparison[]): number | undefined {
  const largest = comparisons.reduce((a, b) => (Math.abs(b.derived) > Math.abs(a.derived) ? b : a));
  const factor = largest.hand / largest.derived;
  const most = Math.abs(largest.hand);
  const isIt =
    factor !== 0 && comparisons.every(({ hand, derived }) => agreeBeside(hand, factor * derived, most));
  return isIt ? factor : undefined;
}

/**
 * Whether what the hand-written formula gives is only rounding left over from cancellation: at most 1e-12 of the largest
 * derivative, and not 0 everywhere.
 */
export function isVanishing(comparisons: readonly CellComparison[]): boolean {
  const most = comparisons.reduce((a, { derived }) => Math.max(a, Math.abs(derived)), 0);
  const isNoise = ({ hand }: CellComparison) => Math.abs(hand) <= relativeToLargest * most;
  return comparisons.every(isNoise) && comparisons.some(({ hand }) => hand !== 0);
}

/** Whether a factor, with its sign, equals a wanted number to 1e-9. */
export const isFactor = (factor: number, wanted: number): boolean =>
  Math.abs(factor - wanted) <= relative * Math.abs(wanted);

function constantFactor(comparisons: readonly CellComparison[]): string | undefined {
  const factor = factorOf(comparisons);
  if (factor === undefined) return undefined;
  if (isFactor(factor, -1)) return 'the sign is turned';
  return `it is off by the factor ${factorText(Math.abs(factor))}${factor < 0 ? ', and the sign is turned' : ''}`;
}

/** A positive factor as text with up to nine digits: 2, 0.123456789, and below 1 as 1/3 if the divisor is short. */
export function factorText(size: number): string {
  const text = size < 1 ? `1/${format(1 / size, nine)}` : format(size, nine);
  return /^1\/.{7}/.test(text) ? format(size, nine) : text;
}

const nine = { precision: { kind: 'significant', digits: 9 } } as const;

/**
 * Whether what the formula gives at [r,c] is `sign` times the derivative at [c,r], for a square matrix of this shape (false for
 * other shapes); `comparisons` must contain all its cells in order for each trial.
 */
export function isMirrored(
  comparisons: readonly CellComparison[],
  shape: readonly number[],
  sign = 1,
): boolean {
  if (shape.length !== 2 || shape[0] !== shape[1]) return false;
  return comparisons.every(({ hand, flat }, at) => {
    const [row, column] = cellAt(shape, flat);
    const mirror = (column - 1) * shape[1] + row - 1;
    const other = comparisons[at - flat + mirror];
    return other?.flat === mirror && agree(hand, sign * other.derived);
  });
}
