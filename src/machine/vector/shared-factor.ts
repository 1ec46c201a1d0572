import { constant, plus } from '../../formula/affine.ts';
import type { Slot } from '../memory/layout.ts';
import type { Fold, Load, PlanValue } from '../plan/plan.ts';
import type { VectorMemory } from './vector-memory.ts';

/** How many factors may be computed at a time. */
const most = 4096;

/** The shared factors of a sum as numbers in memory, and what computes them if they are not there already. */
export interface SharedFactor {
  readonly load: Load;
  readonly prepare?: () => void;
}

/** Undefined where the factors cannot be computed all at once; `isGuarded` tells whether the load may have conditions. */
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
  // Under a condition the others might lie out of range.
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
