import { GradientCheck } from '../../check/gradient-check.ts';
import { givenCell } from '../../formula/compile/given-cell.ts';
import { cellAt, cellName, derivativeOf, type Model } from '../../formula/model.ts';
import type { Machine } from '../../machine/machine.ts';
import type { Moment } from '../../machine/moment.ts';
import { figureWords as words } from '../../words/figure/figure.ts';
import { valueAt } from '../base/figure-values.ts';
import { mostWork } from '../base/kinds.ts';
import { OptionFault, readCellOver, readRange } from '../base/options.ts';
import type { KindReader } from '../base/reader.ts';
import { type NumberFunction, slopeOf } from './function.ts';
import { functionPicture, type GraphPoint } from './function-picture.ts';

/** Where on its loss a number is: the loss as a function of it, all others held still, and the points to be shown. */
interface LossCurve {
  readonly of: NumberFunction;
  readonly points: readonly GraphPoint[];
}

/** A loss against one number of a parameter. */
class LossCurves {
  private readonly name: string;
  private readonly cell: readonly number[];
  /** Its position in the quantity, row by row, from 0. */
  private readonly flat: number;
  private last:
    | { readonly machine: Machine; readonly frame: number; readonly of: NumberFunction }
    | undefined;

  /** `loss` and `cell` (as `W2[1,1]`) as they are written. Throws an `OptionFault` where the model has no such loss, number or derivative. */
  constructor(
    model: Model,
    private readonly loss: string,
    cell: string,
  ) {
    const place = givenCell(model, cell);
    if (place?.quantity.role !== 'param') throw new OptionFault('over', words.noParameter(cell));
    const { name, shape } = place.quantity;
    this.name = name;
    this.flat = place.flat;
    this.cell = cellAt(shape, place.flat);
    const isDerived = model.formulas.some((formula) => {
      const found = derivativeOf(formula);
      return found?.of === loss && found.by === name;
    });
    if (!isDerived) throw new OptionFault('curve', words.noDerivative(loss, name));
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
    const { name, cell, loss } = this;
    const check = new GradientCheck(machine, frame);
    const derivative = check.derivatives.find((one) => one.of === loss && one.by === name);
    // What cannot be checked has no curve.
    if (derivative === undefined)
      return { text: loss, variable: cellName(name, cell), at: () => Number.NaN, slopeAt: () => Number.NaN };
    const { at: shifted, value, gradient } = check.along(derivative, this.flat);
    const at = (number: number) => shifted(number - value);
    const of: NumberFunction = {
      text: loss,
      variable: cellName(name, cell),
      at,
      slopeAt: (number) => (number === value ? gradient : slopeOf(at, number)),
    };
    this.last = { machine, frame, of };
    return of;
  }
}

/** How many pieces a curve has. */
const [fewestPieces, mostPieces] = [24, 120];

export const curve: KindReader = {
  options: ['over', 'range'],
  read({ model }, text) {
    const { cell, range: over } = readCellOver(text.over);
    const curves = new LossCurves(model, (text.curve ?? '').trim(), cell);
    const range = readRange(text.range);
    return (moment) => {
      const { of, points } = curves.at(moment);
      const affordable = Math.floor(mostWork / moment.machine.program.size);
      const pieces = Math.min(mostPieces, Math.max(fewestPieces, affordable));
      return functionPicture(of, over, range, points, pieces);
    };
  },
};
