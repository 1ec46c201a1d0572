import { GradientCheck } from '../check/gradient-check.ts';
import { cellName, derivativeOf, flatIndex, type Model, parseCellName } from '../formula/model.ts';
import type { Machine } from '../machine/machine.ts';
import type { Moment } from '../machine/moment.ts';
import { figureWords as words } from '../words/figure/figure.ts';
import { valueAt } from './figure-values.ts';
import type { NumberFunction } from './function.ts';
import type { GraphPoint } from './function-picture.ts';
import { OptionFault } from './options.ts';

/** Where on its loss a number is: the loss as a function of it, all others held still, and the points to be shown. */
export interface LossCurve {
  readonly of: NumberFunction;
  readonly points: readonly GraphPoint[];
}

/** A loss against one number of a parameter. */
export class LossCurves {
  private readonly name: string;
  private readonly cell: readonly number[];
  private last:
    | { readonly machine: Machine; readonly frame: number; readonly of: NumberFunction }
    | undefined;

  /** `loss` and `cell` (as `W2[1,1]`) as they are written. Throws an `OptionFault` where the model has no such loss, number or derivative. */
  constructor(
    private readonly model: Model,
    private readonly loss: string,
    cell: string,
  ) {
    const read = parseCellName(cell);
    const { shape = [], role } = model.quantities.get(read?.name ?? '') ?? {};
    const isCell = read?.cell.length === shape.length && read.cell.every((n, d) => n >= 1 && n <= shape[d]);
    if (read === undefined || role !== 'param' || !isCell)
      throw new OptionFault('over', words.noParameter(cell));
    this.name = read.name;
    this.cell = read.cell;
    const isDerived = model.formulas.some((formula) => {
      const found = derivativeOf(formula);
      return found?.of === loss && found.by === read.name;
    });
    if (!isDerived) throw new OptionFault('curve', words.noDerivative(loss, read.name));
  }

  /** With the numbers that a moment's iteration began with, and where its update has moved the number once it has. */
  at(moment: Moment): LossCurve {
    const { name, cell } = this;
    const { machine, frame, location, finishesCell } = moment;
    const of = this.curve(machine, frame);
    const whole = cellName(name, cell);
    const newest = moment.newest(name, cell);
    const isNow =
      finishesCell && location?.formula.target === name && cellName(name, location.cell) === whole;
    const point = (label: string, value: number | undefined, more: Partial<GraphPoint> = {}): GraphPoint => ({
      ...valueAt(label, value),
      cell: whole,
      ...more,
    });
    return {
      of,
      points: [
        point(whole, machine.value(frame, name, 'old', cell)),
        point(words.afterUpdate, newest.version === 'new' ? newest.value : undefined, {
          isNow,
          isNext: true,
        }),
      ],
    };
  }

  private curve(machine: Machine, frame: number): NumberFunction {
    if (this.last?.machine === machine && this.last.frame === frame) return this.last.of;
    const { name, cell, loss, model } = this;
    const check = new GradientCheck(machine, frame);
    const derivative = check.derivatives.find((one) => one.of === loss && one.by === name);
    // What cannot be checked has no curve.
    if (derivative === undefined)
      return { text: loss, variable: cellName(name, cell), at: () => Number.NaN, slopeAt: () => Number.NaN };
    const flat = flatIndex(model.quantities.get(name)?.shape ?? [], cell);
    const { at: shifted, value, gradient } = check.along(derivative, flat);
    const small = 1e-5 * Math.max(1, Math.abs(value));
    const at = (number: number) => shifted(number - value);
    const of: NumberFunction = {
      text: loss,
      variable: cellName(name, cell),
      at,
      slopeAt: (number) =>
        number === value ? gradient : (at(number + small) - at(number - small)) / (2 * small),
    };
    this.last = { machine, frame, of };
    return of;
  }
}
