import type { Expression } from '../expression.ts';
import { type ExpressionSize, measureExpression, sizeFaultOf } from '../expression-size.ts';
import { mostPartsDerived, mostPartsOfAll } from '../limits.ts';
import type { Product } from './product.ts';

/**
 * Counts the size of a derivation, which ends where its formulas would be too long to read or to wait for. Its methods throw
 * private values that only `excessOf` catches.
 */
export class DerivationSize {
  /** Parts of all slopes so far, and of all formulas. */
  private parts = 0;
  private shown = 0;

  /** Counts an intermediate product; throws above `mostPartsDerived`. */
  count({ over, under }: Product, known?: Map<Expression, ExpressionSize>): void {
    for (const e of [...over, ...under]) this.parts += measureExpression(e, known).all;
    if (this.parts > mostPartsDerived) throw new TooLong();
  }

  /** Counts a formula that is displayed; throws where it is too long, or all of them together are. */
  countFormula(expression: Expression): void {
    const parts = measureExpression(expression);
    if (sizeFaultOf(parts) !== undefined) throw new TooLong();
    // A derivation that is too large as a whole ends early.
    this.shown += parts.all;
    if (this.shown > mostPartsOfAll) throw new TooMuch();
  }
}

/** Thrown inside a derivation and caught by `excessOf`. */
class TooLong {}
class TooMuch {}

/**
 * Runs a part of a derivation; gives the limit that it exceeded (as a `DerivationSize` counts), which ended it early. `too
 * long`: one formula is, or all intermediate products of the derivation so far are (`mostPartsDerived`); `too much`: all
 * displayed formulas together. Undefined where it was finished; anything else that `work` throws is thrown on.
 */
export function excessOf(work: () => void): 'too long' | 'too much' | undefined {
  try {
    work();
    return undefined;
  } catch (fault) {
    if (fault instanceof TooLong) return 'too long';
    if (fault instanceof TooMuch) return 'too much';
    throw fault;
  }
}
