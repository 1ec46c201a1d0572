import { cellAt } from '../../formula/model.ts';
import { operation } from '../../formula/operation.ts';
import type { Slot } from '../memory/layout.ts';
import type {
  CallSpan,
  CellNode,
  CellOperation,
  CellOperations,
  Operand,
  OperationRecord,
} from './cell-operations.ts';
import type { CompiledNode, CompiledReduction } from './compiled-node.ts';
import type { CellParts, Evaluator } from './evaluator.ts';
import { LazyTerms, type ReductionNode } from './lazy-terms.ts';
import { PrefixTotalsCache } from './prefix-totals.ts';

/** The value of an index, and those of the indices around it. */
interface IndexBinding {
  readonly register: number;
  readonly value: number;
  readonly outer: IndexBinding | undefined;
}

/** One cell of a formula whose operations are located by arithmetic and evaluated when asked for. */
export class LazyCell implements CellOperations {
  readonly root: LazyNode;
  /** Partial results of its reductions, cached. */
  readonly prefixTotals = new PrefixTotalsCache();

  constructor(
    readonly evaluator: Evaluator,
    { root, registers }: CellParts,
    cell: readonly number[],
    /** Called before the cell reads anything, so that the frame can be made readable. */
    readonly open: () => void = () => {},
  ) {
    const setting = registers.reduce<IndexBinding | undefined>(
      (outer, register, d) => ({ register, value: cell[d], outer }),
      undefined,
    );
    this.root = new LazyNode(this, root, setting, undefined, 1);
  }

  /** The number of operations; at least one, a copy. */
  get length(): number {
    return Math.max(1, this.root.last);
  }

  get value(): number {
    return this.root.value;
  }

  operation(n: number): OperationRecord {
    const calls: CallSpan[] = [];
    if (this.root.last === 0)
      return { number: n, name: 'copy', operands: [this.root.result], value: this.root.value, calls };
    return { number: n, ...this.root.operation(n, calls), calls };
  }
}

const literal = (value: number, outside?: string): Operand => ({
  kind: 'literal',
  value,
  ...(outside !== undefined && { outside }),
});

/** A node of a `LazyCell`; nodes, values and terms are created and cached at first use. */
export class LazyNode implements CellNode, ReductionNode<LazyNode> {
  private size: number | undefined;
  private made: readonly LazyNode[] | undefined;
  private opened: LazyNode | undefined;
  private series: LazyTerms<LazyNode> | undefined;
  private known: number | undefined;

  constructor(
    readonly tree: LazyCell,
    readonly part: CompiledNode,
    readonly setting: IndexBinding | undefined,
    /** The call whose body contains it; undefined outside functions. */
    readonly call: LazyNode | undefined,
    readonly first: number,
  ) {}

  get expression() {
    return this.part.expression;
  }

  /** Sets the index registers and function arguments to this node's. */
  enter(): void {
    const { call, tree } = this;
    if (call !== undefined) {
      const values = call.parts.map(({ value }) => value);
      call.part.give?.(values);
    }
    tree.open();
    const { values } = tree.evaluator.registers;
    for (let at = this.setting; at !== undefined; at = at.outer) {
      if (values[at.register] !== at.value) values[at.register] = at.value;
    }
  }

  get last(): number {
    if (this.size === undefined) {
      this.enter();
      this.size = this.part.count();
    }
    return this.first + this.size - 1;
  }

  get parts(): readonly LazyNode[] {
    this.made ??= this.makeParts();
    return this.made;
  }

  private makeParts(): readonly LazyNode[] {
    const { part } = this;
    if (part.loops !== undefined) return [];
    if (part.holds !== undefined) {
      this.enter();
      if (!part.holds()) return [];
    }
    let { first } = this;
    return part.parts.map((one) => {
      const node = new LazyNode(this.tree, one, this.setting, this.call, first);
      if (part.parts.length > 1 || part.body !== undefined) first = node.last + 1;
      return node;
    });
  }

  get body(): LazyNode | undefined {
    const { part, parts } = this;
    if (part.body === undefined) return undefined;
    const before = parts[parts.length - 1]?.last ?? this.first - 1;
    this.opened ??= new LazyNode(this.tree, part.body, undefined, this, before + 1);
    return this.opened;
  }

  get argument(): LazyNode | undefined {
    const { argument } = this.part;
    return argument === undefined ? undefined : this.call?.parts[argument];
  }

  get terms(): LazyTerms<LazyNode> | undefined {
    const { loops } = this.part;
    if (loops === undefined) return undefined;
    if (this.series === undefined) {
      this.enter();
      this.series = new LazyTerms(this, loops, loops.terms());
    }
    return this.series;
  }

  get prefixTotals(): PrefixTotalsCache {
    return this.tree.prefixTotals;
  }

  term(place: readonly number[], first: number): LazyNode {
    const { tree, part, call } = this;
    const setting = (part.loops as CompiledReduction).registers.reduce<IndexBinding | undefined>(
      (outer, register, d) => ({ register, value: place[d], outer }),
      this.setting,
    );
    return new LazyNode(tree, part.parts[0], setting, call, first);
  }

  get cell(): readonly number[] | undefined {
    const { slot, address } = this.part;
    if (slot === undefined || address === undefined) return undefined;
    this.enter();
    const at = address();
    return at < 0 ? undefined : cellAt(slot.shape, at - slot.offset);
  }

  get value(): number {
    this.known ??= this.evaluate();
    return this.known;
  }

  private evaluate(): number {
    const { expression: e, parts, body, argument, terms } = this;
    if (terms !== undefined) return terms.value;
    if (body !== undefined) return body.value;
    if (argument !== undefined) return argument.value;
    switch (e.kind) {
      case 'operation':
        return operation(e.operation).evaluate(parts[0].value, parts[1]?.value ?? 0);
      case 'power':
        return this.multiplied(e.exponent - 1);
      case 'when':
      case 'stop':
        return parts[0]?.value ?? 0;
      default:
        this.enter();
        return this.part.value();
    }
  }

  /** The base of a power multiplied by itself `times` times. */
  private multiplied(times: number): number {
    const factor = this.parts[0].value;
    let product = factor;
    for (let n = 0; n < times; n++) product *= factor;
    return product;
  }

  /** The node's result as the operand of another operation. */
  get result(): Operand {
    const { expression: e, parts, body, argument, terms, value } = this;
    if (terms !== undefined) return terms.result;
    if (body !== undefined) return body.result;
    if (argument !== undefined) return argument.result;
    switch (e.kind) {
      case 'operation':
      case 'power':
        return { kind: 'step', operation: this.last, value };
      case 'when':
      case 'stop':
        return parts[0]?.result ?? literal(0);
      case 'reference': {
        const { cell } = this;
        const { name, version } = this.part.slot as Slot;
        if (cell === undefined) return literal(value, name);
        return { kind: 'cell', reference: { name, version }, cell, value };
      }
      default:
        return literal(value);
    }
  }

  owns(n: number): boolean {
    const { expression: e, terms } = this;
    if (n < this.first || n > this.last) return false;
    if (terms !== undefined) return terms.joins(n);
    if (e.kind === 'operation') return n === this.last;
    return e.kind === 'power' && n > this.parts[0].last;
  }

  /**
   * The part, term or body that contains operation n; undefined if it is the node's own, or outside. A function that is entered
   * is appended to `calls`.
   */
  inside(n: number, calls?: CallSpan[]): LazyNode | undefined {
    if (n < this.first || n > this.last || this.owns(n)) return undefined;
    const { terms, body, parts, expression: e } = this;
    if (terms !== undefined) return terms.at(terms.containing(n));
    const part = parts.find(({ first, last }) => first <= n && n <= last);
    if (part === undefined && body !== undefined && e.kind === 'call')
      calls?.push({ name: e.name, first: body.first, last: body.last });
    return part ?? body;
  }

  /** The function calls that contain operation n, outermost first. */
  callsAround(n: number): CallSpan[] {
    const calls: CallSpan[] = [];
    for (let node: LazyNode | undefined = this; node !== undefined; node = node.inside(n, calls));
    return calls;
  }

  /**
   * Operation n of the cell, which must lie in this node; the calls around it are appended to `calls`. Throws a RangeError if
   * there is no such operation.
   */
  operation(n: number, calls: CallSpan[]): CellOperation {
    const inner = this.inside(n, calls);
    if (inner !== undefined) return inner.operation(n, calls);
    const { expression: e, parts, terms } = this;
    if (terms !== undefined) return terms.operation(n);
    if (e.kind === 'power') {
      const [base] = parts;
      const times = n - base.last;
      const before: Operand =
        times === 1 ? base.result : { kind: 'step', operation: n - 1, value: this.multiplied(times - 1) };
      return { name: 'mul', operands: [before, base.result], value: this.multiplied(times) };
    }
    if (e.kind !== 'operation') throw new RangeError(`no operation ${n}`);
    return { name: e.operation, operands: parts.map(({ result }) => result), value: this.value };
  }
}
