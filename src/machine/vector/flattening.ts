import { type Affine, coefficient, constant, index, plus, substitute } from '../../formula/affine.ts';
import { type Assign, affinesOf, mapAffines } from '../plan/plan.ts';

/**
 * An assignment with adjacent axes merged where all it reads and writes lies evenly along both, so that the update of a matrix is
 * a single loop over its numbers; a merged axis counts from 0. Returns the assignment itself if nothing can be merged.
 */
export function flatten(assign: Assign): Assign {
  for (let at = assign.axes.length - 2; at >= 0; at--) {
    const [outer, inner] = assign.axes.slice(at, at + 2);
    const size = inner.high - inner.low + 1;
    const isEven = (affine: Affine) =>
      coefficient(affine, outer.name) === size * coefficient(affine, inner.name);
    const all = [assign.address, ...affinesOf(assign.value)];
    if (!all.every(isEven)) continue;
    const name = `${outer.name} ${inner.name}`;
    const joined = { name, low: 0, high: (outer.high - outer.low + 1) * size - 1 };
    const replacement = new Map([
      [outer.name, constant(outer.low)],
      [inner.name, plus(constant(inner.low), index(name))],
    ]);
    const change = (affine: Affine) => substitute(affine, replacement);
    return flatten({
      ...assign,
      axes: [...assign.axes.slice(0, at), joined, ...assign.axes.slice(at + 2)],
      address: change(assign.address),
      value: mapAffines(assign.value, change),
    });
  }
  return assign;
}
