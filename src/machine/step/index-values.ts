import { type Affine, type Condition, type Range, tighten } from '../../formula/affine.ts';
import type { Slot } from '../memory/layout.ts';

/** Which register holds each index that is in scope. */
export type RegisterScope = ReadonlyMap<string, number>;

/** Index values while a formula is evaluated, and index arithmetic over them as closures. */
export class IndexValues {
  readonly values: number[] = [];

  /** A fresh register for an index, and the scope with it. */
  add(scope: RegisterScope, name: string): [register: number, inner: RegisterScope] {
    const at = this.values.push(0) - 1;
    return [at, new Map(scope).set(name, at)];
  }

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

  /** Whether every condition holds. */
  conditions(where: readonly Condition[], scope: RegisterScope): () => boolean {
    const tests = where.map((condition) => this.affine(condition, scope));
    return () => tests.every((test) => test() >= 0);
  }

  /** The bounds of a loop within its conditions. */
  bounds(name: string, range: Range, conditions: readonly Condition[], scope: RegisterScope): () => Range {
    if (conditions.length === 0) return () => range;
    const environment = { get: (index: string) => this.values[scope.get(index) as number] };
    return () => tighten(name, range, conditions, environment);
  }
}

/** A cell's address in memory as one affine of the indices. */
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
