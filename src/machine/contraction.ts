import { coefficient } from '../formula/affine.ts';
import { clippedContraction } from './clipping.ts';
import type { Fold, Load, Value } from './plan.ts';
import { mendZeros, sumRows } from './products.ts';
import { Selections } from './selections.ts';
import { dependsOn, type Lane, type Operand, type Strips } from './strips.ts';
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
  const table = terms.places(fold);
  if (table.length === 0) return undefined;
  const { own, shared, sign } = factors;
  const conditions = [...fold.where, ...own.inside, ...shared.inside];
  const clipped = clippedContraction(strips, fold, factors, table, lane);
  if (conditions.some((condition) => dependsOn(condition, lane))) {
    strips.taken.add('clipped');
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
  steps.push(() => {
    const { memory, from } = strips;
    const n = strips.to - from;
    const a = ownBase() + from * stride;
    const base = sharedBase();
    const shares = all ?? selections.now();
    const { own, blanks } = shares.selection;
    if (own.length === 0 && blanks.length === 0) {
      memory.fill(0, at + from, at + from + n);
      return;
    }
    const share = shares.at(memory, base, strips.generation);
    if (!share.blanksAreFinite) {
      clipped.step();
      return;
    }
    if (share.some !== undefined && n > 3 && finite()) {
      sumRows(memory, n, at + from, a, stride, share.some);
      mendZeros(memory, n, at + from, a, stride, share.all);
    } else sumRows(memory, n, at + from, a, stride, share.all);
    shares.mendBlanks(memory, n, at + from, base);
  });
  return strip;
}

/** The two factors of every term: the lane's own, and the one that all lanes share. */
export interface Factors {
  readonly own: Load;
  readonly shared: Load;
  /** −1 where the product is to be taken with the other sign. */
  readonly sign: number;
}

export function factorsOf({ reducer, body }: Fold, { axis }: Lane): Factors | undefined {
  if (reducer !== 'sum' || body.kind !== 'apply' || body.operation !== 'mul') return undefined;
  const [[a, s], [b, t]] = body.operands.map(signed);
  if (a.kind !== 'load' || b.kind !== 'load') return undefined;
  const sign = s * t;
  const isShared = (load: Load) =>
    axis === undefined ||
    [load.address, ...load.inside].every((affine) => coefficient(affine, axis.name) === 0);
  if (isShared(b) && (axis === undefined || !isShared(a))) return { own: a, shared: b, sign };
  return isShared(a) && !isShared(b) ? { own: b, shared: a, sign } : undefined;
}

/** A product with a negative factor is the negative product, to the bit. */
function signed(value: Value): [Value, number] {
  if (value.kind !== 'apply' || value.operation !== 'neg') return [value, 1];
  const [inner, sign] = signed(value.operands[0]);
  return [inner, -sign];
}
