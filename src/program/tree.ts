import type { Range } from '../formula/affine.ts';
import type { Formula } from '../formula/model.ts';
import { length } from './operation-count.ts';

/**
 * The counted tree of a frame: blocks, loops and cells, each with a size in steps that follows by arithmetic. The n-th step is
 * found by descending with division, the step of a cell by ascending with multiplication; nothing is listed.
 */
export type Node = Block | Loop | Cell;

/** Its children, one after the other. */
export interface Block {
  readonly kind: 'block';
  readonly children: readonly Node[];
  /** For a pass, or one sample's part of it: the position of the pass in the model, from 0. */
  readonly pass?: number;
}

/** The body once for every value of an index, upwards (1) or downwards (−1). */
export interface Loop {
  readonly kind: 'loop';
  readonly index: string;
  readonly range: Range;
  readonly direction: 1 | -1;
  readonly body: Node;
  /** Its iterations read earlier ones: the formulas inside are a recurrence over this index. */
  readonly carries?: boolean;
}

/** One cell of a formula, at the index values of the loops around it. */
export interface Cell {
  readonly kind: 'cell';
  readonly formula: Formula;
}

/** A block of these nodes; a single node is returned as it is. */
export const block = (children: readonly Node[]): Node =>
  children.length === 1 ? children[0] : { kind: 'block', children };

/** A loop over `range`, both ends included. */
export const loop = (index: string, range: Range, direction: 1 | -1, body: Node, carries = false): Loop => ({
  kind: 'loop',
  index,
  range,
  direction,
  body,
  carries,
});

/** How many times the body runs. */
export const iterations = ({ range }: Loop): number => length(range);

/** The tree with only the cells of the wanted formulas, in the same order; undefined where none is left. */
export function prune(node: Node, wanted: ReadonlySet<Formula>): Node | undefined {
  if (node.kind === 'cell') return wanted.has(node.formula) ? node : undefined;
  if (node.kind === 'loop') {
    const body = prune(node.body, wanted);
    return body && { ...node, body };
  }
  const children = node.children.flatMap((child) => prune(child, wanted) ?? []);
  return children.length === 0 ? undefined : { ...node, children };
}

/** Whether a loop of the tree carries a recurrence: the model goes through time, or along a line. */
export const isRecurrent = (node: Node): boolean =>
  node.kind === 'loop'
    ? node.carries === true || isRecurrent(node.body)
    : node.kind === 'block' && node.children.some(isRecurrent);
