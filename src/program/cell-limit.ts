import type { Range } from '../formula/affine.ts';
import type { Diagnostics } from '../formula/diagnostic.ts';
import { children, type Expression } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import { formatCount } from '../number/format.ts';
import { length, OperationCount } from './operation-count.ts';

/** Operations of one cell, at most: finding any of them, and adding up those before it, must not keep a reader waiting. */
export const mostCellOperations = 5e7;
/** How many cells of different sizes are measured. */
const mostSettings = 1 << 16;

/**
 * Reports an error (`size`) in `found` for every formula with a cell of more than `mostCellOperations` operations. Of a
 * formula with too many different cells to measure, only those at the ends of its ranges are.
 */
export function checkCells({ formulas, functions }: Model, found: Diagnostics): void {
  const counts = new OperationCount(functions);
  for (const formula of formulas) {
    if (boundOf(formula.expression, functions) <= mostCellOperations) continue;
    const most = largest(formula, counts);
    if (most <= mostCellOperations) continue;
    const takes = `one cell of ${formula.target} takes ${formatCount(most)} operations`;
    const limit = `more than the ${formatCount(mostCellOperations)} that can be stepped through`;
    const hint =
      'sum in two lines, the first with an index of its own on the left, or make the ranges shorter';
    found.error(formula.lineSpan, 'size', `${takes}, ${limit}; ${hint}`);
  }
}

/**
 * An upper bound of the operations, ignoring conditions. A node that occurs in many places is counted once and remembered in
 * `known`.
 */
function boundOf(
  e: Expression,
  functions: Model['functions'],
  known = new Map<Expression, number>(),
): number {
  const found = known.get(e) ?? bounded(e, functions, known);
  known.set(e, found);
  return found;
}

function bounded(e: Expression, functions: Model['functions'], known: Map<Expression, number>): number {
  const parts = children(e).reduce((sum, part) => sum + boundOf(part, functions, known), 0);
  switch (e.kind) {
    case 'operation':
      return parts + 1;
    case 'power':
      return parts + e.exponent - 1;
    case 'reduction':
      return e.indices.reduce((product, { range }) => product * length(range as Range), parts + 1);
    case 'call': {
      const definition = functions.get(e.name);
      return parts + (definition ? boundOf(definition.body, functions, known) : 0);
    }
    default:
      return parts;
  }
}

/**
 * The operations of a formula's largest cell; where there are too many cells to measure, of the largest at the ends of the
 * ranges.
 */
function largest({ expression, indices }: Formula, counts: OperationCount): number {
  const varying = indices.filter(({ name }) => counts.dependsOn(expression).has(name));
  const settings = varying.reduce((product, { range }) => product * length(range), 1);
  const values = new Map<string, number>();
  let most = 0;
  const visit = (depth: number): void => {
    if (depth === varying.length) {
      most = Math.max(most, counts.ofCell(expression, values));
      return;
    }
    const { name, range } = varying[depth];
    const step = settings <= mostSettings ? 1 : Math.max(1, range.high - range.low);
    for (let value = range.low; value <= range.high; value += step) {
      values.set(name, value);
      visit(depth + 1);
    }
  };
  visit(0);
  return most;
}
