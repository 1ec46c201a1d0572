import type { Expression } from '../expression.ts';
import { type ExpressionSize, measureExpression, sizeFaultOf } from '../expression-size.ts';
import { mostPartsDerived, mostPartsOfAll } from '../limits.ts';
import type { Product } from './product.ts';

/** How large a derivation has become: it ends where its formulas would be more than anybody would read, or wait for. */
export class DerivationSize {
  /** Parts of all slopes so far, and of all formulas. */
  private parts = 0;
  private shown = 0;

  /** Counts what is made on the way. Throws where that is too much, which `excessOf` catches, as all that is thrown here. */
  count({ over, under }: Product, known?: Map<Expression, ExpressionSize>): void {
    for (const e of [...over, ...under]) this.parts += measureExpression(e, known).all;
    if (this.parts > mostPartsDerived) throw new TooLong();
  }

  /** Counts a formula that will be shown. Throws where it is too long, or all of them together are too much. */
  countFormula(expression: Expression): void {
    const parts = measureExpression(expression);
    if (sizeFaultOf(parts) !== undefined) throw new TooLong();
    // What is sure to be too much as a whole is not worked out to its end.
    this.shown += parts.all;
    if (this.shown > mostPartsOfAll) throw new TooMuch();
  }
}

/** Thrown inside a derivation, and caught where it is asked for a derivative. */
class TooLong {}
class TooMuch {}

/** Does a piece of a derivation; which of its limits it has come to, if any. */
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
