import { type Condition, coefficient } from '../../formula/affine.ts';
import type { Fold, Load } from '../plan/plan.ts';
import * as terms from '../plan/term-table.ts';
import { addColumn, addToAll } from './dot-loops.ts';
import type { VectorAxis } from './vector-axis.ts';
import type { VectorMemory, VectorOperand } from './vector-memory.ts';

/**
 * A sum of products whose terms exist only under conditions, or only for some cells of the vector: adds one term after the other
 * to all cells. Each term is `sign` (1 or −1) times `own`, which varies along the axis, times `shared`, which does not; `table`
 * is the result of `termPlaces`. Returns the step to run and the vector that holds its result.
 */
export function clippedDotProduct(
  kernel: VectorMemory,
  fold: Fold,
  { own, shared, sign }: { readonly own: Load; readonly shared: Load; readonly sign: number },
  table: readonly number[][],
  axis: VectorAxis,
): { readonly step: () => void; readonly strip: VectorOperand & { readonly at: number } } {
  const { registers } = kernel;
  const outside = (load: Load) => registers.affine(terms.termBase(load.address, fold));
  const ownBase = outside(own);
  const sharedBase = outside(shared);
  const ownOffsets = terms.termOffsets(own.address, fold, table);
  const sharedOffsets = terms.termOffsets(shared.address, fold, table);
  const stride = axis.axis === undefined ? 0 : coefficient(own.address, axis.axis.name);
  const result = kernel.vector(axis, axis.axis !== undefined);
  const { at } = result;
  const test = (condition: Condition) => ({
    slope: axis.axis === undefined ? 0 : coefficient(condition, axis.axis.name),
    parts: terms.termOffsets(condition, fold, table),
    rest: registers.affine(terms.termBase(condition, fold)),
    value: 0,
  });
  const where = fold.where.map(test);
  const inside = own.inside.map(test);
  const sharedInside = shared.inside.map(test);
  const tests = [...where, ...inside, ...sharedInside];
  const low = new Int32Array(table.length);
  const high = new Int32Array(table.length);
  let first = 0;
  let last = 0;
  /** Restricts `first` and `last` to the cells for which conditions hold. */
  const clip = (conditions: readonly (typeof tests)[number][], t: number) => {
    for (const { slope, parts, value } of conditions) {
      const rest = value + parts[t];
      if (slope === 0) {
        if (rest < 0) last = first;
      } else if (slope > 0) first = Math.max(first, Math.ceil(-rest / slope));
      else last = Math.min(last, Math.floor(rest / -slope) + 1);
    }
  };
  const step = () => {
    const { memory, from, to } = kernel;
    const a = ownBase();
    const base = sharedBase();
    for (const one of tests) one.value = one.rest();
    memory.fill(-0, at + from, at + to);
    let count = 0;
    for (let t = 0; t < table.length; t++) {
      first = from;
      last = to;
      clip(where, t);
      if (first >= last) continue;
      const begin = first;
      const end = last;
      low[count] = begin;
      high[count++] = end;
      let factor = sign * memory[base + sharedOffsets[t]];
      for (const { parts, value } of sharedInside) if (value + parts[t] < 0) factor = sign * 0;
      clip(inside, t);
      if (first >= last) addToAll(memory, end - begin, at + begin, 0 * factor);
      else {
        addToAll(memory, first - begin, at + begin, 0 * factor);
        addColumn(memory, last - first, at + first, a + ownOffsets[t] + first * stride, stride, factor);
        addToAll(memory, end - last, at + last, 0 * factor);
      }
    }
    if (count === 0) memory.fill(0, at + from, at + to);
    else if (where.length > 0) zeroEmptySums(memory, at, from, to, low, high, count);
  };
  return { step, strip: result };
}

/** Sets sums without terms to 0. */
function zeroEmptySums(
  m: Float64Array,
  at: number,
  from: number,
  to: number,
  low: Int32Array,
  high: Int32Array,
  count: number,
): void {
  for (let k = from; k < to; k++) {
    if (!Object.is(m[at + k], -0)) continue;
    let t = 0;
    while (t < count && !(low[t] <= k && k < high[t])) t++;
    if (t === count) m[at + k] = 0;
  }
}
