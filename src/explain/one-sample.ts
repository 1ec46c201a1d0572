import type { Affine } from '../formula/affine.ts';
import type { Formula, LeftIndex, Model, Quantity } from '../formula/model.ts';

/**
 * A model in batches, seen as it is written: for one sample. What there is for every sample has the sample's index in front;
 * this leaves it out and puts it back.
 */
export class OneSample {
  constructor(
    private readonly model: Model,
    /** Which sample of the batch, from 1. */
    readonly sample = 1,
  ) {}

  private isPerSample(name: string): boolean {
    return this.model.quantities.get(name)?.perSample === true;
  }

  /** The shape of what one sample has. */
  shape({ shape, perSample }: Pick<Quantity, 'shape' | 'perSample'>): readonly number[] {
    return perSample ? shape.slice(1) : shape;
  }

  shapeOf(name: string): readonly number[] {
    const quantity = this.model.quantities.get(name);
    return quantity === undefined ? [] : this.shape(quantity);
  }

  /** The indices on the left of a formula, without the sample's. */
  indices({ target, indices }: Formula): readonly LeftIndex[] {
    return this.isPerSample(target) ? indices.slice(1) : indices;
  }

  /** What stands in the brackets of a reference, without the sample's index. */
  brackets(name: string, indices: readonly Affine[]): readonly Affine[] {
    return this.isPerSample(name) ? indices.slice(1) : indices;
  }

  /** A cell of one sample, as the model knows it. */
  cell(name: string, own: readonly number[]): readonly number[] {
    return this.isPerSample(name) ? [this.sample, ...own] : own;
  }

  /** The same without the sample's index. */
  own(name: string, cell: readonly number[]): readonly number[] {
    return this.isPerSample(name) ? cell.slice(1) : cell;
  }

  /** What indices stand for: some that are given, and the sample's. */
  environment(own: Iterable<readonly [string, number]> = []): Map<string, number> {
    const { batch } = this.model;
    const all = new Map(own);
    if (batch !== undefined) all.set(batch.index, this.sample);
    return all;
  }
}
