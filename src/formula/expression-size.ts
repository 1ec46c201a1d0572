import { children, type Expression } from './expression.ts';
import { mostCells, mostParts, termsWritten } from './limits.ts';

/** The size of an expression as it is displayed at a step. */
export interface ExpressionSize {
  /** Operations, cells and numbers. */
  readonly all: number;
  /** Only the cells. */
  readonly cells: number;
}

const oneCell: ExpressionSize = { all: 1, cells: 1 };
const onePart: ExpressionSize = { all: 1, cells: 0 };

/**
 * The size of an expression as it is displayed at a step: a sum counts with at most `termsWritten` of its terms (one while its
 * ranges are unknown), a call without its body. A node in several places counts in each but is measured once; `known` keeps
 * results, so pass the same map to measure expressions that share parts.
 */
export function measureExpression(
  e: Expression,
  known = new Map<Expression, ExpressionSize>(),
): ExpressionSize {
  if (e.kind === 'reference') return oneCell;
  const parts = children(e);
  if (parts.length === 0) return onePart;
  const before = known.get(e);
  if (before !== undefined) return before;
  let [all, cells] = [1, 0];
  for (const part of parts) {
    const inside = measureExpression(part, known);
    all += inside.all;
    cells += inside.cells;
  }
  const terms = e.kind === 'reduction' ? writtenTerms(e.indices) : 1;
  const found = { all: all * terms, cells: cells * terms };
  known.set(e, found);
  return found;
}

/** How many terms are written out; 1 while the ranges are not known. */
function writtenTerms(
  indices: readonly { readonly range?: { readonly low: number; readonly high: number } }[],
) {
  const count = (low: number, high: number) => Math.max(1, high - low + 1);
  const terms = indices.reduce((all, { range }) => all * (range ? count(range.low, range.high) : 1), 1);
  return Math.min(terms, termsWritten);
}

/**
 * Which limit (`mostParts`, else `mostCells`) a formula exceeds, as `more than 300 cells`; undefined where it can be
 * displayed.
 */
export function sizeFaultOf({ all, cells }: ExpressionSize): string | undefined {
  if (all > mostParts) return `more than ${mostParts} operations, cells and numbers`;
  return cells > mostCells ? `more than ${mostCells} cells` : undefined;
}
