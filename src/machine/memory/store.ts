import { cellAt, type Formula, type Model, precisionOf, sizeOf } from '../../formula/model.ts';
import { type Precision, round } from '../../number/rounding.ts';

/**
 * Maps the value of a cell's last operation to the number that the cell stores; `flat` is the cell's position in its array, from
 * 0.
 */
export type Store = (formula: Formula, flat: number, value: number) => number;

/** The same by a quantity's name alone, for given, drawn and computed numbers. */
export type Rules = (quantity: Pick<Formula, 'target'>, flat: number, value: number) => number;

/** Storing rules that round nothing: the value itself. */
export const keepExactly: Rules = (_quantity, _flat, value) => value;
/** `keepExactly` for computed values. */
export const storeExactly: Store = keepExactly;

/** The names of the quantities for which a lesson has a storing rule other than `exact`, for all or some of their cells. */
export function roundedQuantities({ store }: Model): ReadonlySet<string> {
  const rules = store.filter(({ precision }) => precision.kind !== 'exact');
  return new Set(rules.flatMap(({ selectors }) => selectors.map(({ name }) => name)));
}

/**
 * The lesson's storing rules as a function that rounds a value to what is stored; it need be called once for each value written.
 * Returns `keepExactly` itself if the model has no rules.
 */
export function storeByRules(model: Model): Rules {
  const whole = new Map<string, Precision | undefined>();
  const single = new Map<string, readonly (Precision | undefined)[]>();
  for (const { selectors } of model.store) {
    for (const { name, cell } of selectors) {
      whole.set(name, precisionOf(model.store, name, []));
      if (cell === undefined || single.has(name)) continue;
      const shape = model.quantities.get(name)?.shape ?? [];
      const cells = Array.from({ length: sizeOf(shape) }, (_, flat) => cellAt(shape, flat));
      single.set(
        name,
        cells.map((at) => precisionOf(model.store, name, at)),
      );
    }
  }
  if (whole.size === 0) return keepExactly;
  return ({ target }, flat, value) => {
    const precision = (single.get(target) ?? [])[flat] ?? whole.get(target);
    return precision === undefined ? value : round(value, precision);
  };
}
