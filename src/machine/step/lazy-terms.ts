import type { StepName } from '../../formula/operation.ts';
import type { ReductionTerms } from '../../program/reduction-terms.ts';
import type { CellNode, CellOperation, Operand, TermSeries } from './cell-operations.ts';
import type { CompiledNode, CompiledReduction } from './compiled-node.ts';
import type { PrefixTotals, PrefixTotalsCache } from './prefix-totals.ts';

const joinNames: Record<CompiledReduction['reducer'], StepName> = {
  sum: 'add',
  max: 'max',
  argmax: 'argmax',
};

/** A node that stands for a reduction, as `LazyTerms` needs it. */
export interface ReductionNode<Term> {
  readonly part: CompiledNode;
  /** The cell's first operation inside it, from 1. */
  readonly first: number;
  /** The cached prefix totals of the cell. */
  readonly prefixTotals: PrefixTotalsCache;
  /** Sets the index registers to this node's values. */
  enter(): void;
  /** Creates the term at these index values; `first` is its first operation. */
  term(place: readonly number[], first: number): Term;
}

/** A term, and its result as an operand of the next operation. */
type Term = CellNode & { readonly result: Operand };

/** The terms of a reduction in a cell. Partial results continue from the nearest cached prefix total. */
export class LazyTerms<Node extends Term> implements TermSeries {
  readonly length: number;
  private latest: { readonly n: number; readonly node: Node } | undefined;

  constructor(
    private readonly of: ReductionNode<Node>,
    private readonly loops: CompiledReduction,
    private readonly terms: ReductionTerms,
  ) {
    this.length = terms.count;
  }

  at(n: number): Node {
    if (this.latest?.n === n) return this.latest.node;
    const { of, terms } = this;
    const node = of.term(terms.at(n), of.first + terms.before(n));
    this.latest = { n, node };
    return node;
  }

  indexOf(place: readonly number[]): number {
    return this.terms.indexOf(place);
  }

  joining(n: number): number {
    return this.of.first + this.terms.before(n + 1) - 1;
  }

  containing(operation: number): number {
    return this.terms.termOf(operation - this.of.first + 1);
  }

  /** Whether an operation inside the reduction combines a term with those before it. */
  joins(operation: number): boolean {
    const n = this.containing(operation);
    return n > 0 && this.joining(n) === operation;
  }

  private get prefixTotals(): PrefixTotals {
    const { of, loops, terms } = this;
    const each = Math.max(1, terms.operations / Math.max(1, terms.count));
    return of.prefixTotals.of(of.part, of.first, each, (total, count) => {
      of.enter();
      loops.advance(total, total.terms === 0 ? [] : terms.at(total.terms), count);
    });
  }

  upTo(n: number): number {
    const { value, position } = this.prefixTotals.at(n + 1);
    return this.loops.reducer === 'argmax' ? position : value;
  }

  /** The result of all terms; 0 if there are none. */
  get value(): number {
    return this.length === 0 ? 0 : this.upTo(this.length - 1);
  }

  /** The result of the terms up to n, as an operand of the next operation. */
  private resultAt(n: number): Operand {
    if (this.loops.reducer === 'argmax') return this.at(this.prefixTotals.at(n + 1).winner).result;
    if (n === 0) return this.at(0).result;
    return { kind: 'step', operation: this.joining(n), value: this.upTo(n) };
  }

  /** The result of all terms as an operand of another operation. */
  get result(): Operand {
    const { length, value } = this;
    if (length > 1) return { kind: 'step', operation: this.joining(length - 1), value };
    return length === 0 || this.loops.reducer === 'argmax' ? { kind: 'literal', value } : this.at(0).result;
  }

  /** Operation n of the cell, which must combine a term with those before it. */
  operation(n: number): CellOperation {
    const at = this.containing(n);
    return {
      name: joinNames[this.loops.reducer],
      operands: [this.resultAt(at - 1), this.at(at).result],
      value: this.upTo(at),
    };
  }
}
