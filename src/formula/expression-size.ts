import { children, type Expression } from './expression.ts';
import { mostCells, mostParts, termsWritten } from './limits.ts';

/** Of how much an expression is made. */
export interface ExpressionSize {
  /** Operations, cells and numbers. */
  readonly all: number;
  readonly cells: number;
}

/**
 * The parts of an expression as it is shown at a step: of a sum those of the terms that are written out. What occurs in several
 * places is in each of them, but is gone through once.
 */
export function measureExpression(
  e: Expression,
  known = new Map<Expression, ExpressionSize>(),
): ExpressionSize {
  const before = known.get(e);
  if (before !== undefined) return before;
  let [all, cells] = [1, e.kind === 'reference' ? 1 : 0];
  for (const part of children(e)) {
    const inside = measureExpression(part, known);
    all += inside.all;
    cells += inside.cells;
  }
  const terms = e.kind === 'reduction' ? writtenTerms(e.indices) : 1;
  const found = { all: all * terms, cells: cells * terms };
  known.set(e, found);
  return found;
}

/** Of indices whose ranges are known; where they are not yet, one term stands for all. */
function writtenTerms(
  indices: readonly { readonly range?: { readonly low: number; readonly high: number } }[],
) {
  const count = (low: number, high: number) => Math.max(1, high - low + 1);
  const terms = indices.reduce((all, { range }) => all * (range ? count(range.low, range.high) : 1), 1);
  return Math.min(terms, termsWritten);
}

/** What is too much about one formula; undefined where it can be read. */
export function sizeFaultOf({ all, cells }: ExpressionSize): string | undefined {
  if (all > mostParts) return `more than ${mostParts} operations, cells and numbers`;
  return cells > mostCells ? `more than ${mostCells} cells` : undefined;
}
