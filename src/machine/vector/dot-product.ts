import { coefficient } from '../../formula/affine.ts';
import type { Fold, Load } from '../plan/plan.ts';
import * as terms from '../plan/term-table.ts';
import { clippedDotProduct } from './clipped-dot-product.ts';
import { correctSignedZeros, sumRows } from './dot-loops.ts';
import { factorsOf } from './factors.ts';
import { sharedFactor } from './shared-factor.ts';
import { TermSetCache } from './term-set-cache.ts';
import { dependsOn, type VectorAxis } from './vector-axis.ts';
import type { VectorMemory, VectorOperand } from './vector-memory.ts';

/** How many numbers fit into the fastest caches, to be read repeatedly. */
const nearby = 1 << 15;

/** Identifies factors computed as intermediate results, which change every time. */
let prepared = 0;

/**
 * A sum of products in which one factor is a reference and the other is the same for all cells of the vector (`sum(i: W[j,i] *
 * x[i])` along j). A table of its terms is made once, the shared factors are fetched once for all cells, and zeros among them are
 * left out where that cannot change a bit. Appends to `steps`, which the caller runs, and returns where the result can be read
 * after them; undefined, with nothing appended, for sums of another kind.
 */
export function dotProduct(
  kernel: VectorMemory,
  fold: Fold,
  axis: VectorAxis,
  steps: (() => void)[],
): VectorOperand | undefined {
  const factors = factorsOf(fold, axis);
  if (factors === undefined) return undefined;
  const table = terms.termPlaces(fold);
  if (table.length === 0) return undefined;
  const cache = sharedFactor(kernel, fold, factors.shared, factors.own.slot);
  if (cache === undefined) return undefined;
  const { own, sign } = factors;
  const { load: shared, prepare } = cache;
  const conditions = [...fold.where, ...own.inside, ...shared.inside];
  const clipped = clippedDotProduct(kernel, fold, { own, shared, sign }, table, axis);
  if (conditions.some((condition) => dependsOn(condition, axis))) {
    kernel.optimizations.add('clipped');
    if (prepare !== undefined) steps.push(prepare);
    steps.push(clipped.step);
    return clipped.strip;
  }
  const { registers } = kernel;
  const outside = (load: Load) => registers.affine(terms.termBase(load.address, fold));
  const ownBase = outside(own);
  const sharedBase = outside(shared);
  const stride = axis.axis === undefined ? 0 : coefficient(own.address, axis.axis.name);
  const finite = kernel.finiteness(own.slot);
  const termSets = new TermSetCache(registers, fold, table, own, shared, fold.where, sign);
  const all = conditions.length === 0 ? termSets.now() : undefined;
  const { strip } = clipped;
  const { at } = strip;
  kernel.optimizations.add('rows');
  kernel.chunk = Math.min(kernel.chunk, Math.max(8, 8 * Math.floor(nearby / 8 / table.length)));
  if (prepare !== undefined) steps.push(prepare);
  steps.push(() => {
    const { memory, from } = kernel;
    const n = kernel.to - from;
    const a = ownBase() + from * stride;
    const base = sharedBase();
    const chosen = all ?? termSets.now();
    const { own, blanks } = chosen.termSet;
    if (own.length === 0 && blanks.length === 0) {
      memory.fill(0, at + from, at + from + n);
      return;
    }
    const factors = chosen.at(memory, base, prepare === undefined ? kernel.generation : --prepared);
    if (!factors.blanksAreFinite) {
      clipped.step();
      return;
    }
    if (factors.some !== undefined && n > 3 && finite()) {
      sumRows(memory, n, at + from, a, stride, factors.some);
      correctSignedZeros(memory, n, at + from, a, stride, factors.all);
    } else sumRows(memory, n, at + from, a, stride, factors.all);
    chosen.correctBlanks(memory, n, at + from, base);
  });
  return strip;
}
