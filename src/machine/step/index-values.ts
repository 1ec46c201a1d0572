import { type Affine, type Condition, type Range, tighten } from '../../formula/affine.ts';
import type { Slot } from '../memory/layout.ts';

/** The register of each index in scope. */
export type RegisterScope = ReadonlyMap<string, number>;

/** The registers of index values while a formula is evaluated, and closures for index arithmetic over them. */
export class IndexValues {
  /** The current value of each register. */
  readonly values: number[] = [];

  /** Allocates a register for an index; returns it with the scope that contains it. */
  add(scope: RegisterScope, name: string): [register: number, inner: RegisterScope] {
    const at = this.values.push(0) - 1;
    return [at, new Map(scope).set(name, at)];
  }

  /** A function that evaluates an affine expression at the current values. */
  affine({ constant, terms }: Affine, scope: RegisterScope): () => number {
    const { values } = this;
    const places = terms.map(([name]) => scope.get(name) as number);
    const factors = terms.map(([, factor]) => factor);
    const [p, q] = places;
    const [f, g] = factors;
    if (places.length === 0) return () => constant;
    if (places.length === 1) return () => constant + f * values[p];
    if (places.length === 2) return () => constant + f * values[p] + g * values[q];
    return () => {
      let value = constant;
      for (let n = 0; n < places.length; n++) value += factors[n] * values[places[n]];
      return value;
    };
  }

  /** A function that tests whether all conditions hold (are at least 0). */
  conditions(where: readonly Condition[], scope: RegisterScope): () => boolean {
    const tests = where.map((condition) => this.affine(condition, scope));
    return () => tests.every((test) => test() >= 0);
  }

  /** A function that gives the part of a range (both ends inclusive) in which a loop's conditions hold. */
  bounds(name: string, range: Range, conditions: readonly Condition[], scope: RegisterScope): () => Range {
    if (conditions.length === 0) return () => range;
    const environment = { get: (index: string) => this.values[scope.get(index) as number] };
    return () => tighten(name, range, conditions, environment);
  }
}

/**
 * The address in a frame's memory of the cell at these indices (from 1, one for each dimension), as one affine expression.
 * Whether the indices are in range is not checked.
 */
export function addressAffine(slot: Slot, indices: readonly Affine[]): Affine {
  const factors = new Map<string, number>();
  let constant = slot.offset;
  indices.forEach((affine, d) => {
    constant += (affine.constant - 1) * slot.strides[d];
    for (const [name, factor] of affine.terms)
      factors.set(name, (factors.get(name) ?? 0) + factor * slot.strides[d]);
  });
  return { constant, terms: [...factors] };
}
