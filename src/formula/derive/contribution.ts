import {
  type Affine,
  type Condition,
  coefficient,
  constant,
  extent,
  index,
  minus,
  type Range,
  scale,
  substitute,
} from '../affine.ts';
import type { BoundIndex, Expression } from '../expression.ts';
import type { Formula, LeftIndex } from '../model.ts';
import { substituteIndices } from '../substitution.ts';
import type { Path } from './derivative-paths.ts';
import type { Product } from './product.ts';

/** One use of a quantity by a formula, solved for the indices of the quantity: a term of the quantity's adjoint. */
export interface Contribution {
  /** The formula that reads the quantity. */
  readonly user: Formula;
  /** Where the user's adjoint is read, in terms of the quantity's indices and of `indices`. */
  readonly at: readonly Affine[];
  /** The local derivative. */
  readonly slope: Product;
  /** The indices that remain to be summed over. */
  readonly indices: readonly BoundIndex[];
  /** Conditions that mention `indices`. */
  readonly where: readonly Condition[];
  /** Conditions on the quantity's indices alone. */
  readonly when: readonly Condition[];
}

/**
 * Solves `quantity[e(vars)] = quantity[i, …]` for vars: which uses reach the cell [i, …] of `target`, the left indices of the
 * quantity. `left` are the user's own indices, renamed to be fresh; `path` leads from the user to the quantity, in terms of
 * these. Ranges must be known. Undefined where no use can reach any cell.
 */
export function turnedRound(
  target: readonly LeftIndex[],
  left: readonly BoundIndex[],
  path: Path,
): Omit<Contribution, 'user'> | undefined {
  const unknown = new Map([...left, ...path.indices].map((bound) => [bound.name, bound.range as Range]));
  const solution = new Map<string, Affine>();
  const conditions: Condition[] = [...path.where];
  target.forEach((goal, d) => {
    const equation = minus(substitute(path.occurrence.indices[d], solution), index(goal.name));
    const candidates = [...unknown.keys()].filter((v) => Math.abs(coefficient(equation, v)) === 1);
    const same = candidates.find((v) => sameRange(unknown.get(v) as Range, goal.range));
    const chosen = same ?? candidates[0];
    if (chosen === undefined) {
      conditions.push(equation, scale(equation, -1));
      return;
    }
    const factor = coefficient(equation, chosen);
    const value = scale(minus(equation, scale(index(chosen), factor)), -factor);
    const range = unknown.get(chosen) as Range;
    unknown.delete(chosen);
    for (const [v, affine] of solution) solution.set(v, substitute(affine, new Map([[chosen, value]])));
    solution.set(chosen, value);
    conditions.push(minus(value, constant(range.low)), minus(constant(range.high), value));
  });
  const ranges = new Map([...target.map((goal) => [goal.name, goal.range] as const), ...unknown]);
  const kept: Condition[] = [];
  for (const condition of conditions.map((one) => substitute(one, solution))) {
    const { low, high } = extent(condition, ranges);
    if (high < 0) return undefined;
    if (low < 0) kept.push(condition);
  }
  const inner = (condition: Condition) => condition.terms.some(([v]) => unknown.has(v));
  const change = (e: Expression) => substituteIndices(e, solution);
  return {
    at: left.map((bound) => substitute(index(bound.name), solution)),
    slope: { ...path.slope, over: path.slope.over.map(change), under: path.slope.under.map(change) },
    indices: [...left, ...path.indices].filter((bound) => unknown.has(bound.name)),
    where: kept.filter(inner),
    when: kept.filter((condition) => !inner(condition)),
  };
}

const sameRange = (a: Range, b: Range): boolean => a.low === b.low && a.high === b.high;
