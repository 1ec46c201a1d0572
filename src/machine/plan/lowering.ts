import {
  type Affine,
  constant,
  extent,
  index as indexOf,
  minus,
  plus,
  type Range,
  substitute,
} from '../../formula/affine.ts';
import type { Expression, Reduction, Reference } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import { ordinal } from '../../formula/ordinal.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import type { Program } from '../../program/program.ts';
import type { Node } from '../../program/tree.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import type { Assign, Axis, Load, PlanStatement, PlanValue, PlanVariable } from './plan.ts';

/**
 * Lowers a program to the plan of one frame: names become addresses in this layout (of the program's model), indices axes, and
 * function calls are inlined.
 */
export function planOf(program: Program, layout: Layout): PlanStatement[] {
  return new Lowering(program, layout).statements(program.tree, [], new Map());
}

/** The axes that stand for the indices in scope. */
type Scope = ReadonlyMap<string, Affine>;
type Arguments = ReadonlyMap<string, PlanValue>;
type Ranges = Map<string, Range>;

class Lowering {
  private fresh = 0;
  private readonly ranges: Ranges = new Map();

  constructor(
    private readonly program: Program,
    private readonly layout: Layout,
  ) {}

  private axis(name: string, { low, high }: Range): Axis {
    const axis = { name: `${name}.${++this.fresh}`, low, high };
    this.ranges.set(axis.name, axis);
    return axis;
  }

  /** A loop whose iterations do not depend on each other moves inwards, down to each formula. */
  statements(
    node: Node,
    parallel: readonly { index: string; range: Range }[],
    scope: Scope,
  ): PlanStatement[] {
    if (node.kind === 'block')
      return node.children.flatMap((child) => this.statements(child, parallel, scope));
    if (node.kind === 'cell') return [this.assign(node.formula, parallel, scope)];
    const { index, range, direction, body } = node;
    if (!node.carries) return this.statements(body, [...parallel, { index, range }], scope);
    const axis = this.axis(index, range);
    const inside = this.statements(body, parallel, new Map(scope).set(index, indexOf(axis.name)));
    return [{ kind: 'sequence', axis, direction, body: inside }];
  }

  private assign(
    formula: Formula,
    parallel: readonly { index: string; range: Range }[],
    outer: Scope,
  ): Assign {
    const scope = new Map(outer);
    const axes = parallel.map(({ index, range }) => {
      const axis = this.axis(index, range);
      scope.set(index, indexOf(axis.name));
      return axis;
    });
    const slot = this.layout.slot(formula.target, formula.version);
    const address = addressIn(
      slot,
      formula.indices.map(({ name }) => scope.get(name) as Affine),
    );
    const value = this.value(formula.expression, scope, new Map());
    return { kind: 'assign', formula, slot, address, axes, value };
  }

  private value(e: Expression, scope: Scope, given: Arguments): PlanValue {
    const part = (inner: Expression) => this.value(inner, scope, given);
    switch (e.kind) {
      case 'number':
        return { kind: 'constant', value: e.value };
      case 'index':
        return { kind: 'index', index: substitute(e.index, scope) };
      case 'reference':
        return this.load(e, scope);
      case 'parameter':
        return given.get(e.name) as PlanValue;
      case 'stop':
        return part(e.body);
      case 'operation':
        return { kind: 'apply', operation: e.operation, operands: e.operands.map(part) };
      case 'power':
        return this.shared(part(e.base), (base) => {
          let product = base;
          for (let n = 1; n < e.exponent; n++)
            product = { kind: 'apply', operation: 'mul', operands: [product, base] };
          return product;
        });
      case 'call': {
        const definition = this.program.model.functions.get(e.name) as FunctionStatement;
        const bind = (at: number, bound: Arguments): PlanValue =>
          at === e.operands.length
            ? this.value(definition.body, new Map(), bound)
            : this.shared(part(e.operands[at]), (operand) =>
                bind(at + 1, new Map(bound).set(definition.parameters[at], operand)),
              );
        return bind(0, new Map());
      }
      case 'when': {
        const conditions = this.open(e.where.map((condition) => substitute(condition, scope)));
        return { kind: 'where', conditions, body: part(e.body) };
      }
      case 'reduction':
        return this.fold(e, scope, given);
    }
  }

  /** Binds a value to a variable if it is used more than once, unless it is as cheap to read again. */
  private shared(value: PlanValue, use: (value: PlanValue) => PlanValue): PlanValue {
    if (value.kind === 'constant' || value.kind === 'index' || value.kind === 'variable') return use(value);
    if (value.kind === 'load' && value.inside.length === 0) return use(value);
    const variable: PlanVariable = { kind: 'variable', name: `value.${++this.fresh}` };
    return { kind: 'let', variable, value, body: use(variable) };
  }

  private load(e: Reference, scope: Scope): Load {
    const slot = this.layout.slot(e.name, e.version);
    const indices = e.indices.map((affine) => substitute(affine, scope));
    const inside = e.guarded
      ? indices.flatMap((affine, d) => [minus(affine, constant(1)), minus(constant(slot.shape[d]), affine)])
      : [];
    return { kind: 'load', slot, address: addressIn(slot, indices), inside: this.open(inside) };
  }

  /** The conditions that are not always true. */
  private open(conditions: readonly Affine[]): Affine[] {
    return conditions.filter((condition) => extent(condition, this.ranges).low < 0);
  }

  private fold(e: Reduction, outer: Scope, given: Arguments): PlanValue {
    const scope = new Map(outer);
    const axes = e.indices.map(({ name, range }) => {
      const axis = this.axis(name, range as Range);
      scope.set(name, indexOf(axis.name));
      return axis;
    });
    const where = this.open(e.where.map((condition) => substitute(condition, scope)));
    const body = this.value(e.body, scope, given);
    return { kind: 'fold', reducer: e.reducer, axes, where, body, position: substitute(ordinal(e), scope) };
  }
}

/** A cell's address as one affine expression of the indices. */
function addressIn(slot: Slot, indices: readonly Affine[]): Affine {
  return indices.reduce(
    (address, affine, d) => plus(address, minus(affine, constant(1)), slot.strides[d]),
    constant(slot.offset),
  );
}
