import { cellAt } from '../formula/model.ts';
import { format } from '../number/format.ts';

/** Two orders of additions agree so far, relative to the larger number. */
const relative = 1e-9;
/** What differs by less, beside the largest entry of the array or absolutely, may be what is left over where all cancels. */
const relativeToLargest = 1e-12;
const absolute = 1e-14;
/** Far from the lesson's numbers rounding may have eaten digits; what is left out altogether shows all the same. */
const roughly = 1e-4;
const roughlyToLargest = 1e-9;

/** One claimed cell at one set of numbers. */
export interface CellComparison {
  /** 0 has the lesson's own numbers. */
  readonly trial: number;
  readonly flat: number;
  readonly hand: number;
  readonly derived: number;
  readonly agrees: boolean;
}

/** A known mistake, and what tells it from others of its kind. */
export type KnownMistake = (
  | { readonly kind: 'sign' }
  /** The derivative times a number. */
  | { readonly kind: 'factor'; readonly factor: number }
  /** Divided by the number of samples, or of what else is added up. */
  | { readonly kind: 'averaged'; readonly over: number }
  /** Times a rate, which belongs in the update. */
  | { readonly kind: 'rate'; readonly name: string }
  /** The slope of the function that computes a unit's activation is left out. */
  | { readonly kind: 'slope'; readonly of: string; readonly at: 'hidden' | 'output' }
  /** What an update has renewed is read, where the forward pass has used what was there before. */
  | { readonly kind: 'renewed'; readonly name: string }
  /** Something is read with two of its indices exchanged. */
  | { readonly kind: 'transposed'; readonly name: string }
  /** What is written is the derivative's mirror image. */
  | { readonly kind: 'mirrored' }
  /** Of several ways from here to the loss, one alone is followed. */
  | { readonly kind: 'path' }
  /** A sensitivity stands where the gradient should, its product with what the weight is multiplied by. */
  | { readonly kind: 'sensitivity'; readonly name: string }
  /** Within the formula a sum should be a difference, or the other way around: as it is written. */
  | { readonly kind: 'inner sign'; readonly code: string }
  /** All that is written cancels, and what is left over is nothing but rounding. */
  | { readonly kind: 'vanishing' }
  /** A factor is left out. */
  | { readonly kind: 'missing'; readonly code: string }
) & {
  /** The sign is turned besides. */
  readonly turned?: boolean;
};

/** Whether two numbers are the same but for the order in which they were computed. */
export const agree = (hand: number, derived: number): boolean =>
  hand === derived || Math.abs(hand - derived) <= relative * Math.max(Math.abs(hand), Math.abs(derived));

/** Whether two numbers agree, beside the largest in their array. */
export const agreeBeside = (hand: number, derived: number, largest: number): boolean =>
  agree(hand, derived) || Math.abs(hand - derived) <= relativeToLargest * largest;

/** Whether two numbers that do not agree may differ by what is left over where larger ones cancel. */
export const mayBeNoise = (hand: number, derived: number, largest: number): boolean =>
  Math.abs(hand - derived) <= Math.max(relativeToLargest * largest, absolute);

/** Whether two numbers agree as far as one can tell where digits may have been lost. */
export const agreeRoughly = (hand: number, derived: number, largest: number): boolean =>
  Math.abs(hand - derived) <=
  Math.max(roughly * Math.max(Math.abs(hand), Math.abs(derived)), roughlyToLargest * largest);

/** The slip of the pen that would explain what a hand-written derivative gives at all cells and numbers tried. */
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

/** The one number by which every cell is off, if there is one. */
export function factorOf(comparisons: readonly CellComparison[]): number | undefined {
  const largest = comparisons.reduce((a, b) => (Math.abs(b.derived) > Math.abs(a.derived) ? b : a));
  const factor = largest.hand / largest.derived;
  const most = Math.abs(largest.hand);
  const isIt =
    factor !== 0 && comparisons.every(({ hand, derived }) => agreeBeside(hand, factor * derived, most));
  return isIt ? factor : undefined;
}

/** Whether what is written is nothing but what rounding leaves over of parts that cancel. */
export function isVanishing(comparisons: readonly CellComparison[]): boolean {
  const most = comparisons.reduce((a, { derived }) => Math.max(a, Math.abs(derived)), 0);
  const isNoise = ({ hand }: CellComparison) => Math.abs(hand) <= relativeToLargest * most;
  return comparisons.every(isNoise) && comparisons.some(({ hand }) => hand !== 0);
}

/** Whether a factor is this number, as far as numbers tell. */
export const isFactor = (factor: number, wanted: number): boolean =>
  Math.abs(factor - wanted) <= relative * Math.abs(wanted);

function constantFactor(comparisons: readonly CellComparison[]): string | undefined {
  const factor = factorOf(comparisons);
  if (factor === undefined) return undefined;
  if (isFactor(factor, -1)) return 'the sign is turned';
  return `it is off by the factor ${factorText(Math.abs(factor))}${factor < 0 ? ', and the sign is turned' : ''}`;
}

/** A factor as one would say it: 2, 1/3, or its digits. */
export function factorText(size: number): string {
  const text = size < 1 ? `1/${format(1 / size, nine)}` : format(size, nine);
  return /^1\/.{7}/.test(text) ? format(size, nine) : text;
}

const nine = { precision: { kind: 'significant', digits: 9 } } as const;

/** Whether the matrix is the derivative's mirror image. */
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
