import type { Range } from '../formula/affine.ts';
import type { Formula } from '../formula/model.ts';
import { length } from './operation-count.ts';

/**
 * The counted tree: blocks, loops and cells that know their size in steps. A place in the run is found by
 * descending with division, its step by ascending with multiplication; nothing is listed.
 */
export type Node = Block | Loop | Cell;

/** One after the other. */
export interface Block {
  readonly kind: 'block';
  readonly children: readonly Node[];
  /** Set where the block is a pass, or one sample's part of it: the pass's position in the model. */
  readonly pass?: number;
}

/** The body once for every value of an index, upwards or downwards. */
export interface Loop {
  readonly kind: 'loop';
  readonly index: string;
  readonly range: Range;
  readonly direction: 1 | -1;
  readonly body: Node;
  /** Its iterations need earlier ones: the formulas inside are a recurrence over this index. */
  readonly carries?: boolean;
}

/** One cell of a formula, all its left indices being fixed by the loops around it. */
export interface Cell {
  readonly kind: 'cell';
  readonly formula: Formula;
}

export const block = (children: readonly Node[]): Node =>
  children.length === 1 ? children[0] : { kind: 'block', children };

export const loop = (index: string, range: Range, direction: 1 | -1, body: Node, carries = false): Loop => ({
  kind: 'loop',
  index,
  range,
  direction,
  body,
  carries,
});

export const iterations = ({ range }: Loop): number => length(range);

/** The tree with only those cells whose formulas are wanted, in their order; undefined where none is left. */
export function prune(node: Node, wanted: ReadonlySet<Formula>): Node | undefined {
  if (node.kind === 'cell') return wanted.has(node.formula) ? node : undefined;
  if (node.kind === 'loop') {
    const body = prune(node.body, wanted);
    return body && { ...node, body };
  }
  const children = node.children.flatMap((child) => prune(child, wanted) ?? []);
  return children.length === 0 ? undefined : { ...node, children };
}

/** Whether some cells need earlier rounds of a loop: the model goes through time, or along a line. */
export const isRecurrent = (node: Node): boolean =>
  node.kind === 'loop'
    ? node.carries === true || isRecurrent(node.body)
    : node.kind === 'block' && node.children.some(isRecurrent);
