import { type Condition, index as indexOf, type Range } from '../affine.ts';
import { type BoundIndex, freeIndices, freshIndex, type Reference } from '../expression.ts';
import type { Batch } from '../model.ts';
import { multiplyProducts, one, type Product } from './product.ts';

/** A batch, for differentiation: which quantities have a value for each of its samples. */
export interface SampledBatch extends Batch {
  readonly isPerSample: (name: string) => boolean;
}

/**
 * The adjoint of a sample's quantity is the derivative of all samples' losses added up, which without a line about the
 * whole batch is its own sample's loss; that of a quantity which all samples share is the derivative of the batch's
 * loss, their mean or sum. So where the mean is taken, going over from one to the other divides or multiplies.
 */
export function betweenSamples(batch: SampledBatch | undefined, user: string, quantity: string): Product {
  if (batch === undefined || batch.reduction === 'sum') return one;
  const [from, to] = [batch.isPerSample(user), batch.isPerSample(quantity)];
  if (from === to) return one;
  return from ? { ...one, bottom: batch.size } : { ...one, top: batch.size };
}

/** A derivative that is written for one sample, as that of the batch: summed up, and divided where the mean is taken. */
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

/** A sum over samples of what is the same for all of them is that, so many times. */
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
