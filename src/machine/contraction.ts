import { type Affine, type Condition, coefficient } from '../formula/affine.ts';
import type { Fold, Load } from './plan.ts';
import { addColumn, addEverywhere, mendZeros, sumRows } from './products.ts';
import { Shares } from './shares.ts';
import type { Lane, Operand, Strips } from './strips.ts';
import * as terms from './terms.ts';

/** How many numbers the fastest caches hold, so that they can be gone through again and again. */
const nearby = 1 << 15;

/**
 * A sum of products of two references, of which one is the same in all lanes (`sum(i: W[j,i] * x[i])` along j): a
 * table of its terms is made once, the shared factors are fetched once for all lanes, and zeros among them are left
 * out where that cannot change a bit. Undefined where the sum is of another kind.
 */
export function contraction(
  strips: Strips,
  fold: Fold,
  lane: Lane,
  steps: (() => void)[],
): Operand | undefined {
  const factors = factorsOf(fold, lane);
  if (factors === undefined) return undefined;
  const { own, shared } = factors;
  const table = terms.places(fold);
  if (table.length === 0) return undefined;
  const { registers } = strips;
  const inTable = (affine: Affine) => terms.inTable(affine, fold, table);
  const outside = (affine: Affine) => registers.affine(terms.outside(affine, fold));
  const stride = lane.axis === undefined ? 0 : coefficient(own.address, lane.axis.name);
  const ownOffsets = inTable(own.address);
  const sharedOffsets = inTable(shared.address);
  const ownBase = outside(own.address);
  const sharedBase = outside(shared.address);
  const width = lane.axis === undefined ? 1 : lane.axis.high - lane.axis.low + 1;
  const at = strips.room(Math.min(strips.widest, width));
  const strip: Operand = { start: () => at, stride: lane.axis === undefined ? 0 : 1 };
  const finite = strips.finiteness(own.slot);

  const conditions = [...fold.where, ...own.inside, ...shared.inside];
  if (conditions.length === 0) {
    strips.taken.add('rows');
    strips.chunk = Math.min(strips.chunk, Math.max(8, 8 * Math.floor(nearby / 8 / table.length)));
    const shares = new Shares(ownOffsets, sharedOffsets);
    steps.push(() => {
      const { memory, from } = strips;
      const n = strips.to - from;
      const a = ownBase() + from * stride;
      const { all, some } = shares.at(memory, sharedBase(), strips.generation);
      if (some !== undefined && n > 3 && finite()) {
        sumRows(memory, n, at + from, a, stride, some);
        mendZeros(memory, n, at + from, a, stride, all);
      } else sumRows(memory, n, at + from, a, stride, all);
    });
    return strip;
  }

  // Terms that are there only sometimes, or only in some lanes.
  const test = (condition: Condition) => ({
    factor: lane.axis === undefined ? 0 : coefficient(condition, lane.axis.name),
    parts: inTable(condition),
    rest: outside(condition),
    value: 0,
  });
  const where = fold.where.map(test);
  const inside = own.inside.map(test);
  const sharedInside = shared.inside.map(test);
  const tests = [...where, ...inside, ...sharedInside];
  const differs = where.some(({ factor }) => factor !== 0);
  const low = new Int32Array(table.length);
  const high = new Int32Array(table.length);
  strips.taken.add('clipped');
  steps.push(() => {
    const { memory, from, to } = strips;
    const a = ownBase();
    const base = sharedBase();
    for (const one of tests) one.value = one.rest();
    memory.fill(-0, at + from, at + to);
    let count = 0;
    for (let t = 0; t < table.length; t++) {
      let first = from;
      let last = to;
      for (const { factor, parts, value } of where) {
        const rest = value + parts[t];
        if (factor === 0) {
          if (rest < 0) last = first;
        } else if (factor > 0) first = Math.max(first, Math.ceil(-rest / factor));
        else last = Math.min(last, Math.floor(rest / -factor) + 1);
      }
      if (first >= last) continue;
      low[count] = first;
      high[count++] = last;
      let factor = memory[base + sharedOffsets[t]];
      for (const { parts, value } of sharedInside) if (value + parts[t] < 0) factor = 0;
      let begin = first;
      let end = last;
      for (const { factor: slope, parts, value } of inside) {
        const rest = value + parts[t];
        if (slope === 0) {
          if (rest < 0) end = begin;
        } else if (slope > 0) begin = Math.max(begin, Math.ceil(-rest / slope));
        else end = Math.min(end, Math.floor(rest / -slope) + 1);
      }
      if (begin >= end) addEverywhere(memory, last - first, at + first, 0 * factor);
      else {
        if (begin > first) addEverywhere(memory, begin - first, at + first, 0 * factor);
        addColumn(memory, end - begin, at + begin, a + ownOffsets[t] + begin * stride, stride, factor);
        if (end < last) addEverywhere(memory, last - end, at + end, 0 * factor);
      }
    }
    if (count === 0) memory.fill(0, at + from, at + to);
    else if (differs) emptyLanes(memory, at, from, to, low, high, count);
  });
  return strip;
}

/** A sum without terms is 0. */
function emptyLanes(
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

/** The two factors of every term: the lane's own, and the one that all lanes share. */
export function factorsOf({ reducer, body }: Fold, { axis }: Lane): { own: Load; shared: Load } | undefined {
  if (reducer !== 'sum' || body.kind !== 'apply' || body.operation !== 'mul') return undefined;
  const [a, b] = body.operands;
  if (a.kind !== 'load' || b.kind !== 'load') return undefined;
  const isShared = (load: Load) =>
    axis === undefined ||
    [load.address, ...load.inside].every((affine) => coefficient(affine, axis.name) === 0);
  if (isShared(b) && (axis === undefined || !isShared(a))) return { own: a, shared: b };
  return isShared(a) && !isShared(b) ? { own: b, shared: a } : undefined;
}
