import { conditionsByLoop, type Range } from '../../formula/affine.ts';
import type { Call, Expression, Power, Reduction, Reference } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import { type OperationName, operation } from '../../formula/operation.ts';
import { ordinal } from '../../formula/ordinal.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import type { OperationCount } from '../../program/operation-count.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { type CompiledNode, type CompiledReduction, emptyTotal, type Total } from './compiled-node.ts';
import { addressAffine, IndexValues, type RegisterScope } from './index-values.ts';
import { longestTermVector, shortestTermVector, termVector } from './term-vector.ts';

const comparisons: ReadonlySet<OperationName> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);

/**
 * Makes a closure that reads a cell of a slot, whose address in the frame's memory and indices (from 1) are known when it is
 * called.
 */
export type SlotReader = (
  slot: Slot,
  address: () => number,
  indices: readonly (() => number)[],
) => () => number;

/** The memory in which all cells of a slot lie at their addresses; undefined where they do not. */
export type SlotMemory = (slot: Slot) => Float64Array | undefined;

/** A compiled formula, to be evaluated cell by cell. */
export interface CellEvaluation {
  /** The value at these indices (from 1), before the storing rule. */
  at(cell: readonly number[]): number;
}

/** A compiled formula with its nodes. */
export interface CellParts extends CellEvaluation {
  /** The node of the whole expression. */
  readonly root: CompiledNode;
  /** The registers that take a cell's indices, in order. */
  readonly registers: readonly number[];
}

/** Which argument each parameter of the function stands for. */
type Parameters = ReadonlyMap<string, number>;

/**
 * Evaluates formulas in the order in which they are written, without folding anything: the values of cells that are not stepped
 * through. Formulas are compiled once into closures over index registers.
 */
export class Evaluator {
  /** Terms of reductions evaluated so far; for measuring. */
  work = 0;
  /** The index registers that all of its closures share. */
  readonly registers = new IndexValues();
  private readonly formulas = new Map<Formula, CellParts>();

  constructor(
    private readonly functions: ReadonlyMap<string, FunctionStatement>,
    private readonly layout: Layout,
    private readonly source: SlotReader,
    /** Without it terms are evaluated one by one, and what they read is asked for in order. */
    private readonly bulk?: SlotMemory,
    /** Needed only where nodes are counted. */
    private readonly counts?: OperationCount,
    /** Applied to both sides of every comparison; only together with evaluation term by term, without `bulk`. */
    private readonly compared?: (value: number) => number,
  ) {}

  /** A formula compiled, at its first use. */
  of(formula: Formula): CellParts {
    let found = this.formulas.get(formula);
    if (found === undefined) {
      found = this.evaluation(
        formula.expression,
        formula.indices.map(({ name }) => name),
      );
      this.formulas.set(formula, found);
    }
    return found;
  }

  /** An expression compiled with free indices; cells give their values in that order. Not cached. */
  evaluation(e: Expression, indices: readonly string[]): CellParts {
    let scope: RegisterScope = new Map();
    const registers = indices.map((name) => {
      const [register, inner] = this.registers.add(scope, name);
      scope = inner;
      return register;
    });
    const { values } = this.registers;
    const root = this.part(e, scope, new Map(), []);
    return {
      root,
      registers,
      at(cell) {
        for (let d = 0; d < registers.length; d++) values[registers[d]] = cell[d];
        return root.value();
      },
    };
  }

  /** `given` holds the current arguments of the call around it. */
  private part(
    e: Expression,
    scope: RegisterScope,
    parameters: Parameters,
    given: readonly number[],
  ): CompiledNode {
    const inner = (one: Expression) => this.part(one, scope, parameters, given);
    const made = (
      parts: readonly CompiledNode[],
      value: () => number,
      more: Partial<CompiledNode> = {},
    ): CompiledNode => ({
      expression: e,
      parts,
      value,
      count: this.countOf(e, scope),
      ...more,
    });
    switch (e.kind) {
      case 'number':
        return made([], () => e.value);
      case 'index':
        return made([], this.registers.affine(e.index, scope));
      case 'reference':
        return { ...made([], () => 0), ...this.reference(e, scope) };
      case 'parameter': {
        const argument = parameters.get(e.name) as number;
        return made([], () => given[argument], { argument });
      }
      case 'operation': {
        const parts = e.operands.map(inner);
        return made(parts, operated(this.evaluateOf(e.operation), parts));
      }
      case 'power': {
        const base = inner(e.base);
        return made([base], powerOf(e, base));
      }
      case 'call':
        return { ...made([], () => 0), ...this.call(e, e.operands.map(inner)) };
      case 'when': {
        const holds = this.registers.conditions(e.where, scope);
        const body = inner(e.body);
        return made([body], () => (holds() ? body.value() : 0), { holds });
      }
      case 'stop': {
        const body = inner(e.body);
        return made([body], body.value);
      }
      case 'reduction': {
        const [body, loops] = this.reduction(e, scope, parameters, given);
        const total = emptyTotal();
        const isPosition = e.reducer === 'argmax';
        const value = () => {
          Object.assign(total, nothing);
          loops.advance(total, [], Number.POSITIVE_INFINITY);
          return isPosition ? total.position : total.value;
        };
        return made([body], value, { loops });
      }
    }
  }

  private evaluateOf(name: OperationName): (a: number, b: number) => number {
    const { evaluate } = operation(name);
    const { compared } = this;
    return compared && comparisons.has(name) ? (a, b) => evaluate(compared(a), compared(b)) : evaluate;
  }

  private countOf(e: Expression, scope: RegisterScope): () => number {
    const { counts, registers } = this;
    if (counts === undefined) return () => 0;
    const at = { get: (name: string) => registers.values[scope.get(name) as number] };
    return () => counts.of(e, at);
  }

  private reference(e: Reference, scope: RegisterScope): Pick<CompiledNode, 'slot' | 'address' | 'value'> {
    const { registers } = this;
    const slot = this.layout.slot(e.name, e.version);
    const address = registers.affine(addressAffine(slot, e.indices), scope);
    const places = e.indices.map((affine) => registers.affine(affine, scope));
    const read = this.source(slot, address, places);
    if (!e.guarded) return { slot, address, value: read };
    const inside = () => places.every((place, d) => place() >= 1 && place() <= slot.shape[d]);
    return { slot, address: () => (inside() ? address() : -1), value: () => (inside() ? read() : 0) };
  }

  private call(
    e: Call,
    operands: readonly CompiledNode[],
  ): Pick<CompiledNode, 'parts' | 'body' | 'give' | 'value'> {
    const definition = this.functions.get(e.name) as FunctionStatement;
    const given = operands.map(() => 0);
    const own = new Map(definition.parameters.map((name, n) => [name, n]));
    const body = this.part(definition.body, new Map(), own, given);
    return {
      parts: operands,
      body,
      give(values) {
        for (let n = 0; n < given.length; n++) given[n] = values[n];
      },
      value() {
        for (let n = 0; n < operands.length; n++) given[n] = operands[n].value();
        return body.value();
      },
    };
  }

  private reduction(
    e: Reduction,
    outer: RegisterScope,
    parameters: Parameters,
    given: readonly number[],
  ): [body: CompiledNode, loops: CompiledReduction] {
    let scope = outer;
    const conditions = conditionsByLoop(
      e.indices.map(({ name }) => name),
      e.where,
    );
    const loops = e.indices.map(({ name, range }, depth) => {
      const [register, inner] = this.registers.add(scope, name);
      scope = inner;
      return { register, bounds: this.registers.bounds(name, range as Range, conditions[depth], inner) };
    });
    const body = this.part(e.body, scope, parameters, given);
    const position = e.reducer === 'argmax' ? this.registers.affine(ordinal(e), scope) : () => 0;
    const { values } = this.registers;
    const { register, name } = { ...loops[loops.length - 1], ...e.indices[e.indices.length - 1] };
    const { bulk } = this;
    const block = bulk && termVector(body, { name, register, registers: values, memory: bulk });
    const take = takers[e.reducer];
    /** Combines the terms of the innermost loop from value `low` on, `count` of them. */
    const run = (total: Total, low: number, count: number): void => {
      this.work += count;
      const end = low + count;
      if (block === undefined || count < shortestTermVector)
        for (let value = low; value < end; value++) {
          values[register] = value;
          take(total, body.value(), position);
        }
      else
        for (let value = low; value < end; value += longestTermVector) {
          values[register] = value;
          const length = Math.min(longestTermVector, end - value);
          const terms = block.isSteady ? steady.fill(block.value(), 0, length) : block.values(length);
          if (e.reducer === 'sum') addUp(total, terms, length);
          else
            for (let n = 0; n < length; n++) {
              values[register] = value + n;
              take(total, terms[n], position);
            }
        }
    };
    const advance = (total: Total, place: readonly number[], terms: number): void => {
      let left = terms;
      const visit = (depth: number, isStart: boolean): void => {
        const { low, high } = loops[depth].bounds();
        const from = isStart && depth < place.length ? place[depth] : low;
        if (depth === loops.length - 1) {
          const count = Math.min(left, high - from + 1);
          if (count > 0) run(total, from, count);
          left -= Math.max(0, count);
          return;
        }
        for (let value = from; value <= high && left > 0; value++) {
          values[loops[depth].register] = value;
          visit(depth + 1, isStart && value === from);
        }
      };
      visit(0, true);
    };
    const { counts } = this;
    // The terms are asked for later, when the registers hold other values.
    const now = () => new Map([...outer].map(([name, at]) => [name, values[at]]));
    const terms = () => (counts as OperationCount).termsOf(e, now());
    return [body, { reducer: e.reducer, registers: loops.map(({ register }) => register), terms, advance }];
  }
}

const nothing = emptyTotal();

function operated(evaluate: (a: number, b: number) => number, [a, b]: readonly CompiledNode[]): () => number {
  const left = a.value;
  if (b === undefined) return () => evaluate(left(), 0);
  const right = b.value;
  return () => evaluate(left(), right());
}

function powerOf({ exponent }: Power, { value }: CompiledNode): () => number {
  return () => {
    const factor = value();
    let product = factor;
    for (let n = 1; n < exponent; n++) product *= factor;
    return product;
  };
}

/** Terms that all have the same value. */
const steady = new Float64Array(longestTermVector);

/** Adds terms one after the other. */
function addUp(total: Total, terms: Float64Array, count: number): void {
  let sum = total.value;
  let n = 0;
  if (total.terms === 0 && count > 0) sum = terms[n++];
  for (; n < count; n++) sum += terms[n];
  total.value = sum;
  total.terms += count;
}

type Take = (total: Total, term: number, position: () => number) => void;

const { evaluate: add } = operation('add');
const { evaluate: greater } = operation('max');
const { evaluate: isGreater } = operation('gt');

/** How a term is combined with those before it. */
const takers: Record<Reduction['reducer'], Take> = {
  sum(total, term) {
    total.value = total.terms++ === 0 ? term : add(total.value, term);
  },
  max(total, term) {
    total.value = total.terms++ === 0 ? term : greater(total.value, term);
  },
  argmax(total, term, position) {
    if (total.terms === 0 || isGreater(term, total.value) === 1) {
      total.value = term;
      total.winner = total.terms;
      total.position = position();
    }
    total.terms += 1;
  },
};
