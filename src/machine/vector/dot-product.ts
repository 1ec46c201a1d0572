import { coefficient } from '../../formula/affine.ts';
import type { Fold, Load } from '../plan/plan.ts';
import * as terms from '../plan/term-table.ts';
import { clippedContraction } from './clipped-dot-product.ts';
import { mendZeros, sumRows } from './dot-loops.ts';
import { factorsOf } from './factors.ts';
import { sharedFactor } from './shared-factor.ts';
import type { Operand, Strips } from './strips.ts';
import { Selections } from './term-selection.ts';
import { dependsOn, type Lane } from './vector-axis.ts';

/** How many numbers the fastest caches hold, so that they can be gone through again and again. */
const nearby = 1 << 15;

/** Counts what was fetched from intermediate results, which are never the same again. */
let prepared = 0;

/**
 * A sum of products of two references, of which one (or any expression in its place) is the same in all lanes
 * (`sum(i: W[j,i] * x[i])` along j): a table of its terms is made once, the shared factors are fetched once for all
 * lanes, and zeros among them are left out where that cannot change a bit. Undefined where the sum is of another kind.
 */
export function contraction(
  strips: Strips,
  fold: Fold,
  lane: Lane,
  steps: (() => void)[],
): Operand | undefined {
  const factors = factorsOf(fold, lane);
  if (factors === undefined) return undefined;
  const table = terms.places(fold);
  if (table.length === 0) return undefined;
  const shares = sharedFactor(strips, fold, factors.shared, factors.own.slot);
  if (shares === undefined) return undefined;
  const { own, sign } = factors;
  const { load: shared, prepare } = shares;
  const conditions = [...fold.where, ...own.inside, ...shared.inside];
  const clipped = clippedContraction(strips, fold, { own, shared, sign }, table, lane);
  if (conditions.some((condition) => dependsOn(condition, lane))) {
    strips.taken.add('clipped');
    if (prepare !== undefined) steps.push(prepare);
    steps.push(clipped.step);
    return clipped.strip;
  }
  const { registers } = strips;
  const outside = (load: Load) => registers.affine(terms.outside(load.address, fold));
  const ownBase = outside(own);
  const sharedBase = outside(shared);
  const stride = lane.axis === undefined ? 0 : coefficient(own.address, lane.axis.name);
  const finite = strips.finiteness(own.slot);
  const selections = new Selections(registers, fold, table, own, shared, fold.where, sign);
  const all = conditions.length === 0 ? selections.now() : undefined;
  const { strip } = clipped;
  const { at } = strip;
  strips.taken.add('rows');
  strips.chunk = Math.min(strips.chunk, Math.max(8, 8 * Math.floor(nearby / 8 / table.length)));
  if (prepare !== undefined) steps.push(prepare);
  steps.push(() => {
    const { memory, from } = strips;
    const n = strips.to - from;
    const a = ownBase() + from * stride;
    const base = sharedBase();
    const chosen = all ?? selections.now();
    const { own, blanks } = chosen.selection;
    if (own.length === 0 && blanks.length === 0) {
      memory.fill(0, at + from, at + from + n);
      return;
    }
    const share = chosen.at(memory, base, prepare === undefined ? strips.generation : --prepared);
    if (!share.blanksAreFinite) {
      clipped.step();
      return;
    }
    if (share.some !== undefined && n > 3 && finite()) {
      sumRows(memory, n, at + from, a, stride, share.some);
      mendZeros(memory, n, at + from, a, stride, share.all);
    } else sumRows(memory, n, at + from, a, stride, share.all);
    chosen.mendBlanks(memory, n, at + from, base);
  });
  return strip;
}
