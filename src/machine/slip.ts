import { cellAt } from '../formula/model.ts';
import { format } from '../number/format.ts';

/** Two orders of additions agree so far, relative to the larger number… */
const relative = 1e-9;
/** … or to the largest entry of the array, or, where all cancels to zero, absolutely. */
const relativeToLargest = 1e-12;
const absolute = 1e-14;

/** One claimed cell at one set of numbers. */
export interface Comparison {
  /** 0 has the lesson's own numbers. */
  readonly trial: number;
  readonly flat: number;
  readonly hand: number;
  readonly derived: number;
  readonly agrees: boolean;
}

export function agree(hand: number, derived: number, largest: number): boolean {
  if (hand === derived) return true;
  const tolerance = Math.max(
    relative * Math.max(Math.abs(hand), Math.abs(derived)),
    relativeToLargest * largest,
    absolute,
  );
  return Math.abs(hand - derived) <= tolerance;
}

/** The slip of the pen that would explain what a hand-written derivative gives at all cells and numbers tried. */
export function likelySlip(known: readonly Comparison[], shape: readonly number[]): string | undefined {
  return constantFactor(known) ?? exchanged(known, shape);
}

/** The one number by which every cell is off, if there is one. */
function constantFactor(known: readonly Comparison[]): string | undefined {
  const largest = known.reduce((a, b) => (Math.abs(b.derived) > Math.abs(a.derived) ? b : a));
  const factor = largest.hand / largest.derived;
  const most = Math.abs(largest.hand);
  if (factor === 0 || known.some(({ hand, derived }) => !agree(hand, factor * derived, most)))
    return undefined;
  const size = Math.abs(factor);
  if (factor < 0 && Math.abs(size - 1) < relative) return 'the sign is turned';
  const turned = factor < 0 ? ', and the sign is turned' : '';
  const text = size < 1 ? `1/${format(1 / size, nine)}` : format(size, nine);
  return `it is off by the factor ${/^1\/.{7}/.test(text) ? format(size, nine) : text}${turned}`;
}

const nine = { precision: { kind: 'significant', digits: 9 } } as const;

/** Whether the matrix is the derivative's mirror image. */
function exchanged(known: readonly Comparison[], shape: readonly number[]): string | undefined {
  if (shape.length !== 2 || shape[0] !== shape[1]) return undefined;
  const mirrored = known.every(({ hand, flat }, at) => {
    const [row, column] = cellAt(shape, flat);
    const mirror = (column - 1) * shape[1] + row - 1;
    const other = known[at - flat + mirror];
    return other?.flat === mirror && agree(hand, other.derived, Math.abs(hand));
  });
  return mirrored ? 'rows and columns are exchanged' : undefined;
}
