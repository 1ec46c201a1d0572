import { type Expression, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import type { Location, Program, Steps } from '../program/program.ts';
import { Layout } from './layout.ts';
import { Stepper } from './stepper.ts';
import { Transcript } from './transcript.ts';
import { type Instance, TreeBuilder } from './unfolding.ts';

/**
 * Finds the term that a step works on: of a sum, or whatever else runs over an index, with the operation that joins it to
 * those before. That does not depend on numbers, so no frame has to be run for it.
 */
export class TermFinder {
  private readonly transcript = new Transcript();
  private readonly tree: TreeBuilder;
  private readonly stepper: Stepper;
  private readonly reducing = new Map<Formula, boolean>();
  /** The cell that was looked at last, by the step of its first operation, and the operations at which its terms end. */
  private looked: { readonly first: number; readonly ends: readonly number[] } | undefined;

  constructor(private readonly program: Program) {
    const { model } = program;
    const layout = new Layout(model);
    const anyNumber = () => () => 0;
    this.tree = new TreeBuilder(this.transcript, layout);
    this.stepper = new Stepper(model.functions, layout, this.transcript, anyNumber, this.tree);
  }

  /** Whether any cell has terms. */
  get hasTerms(): boolean {
    return this.program.model.formulas.some((formula) => this.reduces(formula));
  }

  /** The steps of a frame that make the term around one of them; of the whole cell where it has none. */
  around(step: number): Steps {
    const location = this.program.locate(step);
    const { first, operation } = location;
    const ends = this.endsOf(location);
    const at = ends.findIndex((end) => end >= operation);
    return { first: first + (ends[at - 1] ?? 0), last: first + ends[at] - 1 };
  }

  private endsOf({ formula, cell, first, operations }: Location): readonly number[] {
    if (!this.reduces(formula)) return [operations];
    if (this.looked?.first !== first) {
      this.transcript.clear();
      this.stepper.of(formula).at(cell);
      const found = new Set([operations]);
      noteEnds(this.tree.root, found);
      this.looked = { first, ends: [...found].sort((a, b) => a - b) };
    }
    return this.looked.ends;
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

/** Notes the operations at which terms end, of all reductions in a tree; what takes no operation is no term to stop at. */
function noteEnds({ expression, parts, body, own, last }: Instance, found: Set<number>): void {
  if (expression.kind === 'reduction' && parts.length > 0) {
    const [{ first: begin, last: end }] = parts;
    if (begin > 1) found.add(begin - 1);
    if (end >= begin) found.add(end);
    for (const joined of own) found.add(joined);
    if (last >= begin) found.add(last);
  }
  for (const part of parts) noteEnds(part, found);
  if (body !== undefined) noteEnds(body, found);
}
