import { evaluateAffine, plainIndex } from '../formula/affine.ts';
import { renewed } from '../formula/derive/derivation.ts';
import { derivativeOf, type Formula, type Model } from '../formula/model.ts';
import type { CellReference } from './explanation.ts';

/** Where a model itself computes the derivative of a loss by a cell: `factor` times the sum of `cells`. */
export interface OwnAdjoint {
  /** The formula that computes `cells`. */
  readonly formula: Formula;
  /** Usually one cell; those of all samples for a gradient that is written for one sample. */
  readonly cells: readonly CellReference[];
  /** With sign −1 for what lectures call δ; divided by the number of cells where the batch takes the mean. */
  readonly factor: number;
}

/**
 * The formulas in which a model computes the derivative of a loss by a cell, its own version only; empty where there are none.
 * `influences`: the loss's `Chains.influences`.
 */
export function ownAdjoints(
  model: Model,
  loss: string,
  { name, version, cell }: CellReference,
  influences: ReadonlySet<string>,
): OwnAdjoint[] {
  return model.formulas.flatMap((formula): OwnAdjoint[] => {
    const found = derivativeOf(formula);
    if (found === undefined || found.of !== loss) return [];
    const isMarked = found.by.endsWith(renewed);
    const by = isMarked ? found.by.slice(0, -renewed.length) : found.by;
    if (by !== name || versionOf(by, isMarked, influences) !== version) return [];
    const { claim, indices, target } = formula;
    const known = new Map<string, number>();
    if (claim === undefined)
      indices.forEach((left, d) => {
        known.set(left.name, cell[d]);
      });
    else {
      // A claim leaves out the sample's index where its author does.
      const hidden = cell.length - claim.indices.length;
      if (hidden === 1 && model.batch !== undefined) known.set(model.batch.index, cell[0]);
      claim.indices.forEach((affine, d) => {
        known.set(plainIndex(affine) ?? '', cell[d + hidden]);
      });
    }
    let cells: number[][] = [[]];
    for (const left of indices) {
      const at = known.get(left.name);
      const values =
        at === undefined
          ? Array.from({ length: left.range.high - left.range.low + 1 }, (_, n) => left.range.low + n)
          : [at];
      cells = cells.flatMap((one) => values.map((value) => [...one, value]));
    }
    const share = model.batch?.reduction === 'mean' ? 1 / cells.length : 1;
    return [
      {
        formula,
        cells: cells.map((one) => ({ name: target, version: formula.version, cell: one })),
        factor: (claim?.sign ?? 1) * share,
      },
    ];
  });
}

/**
 * The loss that a cell is a derivative of, and the cell that it is the derivative by; undefined where it is no derivative. The
 * sign is left out: δ is one of net, too. `influences` is `Chains.influences`, asked for that loss.
 */
export function primalOf(
  model: Model,
  { name, version, cell }: CellReference,
  influences: (loss: string) => ReadonlySet<string>,
): { readonly of: string; readonly by: CellReference } | undefined {
  const formula = model.formulas.find((one) => one.target === name && one.version === version);
  const found = formula && derivativeOf(formula);
  if (formula === undefined || found === undefined) return undefined;
  const isMarked = found.by.endsWith(renewed);
  const by = isMarked ? found.by.slice(0, -renewed.length) : found.by;
  const shape = model.quantities.get(by)?.shape;
  if (shape === undefined) return undefined;
  const environment = new Map(formula.indices.map((left, d) => [left.name, cell[d]]));
  const claimed = formula.claim?.indices.map((affine) => evaluateAffine(affine, environment));
  const hidden = claimed === undefined ? 0 : shape.length - claimed.length;
  const at = claimed === undefined ? cell : hidden === 1 ? [cell[0], ...claimed] : claimed;
  if (at.length !== shape.length) return undefined;
  return {
    of: found.of,
    by: { name: by, version: versionOf(by, isMarked, influences(found.of)), cell: at },
  };
}

/** Which version a derivative by a plain name is by: the new one where the loss reads only that. */
function versionOf(
  name: string,
  isMarked: boolean,
  influences: ReadonlySet<string>,
): CellReference['version'] {
  return isMarked || (!influences.has(`old ${name}`) && influences.has(`new ${name}`)) ? 'new' : 'old';
}
