import { type Condition, coefficient } from '../../formula/affine.ts';
import { type Assign, type Axis, nodesOf } from '../plan/plan.ts';

/** The axis along which cells are computed together; absent for a single cell. */
export interface VectorAxis {
  readonly axis?: Axis;
}

/** Whether a condition depends on the vector axis. */
export const dependsOn = (condition: Condition, { axis }: VectorAxis): boolean =>
  axis !== undefined && coefficient(condition, axis.name) !== 0;

/**
 * Chooses the axis along which the cells of a formula are computed together: the one along which they are adjacent in memory or,
 * if that is short, the longest; preferably one that does not decide which terms a sum has. None if all axes have length 1.
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
