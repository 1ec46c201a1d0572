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

/** A block of these nodes, without a pass; a single node is returned as it is, no nodes give an empty block. */
export const block = (children: readonly Node[]): Node =>
  children.length === 1 ? children[0] : { kind: 'block', children };

/** A loop over `range`, both ends included, upwards (1) or downwards (−1); `carries` as in `Loop`, by default false. */
export const loop = (index: string, range: Range, direction: 1 | -1, body: Node, carries = false): Loop => ({
  kind: 'loop',
  index,
  range,
  direction,
  body,
  carries,
});

/** How many times the body runs; 0 where the range is empty. */
export const iterations = ({ range }: Loop): number => length(range);

/**
 * A tree with only the cells of the wanted formulas (the same objects as in the tree), in the same order, the loops and blocks
 * around them kept; undefined where none is left.
 */
export function prune(node: Node, wanted: ReadonlySet<Formula>): Node | undefined {
  if (node.kind === 'cell') return wanted.has(node.formula) ? node : undefined;
  if (node.kind === 'loop') {
    const body = prune(node.body, wanted);
    return body && { ...node, body };
  }
  const children = node.children.flatMap((child) => prune(child, wanted) ?? []);
  return children.length === 0 ? undefined : { ...node, children };
}

/** Whether the node is or contains a loop that carries a recurrence: the model goes through time, or along a line. */
export const isRecurrent = (node: Node): boolean =>
  node.kind === 'loop'
    ? node.carries === true || isRecurrent(node.body)
    : node.kind === 'block' && node.children.some(isRecurrent);
