import { type Affine, type Condition, conditionsByLoop, type Range, tighten } from '../formula/affine.ts';
import { ordinal } from '../formula/differential.ts';
import type { Expression, Reduction, Reference } from '../formula/expression.ts';
import { flatIndex } from '../formula/model.ts';
import { operation } from '../formula/operation.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import type { Program } from '../program/program.ts';
import { iterations, type Node } from '../program/tree.ts';
import type { Layout, Slot } from './layout.ts';
import type { Store } from './store.ts';

type Compute = () => number;

/**
 * The fast reading of a program: closures over one memory and one set of index registers. The written tree is the
 * order: nothing is folded or reordered, so every cell gets the bits that stepping gives it.
 */
export class Evaluator {
  private readonly registers: number[] = [];
  private memory = new Float64Array(0);
  private readonly runTree: () => void;
  private store: Store = (_formula, _flat, value) => value;

  constructor(
    private readonly program: Pick<Program, 'model' | 'tree'>,
    private readonly layout: Layout,
  ) {
    this.runTree = this.node(program.tree, new Map());
  }

  /** Runs one frame: `memory` holds the data, everything computed is written into it through `store`. */
  run(memory: Float64Array<ArrayBuffer>, store: Store): void {
    this.memory = memory;
    this.store = store;
    this.runTree();
  }

  private register(scope: ReadonlyMap<string, number>, name: string): [number, Map<string, number>] {
    const at = this.registers.push(0) - 1;
    return [at, new Map(scope).set(name, at)];
  }

  private node(node: Node, scope: ReadonlyMap<string, number>): () => void {
    const { registers } = this;
    if (node.kind === 'block') {
      const children = node.children.map((child) => this.node(child, scope));
      return () => {
        for (const child of children) child();
      };
    }
    if (node.kind === 'loop') {
      const [at, inner] = this.register(scope, node.index);
      const body = this.node(node.body, inner);
      const count = iterations(node);
      const { range, direction } = node;
      const start = direction > 0 ? range.low : range.high;
      return () => {
        for (let n = 0, value = start; n < count; n++, value += direction) {
          registers[at] = value;
          body();
        }
      };
    }
    const { formula } = node;
    const slot = this.layout.slot(formula.target, formula.version);
    const compute = this.expression(formula.expression, scope, new Map());
    const places = formula.indices.map(({ name }) => scope.get(name) as number);
    const cell = new Array<number>(places.length);
    return () => {
      for (let d = 0; d < places.length; d++) cell[d] = registers[places[d]];
      const flat = flatIndex(slot.shape, cell);
      this.memory[slot.offset + flat] = this.store(formula, flat, compute());
    };
  }

  private expression(
    e: Expression,
    scope: ReadonlyMap<string, number>,
    parameters: ReadonlyMap<string, Compute>,
  ): Compute {
    const part = (inner: Expression) => this.expression(inner, scope, parameters);
    switch (e.kind) {
      case 'number': {
        const { value } = e;
        return () => value;
      }
      case 'index':
        return this.affine(e.index, scope);
      case 'reference':
        return this.reference(e, scope);
      case 'parameter':
        return parameters.get(e.name) as Compute;
      case 'stop':
        return part(e.body);
      case 'operation': {
        const { evaluate } = operation(e.operation);
        const [left, right] = e.operands.map(part);
        if (right === undefined) return () => evaluate(left(), 0);
        return () => {
          const a = left();
          return evaluate(a, right());
        };
      }
      case 'power': {
        const base = part(e.base);
        const { evaluate } = operation('mul');
        return () => {
          const value = base();
          let product = value;
          for (let n = 1; n < e.exponent; n++) product = evaluate(product, value);
          return product;
        };
      }
      case 'call':
        return this.call(this.program.model.functions.get(e.name) as FunctionStatement, e.operands.map(part));
      case 'when': {
        const conditions = e.where.map((condition) => this.affine(condition, scope));
        const body = part(e.body);
        return () => (conditions.every((condition) => condition() >= 0) ? body() : 0);
      }
      case 'reduction':
        return this.reduction(e, scope, parameters);
    }
  }

  private call(definition: FunctionStatement, operands: readonly Compute[]): Compute {
    const values = new Float64Array(operands.length);
    const own = new Map(definition.parameters.map((name, at) => [name, () => values[at]] as const));
    const body = this.expression(definition.body, new Map(), own);
    const fresh = new Float64Array(operands.length);
    return () => {
      for (let at = 0; at < fresh.length; at++) fresh[at] = operands[at]();
      values.set(fresh);
      return body();
    };
  }

  private affine({ constant, terms }: Affine, scope: ReadonlyMap<string, number>): Compute {
    const { registers } = this;
    const places = terms.map(([name]) => scope.get(name) as number);
    const factors = terms.map(([, factor]) => factor);
    const [p, q] = places;
    const [f, g] = factors;
    if (places.length === 0) return () => constant;
    if (places.length === 1) return () => constant + f * registers[p];
    if (places.length === 2) return () => constant + f * registers[p] + g * registers[q];
    return () => {
      let value = constant;
      for (let n = 0; n < places.length; n++) value += factors[n] * registers[places[n]];
      return value;
    };
  }

  private reference(e: Reference, scope: ReadonlyMap<string, number>): Compute {
    const slot = this.layout.slot(e.name, e.version);
    const address = this.affine(addressAffine(slot, e.indices), scope);
    if (!e.guarded) return () => this.memory[address()];
    const places = e.indices.map((affine) => this.affine(affine, scope));
    const inside = () => places.every((place, d) => place() >= 1 && place() <= slot.shape[d]);
    return () => (inside() ? this.memory[address()] : 0);
  }

  private reduction(
    e: Reduction,
    outer: ReadonlyMap<string, number>,
    parameters: ReadonlyMap<string, Compute>,
  ): Compute {
    let scope = outer;
    const conditions = conditionsByLoop(
      e.indices.map(({ name }) => name),
      e.where,
    );
    const loops = e.indices.map(({ name, range }, depth) => {
      const [at, inner] = this.register(scope, name);
      scope = inner;
      return { at, bounds: this.bounds(name, range as Range, conditions[depth], inner) };
    });
    const body = this.expression(e.body, scope, parameters);
    const position = this.affine(ordinal(e), scope);
    const { registers } = this;
    const better = operation('gt').evaluate;
    const combine = operation(e.reducer === 'max' ? 'max' : 'add').evaluate;
    return () => {
      let started = false;
      let total = 0;
      let best = 0;
      const term = () => {
        const value = body();
        if (!started) {
          started = true;
          total = value;
          best = position();
        } else if (e.reducer !== 'argmax') total = combine(total, value);
        else if (better(value, total) === 1) {
          total = value;
          best = position();
        }
      };
      const visit = (depth: number) => {
        if (depth === loops.length) {
          term();
          return;
        }
        const { at, bounds } = loops[depth];
        const { low, high } = bounds();
        for (let value = low; value <= high; value++) {
          registers[at] = value;
          visit(depth + 1);
        }
      };
      visit(0);
      return e.reducer === 'argmax' ? best : total;
    };
  }

  private bounds(
    name: string,
    range: Range,
    conditions: readonly Condition[],
    scope: ReadonlyMap<string, number>,
  ): () => Range {
    if (conditions.length === 0) return () => range;
    const environment = { get: (index: string) => this.registers[scope.get(index) as number] };
    return () => tighten(name, range, conditions, environment);
  }
}

/** A cell's address in memory as one affine of the indices. */
function addressAffine(slot: Slot, indices: readonly Affine[]): Affine {
  const factors = new Map<string, number>();
  let constant = slot.offset;
  indices.forEach((affine, d) => {
    constant += (affine.constant - 1) * slot.strides[d];
    for (const [name, factor] of affine.terms)
      factors.set(name, (factors.get(name) ?? 0) + factor * slot.strides[d]);
  });
  return { constant, terms: [...factors] };
}
