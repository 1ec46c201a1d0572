import type { Formula } from '../formula/model.ts';
import type { OperationCount } from './operation-count.ts';
import { PrefixSumBudget, SizedBlock, SizedCell, SizedLoop, type SizedNode } from './sized-tree.ts';
import { iterations, type Node } from './tree.ts';

/** A range of steps of a frame, counted from 1, both ends included. */
export interface Steps {
  readonly first: number;
  readonly last: number;
}

/** A step as a place in the program: which cell it works on, and which of the cell's operations it is. */
export interface Location {
  readonly formula: Formula;
  /** The values of the formula's left indices, in the order of the left side, from 1. */
  readonly cell: readonly number[];
  /** From 1 to `operations`. */
  readonly operation: number;
  /** How many operations the cell takes, at least 1. */
  readonly operations: number;
  /** The step of the cell's first operation. */
  readonly first: number;
}

/** The steps of a pass, or of one round of it where a loop repeats it. */
export interface PassPart extends Steps {
  /** Position among the model's passes, from 0. */
  readonly pass: number;
  /** The value of the index of the loop around it; absent without such a loop. */
  readonly round?: number;
}

function passPart(part: SizedNode, pass: number, around: readonly SizedLoop[], before: number): PassPart {
  const round = around[around.length - 1]?.value;
  return { pass, ...(round !== undefined && { round }), first: before + 1, last: before + part.now() };
}

/**
 * Finds steps in a counted tree: a place by division and binary search in prefix sums, its step by multiplication. Nothing is
 * listed; the tree is prepared once, so finding a place takes well under a microsecond.
 */
export class Locator {
  /** Steps of the whole tree. */
  readonly size: number;
  private readonly root: SizedNode;
  private readonly routes = new Map<Formula, readonly SizedNode[]>();
  private readonly kept = new PrefixSumBudget();

  /** Prepares the tree, in time proportional to its nodes. */
  constructor(
    tree: Node,
    private readonly counts: OperationCount,
  ) {
    this.root = this.prepare(tree, []);
    this.size = this.root.now();
  }

  /** The nodes from the root to a formula's cell node, both included. The formula must be in the tree. */
  routeOf(formula: Formula): readonly SizedNode[] {
    return this.routes.get(formula) as readonly SizedNode[];
  }

  private prepare(node: Node, above: readonly SizedNode[]): SizedNode {
    if (node.kind === 'cell') {
      const { formula } = node;
      const loops = above.filter((part) => part.kind === 'loop');
      const loopOf = (name: string) => loops.filter(({ index }) => index === name).at(-1) as SizedLoop;
      const part = new SizedCell(
        formula,
        formula.indices.map(({ name }) => loopOf(name)),
        this.counts,
      );
      part.settle([...this.counts.dependsOn(formula.expression)].map(loopOf));
      this.routes.set(formula, [...above, part]);
      return part;
    }
    if (node.kind === 'loop') {
      const part = new SizedLoop(node.index, node.range.low, iterations(node), node.direction, this.kept);
      part.body = this.prepare(node.body, [...above, part]);
      part.settle(part.body.around.filter((loop) => loop !== part));
      return part;
    }
    const part = new SizedBlock(node.pass);
    for (const child of node.children) part.children.push(this.prepare(child, [...above, part]));
    part.settle([...new Set(part.children.flatMap(({ around }) => around))]);
    return part;
  }

  /** The cell and operation at a step, 1 … `size`; other steps are not checked. */
  locate(step: number): Location {
    let part = this.root;
    let rest = step - 1;
    while (part.kind !== 'cell') {
      if (part.kind === 'block') {
        const n: number = part.childAt(rest);
        rest -= part.before(n);
        part = part.children[n];
      } else {
        const n: number = part.iterationAt(rest);
        rest -= part.before(n);
        part.value = part.valueAt(n);
        part = part.body;
      }
    }
    const { formula, loops } = part;
    const cell = new Array<number>(loops.length);
    for (let d = 0; d < cell.length; d++) cell[d] = loops[d].value;
    return { formula, cell, operation: rest + 1, operations: part.now(), first: step - rest };
  }

  /**
   * The pass that a step lies in, and its steps; where a loop repeats it, only the current round. Throws a `RangeError` where
   * the step is in no pass.
   */
  passOf(step: number): PassPart {
    let part = this.root;
    let before = 0;
    const around: SizedLoop[] = [];
    for (;;) {
      if (part.kind === 'block' && part.pass !== undefined) return passPart(part, part.pass, around, before);
      if (part.kind === 'cell') throw new RangeError(`step ${step} lies in no pass`);
      if (part.kind === 'block') {
        const n: number = part.childAt(step - 1 - before);
        before += part.before(n);
        part = part.children[n];
      } else {
        const n: number = part.iterationAt(step - 1 - before);
        before += part.before(n);
        part.value = part.valueAt(n);
        around.push(part);
        part = part.body;
      }
    }
  }

  /** All passes in order, round by round where a loop repeats them. */
  passes(): PassPart[] {
    const found: PassPart[] = [];
    const visit = (part: SizedNode, around: readonly SizedLoop[], before: number): void => {
      if (part.kind === 'cell') return;
      if (part.kind === 'block') {
        if (part.pass !== undefined) found.push(passPart(part, part.pass, around, before));
        else for (const [n, child] of part.children.entries()) visit(child, around, before + part.before(n));
        return;
      }
      for (let n = 0; n < part.count; n++) {
        part.value = part.valueAt(n);
        visit(part.body, [...around, part], before + part.before(n));
      }
    };
    visit(this.root, [], 0);
    return found;
  }

  /** The steps that compute a cell, the inverse of `locate`. The formula must be in the tree; indices are not checked. */
  stepsOf(formula: Formula, cell: readonly number[]): Steps {
    const route = this.routeOf(formula);
    const leaf = route[route.length - 1] as SizedCell;
    for (let d = 0; d < cell.length; d++) leaf.loops[d].value = cell[d];
    let before = 0;
    for (let depth = 0; depth < route.length - 1; depth++) {
      const part = route[depth];
      if (part.kind === 'loop') before += part.before(part.iterationOf(part.value));
      else if (part.kind === 'block') {
        const next = route[depth + 1];
        before += part.before(part.children.indexOf(next));
      }
    }
    return { first: before + 1, last: before + leaf.now() };
  }
}
