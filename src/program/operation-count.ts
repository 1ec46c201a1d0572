import { evaluateAffine, type Range } from '../formula/affine.ts';
import { children, type Expression, type Reduction } from '../formula/expression.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import {
  operationsOf,
  type ReductionLoops,
  ReductionTerms,
  reductionLoops,
  type Values,
} from './reduction-terms.ts';

/**
 * Counts the scalar operations of expressions as products of range sizes, without evaluating anything. Counts depend on indices
 * only, never on values. Results are kept for each node of the trees.
 */
export class OperationCount {
  private readonly dependencies = new Map<Expression, ReadonlySet<string>>();
  private readonly constants = new Map<Expression, number>();
  private readonly loops = new Map<Reduction, ReductionLoops>();

  /** `functions` must have every function that the expressions call. */
  constructor(private readonly functions: ReadonlyMap<string, FunctionStatement>) {}

  /** The free indices on which the count of `e` depends; usually none. */
  dependsOn(e: Expression): ReadonlySet<string> {
    let found = this.dependencies.get(e);
    if (found === undefined) {
      const names = new Set(children(e).flatMap((part) => [...this.dependsOn(part)]));
      if (e.kind === 'when' || e.kind === 'reduction')
        for (const { terms } of e.where) for (const [name] of terms) names.add(name);
      if (e.kind === 'reduction') for (const { name } of e.indices) names.delete(name);
      found = names;
      this.dependencies.set(e, found);
    }
    return found;
  }

  /** The operations of `e`; `environment` must have the indices of `dependsOn(e)`. 0 for a leaf. */
  of(e: Expression, environment: Values): number {
    if (this.dependsOn(e).size > 0) return this.compute(e, environment);
    let found = this.constants.get(e);
    if (found === undefined) {
      found = this.compute(e, environment);
      this.constants.set(e, found);
    }
    return found;
  }

  /** The steps of a cell with this expression: at least 1, since a plain copy is one operation. */
  ofCell(e: Expression, environment: Values): number {
    return Math.max(1, this.of(e, environment));
  }

  private compute(e: Expression, environment: Values): number {
    switch (e.kind) {
      case 'operation':
        return 1 + this.sum(e.operands, environment);
      case 'power':
        return this.of(e.base, environment) + e.exponent - 1;
      case 'call':
        return (
          this.sum(e.operands, environment) +
          this.of((this.functions.get(e.name) as FunctionStatement).body, environment)
        );
      case 'when':
        return e.where.every((one) => evaluateAffine(one, environment) >= 0)
          ? this.of(e.body, environment)
          : 0;
      case 'reduction':
        return operationsOf(this.loopsOf(e), environment);
      case 'stop':
        return this.of(e.body, environment);
      default:
        return 0;
    }
  }

  private sum(parts: readonly Expression[], environment: Values): number {
    let total = 0;
    for (const part of parts) total += this.of(part, environment);
    return total;
  }

  private loopsOf(e: Reduction): ReductionLoops {
    let found = this.loops.get(e);
    if (found === undefined) {
      found = reductionLoops(
        e,
        (at) => this.of(e.body, at),
        (part) => this.dependsOn(part),
      );
      this.loops.set(e, found);
    }
    return found;
  }

  /** The terms of a reduction at some values of the indices around it. */
  termsOf(e: Reduction, environment: Values): ReductionTerms {
    return new ReductionTerms(this.loopsOf(e), environment);
  }
}

/** How many values a range has; 0 where it is empty. */
export const length = ({ low, high }: Range): number => Math.max(0, high - low + 1);
