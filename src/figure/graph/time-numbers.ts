import { Adjoints } from '../../explain/adjoints.ts';
import { OneSample } from '../../explain/one-sample.ts';
import { type Recurrence, timedCells } from '../../explain/recurrence.ts';
import type { Model } from '../../formula/model.ts';
import { type Probe, placesOf } from '../../machine/inspect/probe.ts';
import type { Moment } from '../../machine/moment.ts';
import { FigureValues, figureIndices } from '../base/figure-values.ts';

/** Numbers by the moments of a recurrence, in the order of `Timed.moments`. */
export interface TimeNumbers {
  /** The Euclidean norm of the quantity at each; undefined until all of it is computed. */
  readonly sizes: readonly (number | undefined)[];
  /** The same of the gradient. */
  readonly gradients: readonly (number | undefined)[];
  /** The cell that a gradient is where it is one. */
  readonly gradientCells: readonly (string | undefined)[];
  /** Whether the present step has computed something of it. */
  readonly isNow: readonly boolean[];
  /** The moment that the present step is about; undefined where it is about none. */
  readonly now: number | undefined;
}

/** A recurrent model with a quantity of it and a gradient, moment by moment. */
export class Timed {
  /** The moments that are shown: the last ones. */
  readonly moments: readonly number[];
  /** How many there are. */
  readonly all: number;
  /** The parameters that every moment uses, in the order of their arrows. */
  readonly weights: readonly string[];
  private readonly values: FigureValues;
  private readonly places: readonly (readonly number[])[];

  constructor(
    readonly model: Model,
    readonly recurrence: Recurrence,
    /** The quantity's name. */
    readonly of: string,
    /** Runs over the time index. */
    readonly gradient: Probe,
    /** The time index. */
    readonly index: string,
    most: number,
  ) {
    const { low, high } = recurrence.range;
    this.all = high - low + 1;
    const first = Math.max(low, high - most + 1);
    this.moments = Array.from({ length: high - first + 1 }, (_, n) => first + n);
    this.weights = [...new Set(recurrence.links.flatMap(({ weight }) => weight ?? []))];
    this.values = new FigureValues(gradient);
    this.places = [...placesOf(figureIndices(gradient))];
  }

  /** What is computed by a moment, of one sample (from 1). */
  at(moment: Moment, sample: number): TimeNumbers {
    const { model, moments, recurrence } = this;
    const one = new OneSample(model, sample);
    const quantity = recurrence.quantities.find(({ name }) => name === this.of);
    const time = figureIndices(this.gradient).findIndex(({ name }) => name === this.index);
    const found = this.values.at(moment, sample);
    const groups = moments.map((at) => found.filter((_, n) => this.places[n][time] === at));
    return {
      sizes: moments.map((at) =>
        norm(
          quantity === undefined
            ? []
            : timedCells(model, one, quantity, at).map(({ name, cell }) => moment.value(name, 'old', cell)),
        ),
      ),
      gradients: groups.map((group) => norm(group.map(({ value }) => value))),
      gradientCells: groups.map(([first, ...rest]) => (rest.length === 0 ? first?.cell : undefined)),
      isNow: groups.map((group) => group.some(({ isNow }) => isNow)),
      now: this.now(moment, one),
    };
  }

  /** The time step of the cell that is being computed, or of the one that it is the derivative by. */
  private now({ location }: Moment, one: OneSample): number | undefined {
    if (location === undefined) return undefined;
    const own = { name: location.formula.target, cell: location.cell };
    const { name, cell } = new Adjoints(this.model, one).primal(own) ?? own;
    const quantity = this.recurrence.quantities.find((timed) => timed.name === name);
    return quantity && cell[quantity.dimension];
  }
}

/** The Euclidean norm; undefined where there is none, or something is missing. */
function norm(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((one) => one !== undefined);
  return known.length === 0 || known.length < values.length ? undefined : Math.hypot(...known);
}
