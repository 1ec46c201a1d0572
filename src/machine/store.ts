import { cellAt, type Formula, type Model, precisionOf, sizeOf } from '../formula/model.ts';
import { type Precision, round } from '../number/rounding.ts';

/** What is written into a cell when its last operation has given `value`. */
export type Store = (formula: Formula, flat: number, value: number) => number;

/** Full precision: what was computed. */
export const storeExactly: Store = (_formula, _flat, value) => value;

/** The lesson's storing rules: a value is rounded as it is written, and everything after reads the rounded one. */
export function storeByRules(model: Model): Store {
  const rules = new Map<string, readonly (Precision | undefined)[]>();
  for (const { name, shape } of model.quantities.values()) {
    const cells = Array.from({ length: sizeOf(shape) }, (_, flat) =>
      precisionOf(model.store, name, cellAt(shape, flat)),
    );
    if (cells.some((precision) => precision !== undefined)) rules.set(name, cells);
  }
  return (formula, flat, value) => {
    const precision = rules.get(formula.target)?.[flat];
    return precision === undefined ? value : round(value, precision);
  };
}
