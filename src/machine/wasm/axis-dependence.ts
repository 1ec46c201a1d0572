import type { Affine } from '../../formula/affine.ts';
import { type Assign, type Axis, nodesOf, type PlanValue } from '../plan/plan.ts';

const axesOf = (affines: readonly Affine[]): string[] =>
  affines.flatMap(({ terms }) => terms.map(([name]) => name));

/** Which axes each value of one formula depends on. */
export class AxisDependence {
  /** All axes by name: the formula's, those around it, and those of its folds. */
  readonly axes = new Map<string, Axis>();
  /** The bound values by variable name. */
  readonly variables = new Map<string, PlanValue>();
  private readonly found = new Map<PlanValue, ReadonlySet<string>>();
  private readonly numbers = new Map<PlanValue, number>();

  constructor({ axes, value }: Assign, outer: readonly Axis[]) {
    for (const axis of [...outer, ...axes]) this.axes.set(axis.name, axis);
    for (const node of nodesOf(value)) {
      if (node.kind === 'let') this.variables.set(node.variable.name, node.value);
      if (node.kind === 'fold') for (const axis of node.axes) this.axes.set(axis.name, axis);
    }
  }

  /** A number that identifies a node, from 0. */
  number(node: PlanValue): number {
    let number = this.numbers.get(node);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(node, number);
    }
    return number;
  }

  /** The node that a `let` or variable stands for; other nodes stand for themselves. */
  meant(node: PlanValue): PlanValue {
    if (node.kind === 'let') return this.meant(node.body);
    if (node.kind === 'variable') return this.meant(this.variables.get(node.name) as PlanValue);
    return node;
  }

  /** The names of the axes on which a node's value depends. */
  of(node: PlanValue): ReadonlySet<string> {
    let found = this.found.get(node);
    if (found === undefined) {
      found = this.compute(node);
      this.found.set(node, found);
    }
    return found;
  }

  private compute(node: PlanValue): ReadonlySet<string> {
    switch (node.kind) {
      case 'constant':
        return new Set();
      case 'index':
        return new Set(axesOf([node.index]));
      case 'load':
        return new Set(axesOf([node.address, ...node.inside]));
      case 'apply':
        return new Set(node.operands.flatMap((operand) => [...this.of(operand)]));
      case 'where':
        return new Set([...axesOf(node.conditions), ...this.of(node.body)]);
      case 'fold': {
        const own = new Set(node.axes.map(({ name }) => name));
        const position = node.reducer === 'argmax' ? [node.position] : [];
        const all = [...axesOf([...node.where, ...position]), ...this.of(node.body)];
        return new Set(all.filter((name) => !own.has(name)));
      }
      case 'let':
      case 'variable':
        return this.of(this.meant(node));
    }
  }
}
