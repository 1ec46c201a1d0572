import { type Fold, type Load, type PlanValue, varies } from '../plan/plan.ts';
import type { VectorAxis } from './vector-axis.ts';

/** The two factors of every term: a cell's own one, and the one that all cells of the vector share. */
export interface Factors {
  readonly own: Load;
  readonly shared: PlanValue;
  /** −1 where the product is negated. */
  readonly sign: number;
}

/**
 * The two factors of each term of a sum of products: the one that varies along the axis (without an axis, a factor that is a
 * load), and the one that does not; undefined for folds of another kind.
 */
export function factorsOf({ reducer, body }: Fold, { axis }: VectorAxis): Factors | undefined {
  if (reducer !== 'sum' || body.kind !== 'apply' || body.operation !== 'mul') return undefined;
  const [[a, s], [b, t]] = body.operands.map(signed);
  const sign = s * t;
  const isShared = (value: PlanValue) => axis === undefined || !varies(value, axis.name);
  if (isShared(b) && a.kind === 'load' && (axis === undefined || !isShared(a)))
    return { own: a, shared: b, sign };
  return isShared(a) && b.kind === 'load' && !isShared(b) ? { own: b, shared: a, sign } : undefined;
}

/** A product with a negated factor is the negated product, to the bit. */
function signed(value: PlanValue): [PlanValue, number] {
  if (value.kind !== 'apply' || value.operation !== 'neg') return [value, 1];
  const [inner, sign] = signed(value.operands[0]);
  return [inner, -sign];
}
