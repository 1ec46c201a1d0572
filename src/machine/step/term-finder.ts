import { type Expression, walk } from '../../formula/expression.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Program, Steps } from '../../program/program.ts';
import type { CellNode } from './cell-operations.ts';
import { CountedCells } from './counted-cells.ts';

/**
 * Finds the term of a sum or other reduction that a step works on, including the operation that combines it with those before.
 * That does not depend on numbers, so no frame is run for it.
 */
export class TermFinder {
  private readonly cells: CountedCells;
  private readonly reducing = new Map<Formula, boolean>();

  constructor(private readonly program: Program) {
    this.cells = new CountedCells(program);
  }

  /** Whether any formula has a reduction. */
  get hasTerms(): boolean {
    return this.program.model.formulas.some((formula) => this.reduces(formula));
  }

  /**
   * The first and last step (inclusive) around a step, between two ends of terms: of the innermost term, as a rule. The beginning
   * and end of a reduction and of the cell count as ends, too. All are from 1 within the frame, which is not checked.
   */
  around(step: number): Steps {
    const location = this.program.locate(step);
    const { formula, first, operation, operations } = location;
    const ends: Ends = { before: 0, at: operations };
    if (this.reduces(formula)) recordEnds(this.cells.root(location), operation, ends);
    return { first: first + ends.before, last: first + ends.at - 1 };
  }

  private reduces(formula: Formula): boolean {
    let found = this.reducing.get(formula);
    if (found === undefined) {
      found = hasReduction(this.program.model, formula.expression);
      this.reducing.set(formula, found);
    }
    return found;
  }
}

function hasReduction({ functions }: Model, e: Expression, seen = new Set<string>()): boolean {
  for (const node of walk(e)) {
    if (node.kind === 'reduction') return true;
    if (node.kind !== 'call' || seen.has(node.name)) continue;
    seen.add(node.name);
    const body = functions.get(node.name)?.body;
    if (body !== undefined && hasReduction({ functions } as Model, body, seen)) return true;
  }
  return false;
}

/** The operations around a given one at which terms end: the last before it, and the first from it on. */
interface Ends {
  before: number;
  at: number;
}

function offer(ends: Ends, end: number, operation: number): void {
  if (end < operation) ends.before = Math.max(ends.before, end);
  else ends.at = Math.min(ends.at, end);
}

/**
 * Records at which operations next to a given one terms end, for all reductions in a tree. A reduction also ends what was done
 * before it; a term without operations has no end of its own.
 */
function recordEnds(node: CellNode, operation: number, ends: Ends): void {
  const { terms, first, last } = node;
  if (terms !== undefined) {
    if (terms.length === 0) return;
    offer(ends, first - 1, operation);
    if (last < first) return;
    offer(ends, last, operation);
    if (operation < first || operation > last) return;
    const at = terms.containing(operation);
    for (const n of [at - 1, at]) {
      const end = n > 0 ? terms.joining(n) : terms.at(0).last;
      if (n >= 0 && end >= first) offer(ends, end, operation);
    }
    recordEnds(terms.at(at), operation, ends);
    return;
  }
  for (const part of node.parts) recordEnds(part, operation, ends);
  if (node.body !== undefined) recordEnds(node.body, operation, ends);
}
