import { type Affine, conditionsByLoop, type Range, tighten } from '../affine.ts';
import type { Call, Expression, Reduction, Reference } from '../expression.ts';
import { operation } from '../operation.ts';
import { ordinal } from '../ordinal.ts';
import type { Distribution, FunctionStatement } from '../statement.ts';

/** A prepared expression; each call evaluates it at the current register values. */
export type Compute = () => number;

/** What an evaluation takes from outside. */
export interface EvaluationContext {
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** How a reference is read; called once, when its expression is prepared. */
  readonly reference: (e: Reference) => Compute;
  /** Gives a random number; called at every evaluation of a draw. */
  readonly draw: (distribution: Distribution, seed: number) => number;
}

/** Whether a function draws a random number. Only data lines may call these: a formula must give the same every time. */
export const isDraw = (name: string): name is Distribution => name === 'normal' || name === 'uniform';

/** The register of each index and parameter in scope. */
type Scope = ReadonlyMap<string, number>;

interface Definition {
  readonly parameters: readonly number[];
  readonly body: Compute;
}

/**
 * Evaluates expressions while a model is compiled, in the order in which they are written. The functions that it calls must
 * terminate (`checkFunctions`); each is prepared once, however often it is called.
 */
export class Evaluation {
  private readonly registers: number[] = [];
  private readonly definitions = new Map<string, Definition>();

  constructor(private readonly around: EvaluationContext) {}

  /** A new register for the value of an index; `set` it before evaluating what was prepared with it. */
  register(): number {
    return this.registers.push(0) - 1;
  }

  /** Sets the value of a register. */
  set(register: number, value: number): void {
    this.registers[register] = value;
  }

  /**
   * Prepares an expression; `scope` must have a register for each of its free indices and parameters. Ranges must be filled in.
   */
  ready(e: Expression, scope: Scope): Compute {
    switch (e.kind) {
      case 'number':
        return () => e.value;
      case 'index':
        return this.affine(e.index, scope);
      case 'reference':
        return this.around.reference(e);
      case 'parameter': {
        const { registers } = this;
        const at = scope.get(e.name) as number;
        return () => registers[at];
      }
      case 'operation': {
        const { evaluate } = operation(e.operation);
        const [a, b] = e.operands.map((operand) => this.ready(operand, scope));
        return b === undefined ? () => evaluate(a(), 0) : () => evaluate(a(), b());
      }
      case 'power':
        return this.power(this.ready(e.base, scope), e.exponent);
      case 'call':
        return this.call(e, scope);
      case 'stop':
        return this.ready(e.body, scope);
      case 'when':
      case 'reduction':
        return this.loop(e, scope);
    }
  }

  private affine({ constant, terms }: Affine, scope: Scope): Compute {
    const { registers } = this;
    const places = terms.map(([name, factor]) => [scope.get(name) as number, factor] as const);
    if (places.length === 0) return () => constant;
    if (places.length === 1) {
      const [[at, factor]] = places;
      return () => constant + factor * registers[at];
    }
    return () => {
      let value = constant;
      for (const [at, factor] of places) value += factor * registers[at];
      return value;
    };
  }

  private power(base: Compute, exponent: number): Compute {
    return () => {
      const factor = base();
      let product = factor;
      for (let n = 1; n < exponent; n++) product *= factor;
      return product;
    };
  }

  private call({ name, operands }: Call, scope: Scope): Compute {
    const given = operands.map((operand) => this.ready(operand, scope));
    if (isDraw(name)) {
      const { draw } = this.around;
      const [seed] = given;
      return () => draw(name, seed());
    }
    const { registers } = this;
    const { parameters, body } = this.definition(name);
    const values = new Array<number>(given.length);
    return () => {
      // A function may be called in its own arguments: all are evaluated before any is put in its place.
      const own = values.slice();
      for (let at = 0; at < given.length; at++) own[at] = given[at]();
      for (let at = 0; at < given.length; at++) registers[parameters[at]] = own[at];
      return body();
    };
  }

  private definition(name: string): Definition {
    let found = this.definitions.get(name);
    if (found === undefined) {
      const { parameters, body } = this.around.functions.get(name) as FunctionStatement;
      const scope = new Map(parameters.map((parameter) => [parameter, this.register()]));
      found = { parameters: [...scope.values()], body: this.ready(body, scope) };
      this.definitions.set(name, found);
    }
    return found;
  }

  private loop(e: Reduction | (Expression & { kind: 'when' }), outer: Scope): Compute {
    const { registers } = this;
    const indices = e.kind === 'reduction' ? e.indices : [];
    const scope = new Map(outer);
    const places = indices.map(({ name }) => {
      const at = this.register();
      scope.set(name, at);
      return at;
    });
    const environment = { get: (name: string) => registers[scope.get(name) as number] };
    const body = this.ready(e.body, scope);
    if (e.kind === 'when') {
      const conditions = e.where.map((condition) => this.affine(condition, scope));
      return () => (conditions.every((condition) => condition() >= 0) ? body() : 0);
    }
    const bounds = conditionsByLoop(
      indices.map(({ name }) => name),
      e.where,
    );
    const position = this.affine(ordinal(e), scope);
    const add = operation('add').evaluate;
    return () => {
      let count = 0;
      let total = 0;
      let best = 0;
      const visit = (depth: number): void => {
        if (depth < indices.length) {
          const { name, range } = indices[depth];
          const { low, high } = tighten(name, range as Range, bounds[depth], environment);
          for (let value = low; value <= high; value++) {
            registers[places[depth]] = value;
            visit(depth + 1);
          }
          return;
        }
        const term = body();
        count += 1;
        if (count === 1 || (e.reducer !== 'sum' && term > total)) [total, best] = [term, position()];
        else if (e.reducer === 'sum') total = add(total, term);
      };
      visit(0);
      return e.reducer === 'argmax' ? best : total;
    };
  }
}

/**
 * About how many operations an expression takes, at least 1; a draw counts as a hundred, conditions are ignored. Ranges must
 * be known, and functions must not call themselves. `known` keeps the costs of functions: pass the same map for several
 * expressions.
 */
export function costOf(
  e: Expression,
  functions: ReadonlyMap<string, FunctionStatement>,
  known = new Map<string, number>(),
): number {
  const of = (part: Expression): number => costOf(part, functions, known);
  const all = (parts: readonly Expression[]) => parts.reduce((sum, part) => sum + of(part), 1);
  switch (e.kind) {
    case 'operation':
      return all(e.operands);
    case 'power':
      return of(e.base) + e.exponent;
    case 'stop':
    case 'when':
      return of(e.body) + 1;
    case 'reduction':
      return e.indices.reduce((product, { range }) => {
        const { low, high } = range as Range;
        return product * Math.max(1, high - low + 1);
      }, of(e.body) + 1);
    case 'call': {
      if (isDraw(e.name)) return all(e.operands) + 100;
      let body = known.get(e.name);
      if (body === undefined) {
        const definition = functions.get(e.name);
        body = definition === undefined ? 1 : of(definition.body);
        known.set(e.name, body);
      }
      return all(e.operands) + body;
    }
    default:
      return 1;
  }
}
