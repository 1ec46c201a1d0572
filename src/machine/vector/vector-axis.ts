import { type Condition, coefficient } from '../../formula/affine.ts';
import { type Assign, type Axis, nodesOf } from '../plan/plan.ts';

/** The axis whose values are computed side by side; none where there is a single cell. */
export interface VectorAxis {
  readonly axis?: Axis;
}

export const dependsOn = (condition: Condition, { axis }: VectorAxis): boolean =>
  axis !== undefined && coefficient(condition, axis.name) !== 0;

/**
 * The axis along which the cells of a formula are computed side by side: the one along which they lie next to each
 * other or, if that is short, the longest; best one that does not say which terms a sum has.
 */
export function vectorAxisOf({ axes, address, value }: Assign): VectorAxis {
  const size = ({ low, high }: Axis) => high - low + 1;
  const conditions = [...nodesOf(value)].flatMap((node) => (node.kind === 'fold' ? node.where : []));
  const free = axes.filter(({ name }) => conditions.every((condition) => coefficient(condition, name) === 0));
  const longest = (among: readonly Axis[]) =>
    among.reduce<Axis | undefined>(
      (best, axis) => (best && size(best) >= size(axis) ? best : axis),
      undefined,
    );
  const candidate = longest(free);
  const choice = candidate !== undefined && size(candidate) >= 4 ? free : axes;
  const last = choice.find(({ name }) => coefficient(address, name) === 1);
  const axis = last !== undefined && size(last) >= 8 ? last : longest(choice);
  return axis === undefined || size(axis) === 1 ? {} : { axis };
}
