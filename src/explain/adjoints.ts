import { plainIndex } from '../formula/affine.ts';
import { derivativeOf, type Formula, type Model } from '../formula/model.ts';
import { OneSample } from './one-sample.ts';

/** A cell of either version, `W1[1,2]`; indices from 1. */
export interface UnversionedCell {
  readonly name: string;
  /** Indices from 1. */
  readonly cell: readonly number[];
}

/** Which quantities of a model are derivatives by which others: read from claims, and from derived names such as `dL/dW`. */
export class Adjoints {
  /** Names of the losses that are differentiated, each once, in the order of the formulas. */
  readonly losses: readonly string[];
  private readonly byQuantity = new Map<string, Formula[]>();
  private readonly byTarget = new Map<string, { by: string; formula: Formula }>();

  constructor(
    model: Model,
    /** The sample whose cells `of` gives. */
    private readonly one = new OneSample(model),
  ) {
    const losses = new Set<string>();
    for (const formula of model.formulas) {
      const derivative = derivativeOf(formula);
      if (derivative === undefined) continue;
      losses.add(derivative.of);
      this.byQuantity.set(derivative.by, [...(this.byQuantity.get(derivative.by) ?? []), formula]);
      this.byTarget.set(formula.target, { by: derivative.by, formula });
    }
    this.losses = [...losses];
  }

  /** The cells that hold the derivatives by a cell; empty where none do. A claim may have its indices in another order. */
  of({ name, cell }: UnversionedCell): UnversionedCell[] {
    return (this.byQuantity.get(name) ?? []).map(({ target, indices, claim }) => {
      if (claim === undefined) return { name: target, cell };
      const named = claim.indices.map((affine, d) => [plainIndex(affine) ?? '', cell[d]] as const);
      // A derivative that is taken for every sample has the sample's index even where the claim has none.
      const environment = this.one.environment(named);
      return { name: target, cell: indices.map((index) => environment.get(index.name) ?? 1) };
    });
  }

  /** Whether a quantity holds derivatives. */
  has(name: string): boolean {
    return this.byTarget.has(name);
  }

  /** The quantity that another holds the derivatives by; undefined where it holds none. */
  by(name: string): string | undefined {
    return this.byTarget.get(name)?.by;
  }

  /** Whether a quantity holds derivatives with a minus, as what a lecture calls δ. */
  isNegative(name: string): boolean {
    return this.byTarget.get(name)?.formula.claim?.sign === -1;
  }

  /** The cell that a cell of a derivative is the derivative by; undefined for other cells. */
  primal({ name, cell }: UnversionedCell): UnversionedCell | undefined {
    const found = this.byTarget.get(name);
    if (found === undefined) return undefined;
    const { claim, indices } = found.formula;
    const order = indices.map((index) => index.name);
    const at = claim ? claim.indices.map((affine) => cell[order.indexOf(plainIndex(affine) ?? '')]) : cell;
    return { name: found.by, cell: at };
  }
}
