import type { Environment, Range } from '../formula/affine.ts';
import type { Formula } from '../formula/model.ts';
import { length, type OperationCount } from './count.ts';

/**
 * The counted tree: blocks, loops and cells that know their size in steps. A place in the run is found by
 * descending with division, its step by ascending with multiplication; nothing is listed.
 */
export type Node = Block | Loop | Cell;

/** One after the other. */
export interface Block {
  readonly kind: 'block';
  readonly children: readonly Node[];
}

/** The body once for every value of an index, upwards or downwards. */
export interface Loop {
  readonly kind: 'loop';
  readonly index: string;
  readonly range: Range;
  readonly direction: 1 | -1;
  readonly body: Node;
}

/** One cell of a formula, all its left indices being fixed by the loops around it. */
export interface Cell {
  readonly kind: 'cell';
  readonly formula: Formula;
}

export const block = (children: readonly Node[]): Node =>
  children.length === 1 ? children[0] : { kind: 'block', children };

export const loop = (index: string, range: Range, direction: 1 | -1, body: Node): Loop => ({
  kind: 'loop',
  index,
  range,
  direction,
  body,
});

export const iterations = ({ range }: Loop): number => length(range);
export const valueAt = ({ range, direction }: Loop, at: number): number =>
  direction > 0 ? range.low + at : range.high - at;
export const iterationOf = ({ range, direction }: Loop, value: number): number =>
  direction > 0 ? value - range.low : range.high - value;

/** Sizes of the nodes of one tree. */
export class TreeSizes {
  private readonly dependencies = new Map<Node, ReadonlySet<string>>();
  private readonly constants = new Map<Node, number>();
  private readonly tables = new Map<Loop, Map<string, Float64Array>>();

  constructor(private readonly counts: OperationCount) {}

  /** The indices around a node on which its size depends. */
  private dependsOn(node: Node): ReadonlySet<string> {
    let found = this.dependencies.get(node);
    if (found === undefined) {
      if (node.kind === 'cell') found = this.counts.dependsOn(node.formula.expression);
      else if (node.kind === 'block')
        found = new Set(node.children.flatMap((child) => [...this.dependsOn(child)]));
      else {
        const names = new Set(this.dependsOn(node.body));
        names.delete(node.index);
        found = names;
      }
      this.dependencies.set(node, found);
    }
    return found;
  }

  /** Steps of a node. */
  of(node: Node, environment: Environment): number {
    const known = this.constants.get(node);
    if (known !== undefined) return known;
    const size = this.compute(node, environment);
    if (this.dependsOn(node).size === 0) this.constants.set(node, size);
    return size;
  }

  private compute(node: Node, environment: Environment): number {
    if (node.kind === 'cell') return this.counts.ofCell(node.formula.expression, environment);
    if (node.kind === 'block')
      return node.children.reduce((total, child) => total + this.of(child, environment), 0);
    if (!this.varies(node)) return iterations(node) * this.of(node.body, environment);
    const table = this.table(node, environment);
    return table[table.length - 1];
  }

  /** Whether the iterations of a loop differ in size. */
  private varies(node: Loop): boolean {
    return this.dependsOn(node.body).has(node.index);
  }

  /** Steps before the n-th iteration, counted from 0. */
  before(node: Loop, n: number, environment: Environment): number {
    return this.varies(node) ? this.table(node, environment)[n] : n * this.of(node.body, environment);
  }

  /** The iteration in which the step lies; both counted from 0. */
  iterationAt(node: Loop, step: number, environment: Environment): number {
    if (!this.varies(node)) return Math.floor(step / this.of(node.body, environment));
    const table = this.table(node, environment);
    let low = 0;
    let high = table.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (table[middle] <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Prefix sums, made once for each setting of the indices around that matters. */
  private table(node: Loop, environment: Environment): Float64Array {
    const tables = this.tables.get(node) ?? new Map<string, Float64Array>();
    this.tables.set(node, tables);
    const key = [...this.dependsOn(node)].map((name) => environment.get(name)).join();
    let table = tables.get(key);
    if (table === undefined) {
      table = new Float64Array(iterations(node) + 1);
      const inner = new Map(environment);
      for (let n = 0; n < iterations(node); n++) {
        inner.set(node.index, valueAt(node, n));
        table[n + 1] = table[n] + this.of(node.body, inner);
      }
      tables.set(key, table);
    }
    return table;
  }
}
