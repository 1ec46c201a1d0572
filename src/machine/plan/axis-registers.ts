import { type Affine, type Condition, type Range, tighten } from '../../formula/affine.ts';

/** The current values of a plan's axes while it runs; closures over them evaluate affine expressions and conditions. */
export class AxisRegisters {
  private readonly values: number[] = [];
  private readonly places = new Map<string, number>();

  /** The register of an axis, from 0, allocated at its first use. */
  place(name: string): number {
    let place = this.places.get(name);
    if (place === undefined) {
      place = this.values.push(0) - 1;
      this.places.set(name, place);
    }
    return place;
  }

  /** A function that sets an axis to a value. */
  setter(name: string): (value: number) => void {
    const { values } = this;
    const place = this.place(name);
    return (value) => {
      values[place] = value;
    };
  }

  /** A function that evaluates an affine expression at the current values of its axes. */
  affine({ constant, terms }: Affine): () => number {
    const { values } = this;
    const places = terms.map(([name]) => this.place(name));
    const factors = terms.map(([, factor]) => factor);
    const [p, q, r] = places;
    const [f, g, h] = factors;
    switch (places.length) {
      case 0:
        return () => constant;
      case 1:
        return () => constant + f * values[p];
      case 2:
        return () => constant + f * values[p] + g * values[q];
      case 3:
        return () => constant + f * values[p] + g * values[q] + h * values[r];
      default:
        return () => {
          let value = constant;
          for (let n = 0; n < places.length; n++) value += factors[n] * values[places[n]];
          return value;
        };
    }
  }

  /**
   * A function that gives the range of an axis (both ends inclusive) on which conditions hold, given the current values of other
   * axes.
   */
  bounds(axis: Range & { readonly name: string }, conditions: readonly Condition[]): () => Range {
    if (conditions.length === 0) return () => axis;
    const environment = { get: (name: string) => this.values[this.place(name)] };
    return () => tighten(axis.name, axis, conditions, environment);
  }

  /** A function that runs `body` for every value of an axis, ascending for direction 1 and descending for −1. */
  loop(axis: Range & { readonly name: string }, direction: 1 | -1, body: () => void): () => void {
    const set = this.setter(axis.name);
    const { low, high } = axis;
    return direction > 0
      ? () => {
          for (let value = low; value <= high; value++) {
            set(value);
            body();
          }
        }
      : () => {
          for (let value = high; value >= low; value--) {
            set(value);
            body();
          }
        };
  }
}
