import type { Affine } from '../formula/affine.ts';
import { type Formula, type LeftIndex, type Model, ownShape, type Quantity } from '../formula/model.ts';

/**
 * A model with batches, seen as it is written: for one sample. Quantities that exist per sample have the sample's index in front;
 * this removes it and adds it. Without a batch, everything stays as it is.
 */
export class OneSample {
  constructor(
    private readonly model: Model,
    /** The sample of the batch, from 1, whose index is added. */
    readonly sample = 1,
  ) {}

  private isPerSample(name: string): boolean {
    return this.model.quantities.get(name)?.perSample === true;
  }

  /** The shape of a quantity without the sample's dimension. */
  shape(quantity: Pick<Quantity, 'shape' | 'perSample'>): readonly number[] {
    return ownShape(quantity);
  }

  /** The same by name; empty for an unknown one. */
  shapeOf(name: string): readonly number[] {
    const quantity = this.model.quantities.get(name);
    return quantity === undefined ? [] : this.shape(quantity);
  }

  /** The indices on the left of a formula, without the sample's. */
  indices({ target, indices }: Formula): readonly LeftIndex[] {
    return this.isPerSample(target) ? indices.slice(1) : indices;
  }

  /** The brackets of a reference, without the sample's index. */
  brackets(name: string, indices: readonly Affine[]): readonly Affine[] {
    return this.isPerSample(name) ? indices.slice(1) : indices;
  }

  /** The cell of the model for `own` indices, with the sample's index in front where there is one. */
  cell(name: string, own: readonly number[]): readonly number[] {
    return this.isPerSample(name) ? [this.sample, ...own] : own;
  }

  /** The inverse of `cell`: without the sample's index. */
  own(name: string, cell: readonly number[]): readonly number[] {
    return this.isPerSample(name) ? cell.slice(1) : cell;
  }

  /** The values of indices: the given ones, and the batch index. A new map. */
  environment(own: Iterable<readonly [string, number]> = []): Map<string, number> {
    const { batch } = this.model;
    const all = new Map(own);
    if (batch !== undefined) all.set(batch.index, this.sample);
    return all;
  }
}
