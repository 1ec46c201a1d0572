import { Diagnostics } from '../../formula/diagnostic.ts';
import type { Formula, Model } from '../../formula/model.ts';
import type { Phase } from '../../formula/statement.ts';
import { schedulePasses } from '../../program/passes.ts';
import type { Node } from '../../program/tree.ts';

/** A pass of the frame, as a tree of its formulas in the order in which they run. */
export interface PassTree {
  readonly phase: Phase;
  readonly tree: Node;
}

/** The passes of a frame, in order; the samples of a batch run together, as a dimension of every array. */
export function passTrees(model: Model): PassTree[] {
  return schedulePasses(model, 'together', new Diagnostics()).children.flatMap((tree) =>
    tree.kind === 'block' && tree.pass !== undefined ? [{ phase: model.passes[tree.pass].phase, tree }] : [],
  );
}

/**
 * The units of a pass's tree, in order: single formulas, with the loops around them, and recurrences (a loop with several
 * formulas). Blocks are opened.
 */
export const unitsOf = (node: Node): Node[] =>
  node.kind === 'block' ? node.children.flatMap(unitsOf) : [node];

/** The formulas in a tree, in the order in which they stand. */
export function formulasIn(node: Node): Formula[] {
  if (node.kind === 'cell') return [node.formula];
  return node.kind === 'loop' ? formulasIn(node.body) : node.children.flatMap(formulasIn);
}
