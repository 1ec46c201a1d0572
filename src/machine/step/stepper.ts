import { conditionsByLoop, type Range } from '../../formula/affine.ts';
import type { Call, Expression, Power, Reduction, Reference } from '../../formula/expression.ts';
import type { Formula } from '../../formula/model.ts';
import { operation } from '../../formula/operation.ts';
import { ordinal } from '../../formula/ordinal.ts';
import type { FunctionStatement } from '../../formula/statement.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { addressAffine, IndexValues, type RegisterScope } from './index-values.ts';
import { stepCode, type Transcript } from './transcript.ts';

/** Evaluates a node onto the transcript and gives the entry with its value. */
type Evaluate = () => number;

/** Called as nodes of a formula are begun and finished, for building a tree and not only a list of operations. */
export interface Listener {
  /** A node is begun; its parts follow before its `end`. */
  begin(e: Expression): void;
  /** The operands of the call begun last are finished, and its body follows. */
  body(): void;
  /** The node begun last is a parameter that stands for argument n, from 0. */
  argument(n: number): void;
  /** The node begun last is about to do an operation of its own. */
  operation(): void;
  /** The node begun last is finished; `entry` is the transcript's entry with its value. */
  end(entry: number): void;
}

/**
 * Makes a closure that reads a cell of a slot, whose address in the frame's memory and indices (from 1) are known when it is
 * called.
 */
export type OperandReader = (
  slot: Slot,
  address: () => number,
  indices: readonly (() => number)[],
) => () => number;

/** A compiled formula, to be stepped through cell by cell. */
export interface CellStepping {
  /**
   * Appends the operations of the cell at these indices (from 1) to the transcript, at least one (a copy); returns the value
   * before the storing rule.
   */
  at(cell: readonly number[]): number;
}

/**
 * Evaluates formulas one scalar operation at a time onto a transcript. This class defines which operations a cell has, and in
 * which order. Formulas are compiled once into closures over index registers.
 */
export class Stepper {
  private readonly registers = new IndexValues();
  private readonly formulas = new Map<Formula, CellStepping>();

  constructor(
    private readonly functions: ReadonlyMap<string, FunctionStatement>,
    private readonly layout: Layout,
    private readonly transcript: Transcript,
    private readonly source: OperandReader,
    private readonly listener?: Listener,
  ) {}

  /** A formula compiled, at its first use. */
  of(formula: Formula): CellStepping {
    let found = this.formulas.get(formula);
    if (found === undefined) {
      const names = formula.indices.map(({ name }) => name);
      found = this.evaluation(formula.expression, names);
      this.formulas.set(formula, found);
    }
    return found;
  }

  /** An expression compiled with free indices; cells give their values in that order. Not cached. */
  evaluation(e: Expression, indices: readonly string[]): CellStepping {
    let scope: RegisterScope = new Map();
    const registers = indices.map((name) => {
      const [register, inner] = this.registers.add(scope, name);
      scope = inner;
      return register;
    });
    const { values } = this.registers;
    const { transcript } = this;
    const root = this.expression(e, scope, new Map());
    const copy = stepCode('copy');
    return {
      at(cell) {
        for (let d = 0; d < registers.length; d++) values[registers[d]] = cell[d];
        const before = transcript.length;
        const entry = root();
        if (transcript.length === before) transcript.operation(copy, entry, -1, transcript.values[entry]);
        return transcript.values[entry];
      },
    };
  }

  private expression(
    e: Expression,
    scope: RegisterScope,
    parameters: ReadonlyMap<string, Evaluate>,
  ): Evaluate {
    const evaluate = this.silent(e, scope, parameters);
    const { listener } = this;
    if (listener === undefined) return evaluate;
    return () => {
      listener.begin(e);
      const entry = evaluate();
      listener.end(entry);
      return entry;
    };
  }

  private silent(e: Expression, scope: RegisterScope, parameters: ReadonlyMap<string, Evaluate>): Evaluate {
    const part = (inner: Expression) => this.expression(inner, scope, parameters);
    const { transcript } = this;
    switch (e.kind) {
      case 'number':
        return () => transcript.literal(e.value);
      case 'index': {
        const value = this.registers.affine(e.index, scope);
        return () => transcript.literal(value());
      }
      case 'reference':
        return this.reference(e, scope);
      case 'parameter':
        return parameters.get(e.name) as Evaluate;
      case 'operation': {
        const [left, right] = e.operands.map(part);
        const apply = this.operation(stepCode(e.operation), operation(e.operation).evaluate);
        if (right === undefined) return () => apply(left(), -1);
        return () => {
          const a = left();
          return apply(a, right());
        };
      }
      case 'power':
        return this.power(e, part(e.base));
      case 'call':
        return this.call(e, e.operands.map(part));
      case 'when': {
        const holds = this.registers.conditions(e.where, scope);
        const body = part(e.body);
        return () => (holds() ? body() : transcript.literal(0));
      }
      case 'stop':
        return part(e.body);
      case 'reduction':
        return this.reduction(e, scope, parameters);
    }
  }

  /** An operation on one entry or two (then the second is not −1). */
  private operation(
    code: number,
    evaluate: (a: number, b: number) => number,
  ): (left: number, right: number) => number {
    const { transcript, listener } = this;
    return (left, right) => {
      const { values } = transcript;
      const value = evaluate(values[left], right < 0 ? 0 : values[right]);
      listener?.operation();
      return transcript.operation(code, left, right, value);
    };
  }

  private reference(e: Reference, scope: RegisterScope): Evaluate {
    const { transcript, registers } = this;
    const slot = this.layout.slot(e.name, e.version);
    const address = registers.affine(addressAffine(slot, e.indices), scope);
    const places = e.indices.map((affine) => registers.affine(affine, scope));
    const read = this.source(slot, address, places);
    if (!e.guarded) return () => transcript.cell(address(), read());
    const inside = () => places.every((place, d) => place() >= 1 && place() <= slot.shape[d]);
    return () => (inside() ? transcript.cell(address(), read()) : transcript.literal(0));
  }

  private power(e: Power, base: Evaluate): Evaluate {
    const multiply = this.operation(stepCode('mul'), operation('mul').evaluate);
    return () => {
      const factor = base();
      let product = factor;
      for (let n = 1; n < e.exponent; n++) product = multiply(product, factor);
      return product;
    };
  }

  private call(e: Call, operands: readonly Evaluate[]): Evaluate {
    const { transcript, listener } = this;
    const definition = this.functions.get(e.name) as FunctionStatement;
    const given = operands.map(() => -1);
    const own = new Map(
      definition.parameters.map((name, n) => [
        name,
        () => {
          listener?.argument(n);
          return given[n];
        },
      ]),
    );
    const body = this.expression(definition.body, new Map(), own);
    return () => {
      for (let n = 0; n < operands.length; n++) given[n] = operands[n]();
      transcript.open(e.name);
      listener?.body();
      const entry = body();
      transcript.close();
      return entry;
    };
  }

  private reduction(e: Reduction, outer: RegisterScope, parameters: ReadonlyMap<string, Evaluate>): Evaluate {
    const { transcript } = this;
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
    const body = this.expression(e.body, scope, parameters);
    const combination =
      e.reducer === 'argmax'
        ? this.position(this.registers.affine(ordinal(e), scope))
        : this.total(e.reducer);
    let terms = 0;
    let visit = () => {
      terms += 1;
      if (terms === 1) combination.first(body());
      else combination.next(body());
    };
    const { values } = this.registers;
    for (const { register, bounds } of [...loops].reverse()) {
      const inside = visit;
      visit = () => {
        const { low, high } = bounds();
        for (let value = low; value <= high; value++) {
          values[register] = value;
          inside();
        }
      };
    }
    return () => {
      terms = 0;
      visit();
      return terms === 0 ? transcript.literal(0) : combination.result();
    };
  }

  private total(reducer: 'sum' | 'max'): Combination {
    const name = reducer === 'max' ? 'max' : 'add';
    const apply = this.operation(stepCode(name), operation(name).evaluate);
    let total = -1;
    return {
      first(term) {
        total = term;
      },
      next(term) {
        total = apply(total, term);
      },
      result: () => total,
    };
  }

  private position(ordinalNow: () => number): Combination {
    const { transcript } = this;
    const better = operation('gt').evaluate;
    let [winner, best] = [-1, 0];
    let result = -1;
    const choose = this.operation(stepCode('argmax'), () => best);
    return {
      first(term) {
        winner = term;
        best = ordinalNow();
        result = -1;
      },
      next(term) {
        const loser = winner;
        if (better(transcript.values[term], transcript.values[winner]) === 1) {
          winner = term;
          best = ordinalNow();
        }
        result = choose(loser, term);
      },
      result: () => (result < 0 ? transcript.literal(best) : result),
    };
  }
}

/** Combines the terms of a reduction, entry by entry. */
interface Combination {
  first(term: number): void;
  next(term: number): void;
  result(): number;
}
