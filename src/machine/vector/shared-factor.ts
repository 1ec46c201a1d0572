import { constant, plus } from '../../formula/affine.ts';
import type { Slot } from '../memory/layout.ts';
import type { Fold, Load, PlanValue } from '../plan/plan.ts';
import type { VectorMemory } from './vector-memory.ts';

/** How many factors may be computed at a time. */
const most = 4096;

/** The shared factors of a sum as numbers in memory. */
export interface SharedFactor {
  /** Reads a term's factor. */
  readonly load: Load;
  /** Computes them before each use; absent if they are in memory already. */
  readonly prepare?: () => void;
}

/**
 * The factor `value` that all cells share in each term of a sum, as numbers in memory. `slot` only labels the load of computed
 * factors. Undefined where they cannot be computed all at once; `isGuarded` (true by default) tells whether a load with
 * conditions is acceptable.
 */
export function sharedFactor(
  kernel: VectorMemory,
  fold: Fold,
  value: PlanValue,
  slot: Slot,
  isGuarded = true,
): SharedFactor | undefined {
  if (value.kind === 'load' && (isGuarded || value.inside.length === 0)) return { load: value };
  const { axes, position, where } = fold;
  const terms = axes.reduce((product, { low, high }) => product * (high - low + 1), 1);
  // With conditions, factors of missing terms might be out of range.
  if (where.length > 0 || terms > most) return undefined;
  const room = kernel.reserve(terms);
  const address = plus(position, constant(room - 1));
  const all = kernel.along(axes, value, address);
  const prepare = () => {
    const { from, to } = kernel;
    all();
    kernel.from = from;
    kernel.to = to;
  };
  return { load: { kind: 'load', slot, address, inside: [] }, prepare };
}
