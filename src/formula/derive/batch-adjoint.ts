import { type Condition, index as indexOf, type Range } from '../affine.ts';
import type { BoundIndex, Reference } from '../expression.ts';
import type { Batch } from '../model.ts';
import { freeIndices, freshIndex } from '../substitution.ts';
import { multiplyProducts, one, type Product } from './product.ts';

/** A batch, and which quantities have a value for each of its samples. */
export interface SampledBatch extends Batch {
  readonly isPerSample: (name: string) => boolean;
}

/**
 * The factor by which the adjoint of a formula's target, `user`, is multiplied on its way to a `quantity` that the formula
 * reads (both names). The adjoint of a per-sample quantity is the derivative of the sum of all samples' losses, that of a
 * shared one of the batch's loss, their mean or sum. For the mean: 1/size from per-sample to shared, size the other way;
 * otherwise, or without a batch, 1.
 */
export function betweenSamples(batch: SampledBatch | undefined, user: string, quantity: string): Product {
  if (batch === undefined || batch.reduction === 'sum') return one;
  const [from, to] = [batch.isPerSample(user), batch.isPerSample(quantity)];
  if (from === to) return one;
  return from ? { ...one, bottom: batch.size } : { ...one, top: batch.size };
}

/**
 * A derivative written for one sample, `read` (without the sample index), as that of the batch: the sum over its samples,
 * under a fresh index, divided by their number where the batch takes the mean.
 */
export function reducedAdjoint(read: Reference, batch: SampledBatch): Product {
  const bound = { name: freshIndex(batch.index), range: { low: 1, high: batch.size } };
  const indices = [indexOf(bound.name), ...read.indices];
  const sum = {
    kind: 'reduction',
    reducer: 'sum',
    indices: [bound],
    where: [],
    body: { ...read, indices },
  } as const;
  return { ...one, over: [sum], bottom: batch.reduction === 'mean' ? batch.size : 1 };
}

/**
 * Where a sum over `indices` does not depend on a sample index (one made from the batch's), the index is dropped and the
 * product multiplied by the number of samples. `conditions` are those inside the sum; an index in one of them stays. Without a
 * batch nothing changes.
 */
export function countSamples(
  product: Product,
  indices: readonly BoundIndex[],
  conditions: readonly Condition[],
  batch: SampledBatch | undefined,
): { product: Product; indices: readonly BoundIndex[] } {
  const isFree = ({ name }: BoundIndex): boolean =>
    name.split('§')[0] === batch?.index &&
    ![...product.over, ...product.under].some((factor) => freeIndices(factor).has(name)) &&
    !conditions.some(({ terms }) => terms.some(([term]) => term === name));
  const free = indices.filter(isFree);
  const count = free.reduce((n, { range }) => n * lengthOf(range as Range), 1);
  return {
    product: multiplyProducts(product, { ...one, top: count }),
    indices: indices.filter((bound) => !free.includes(bound)),
  };
}

const lengthOf = ({ low, high }: Range): number => high - low + 1;
