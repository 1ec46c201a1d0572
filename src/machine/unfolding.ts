import { type Environment, evaluateAffine, holds } from '../formula/affine.ts';
import { ordinalAt } from '../formula/differential.ts';
import type { Call, Expression, Power, Reduction, Reference } from '../formula/expression.ts';
import { type OperationName, operation, type StepName } from '../formula/operation.ts';
import type { FunctionStatement } from '../formula/statement.ts';
import { placesOf } from '../program/count.ts';

/**
 * A node of one cell's expression at the cell's indices: sums are rolled out into their terms, functions are opened.
 * Views print it, the trace lists it; it is made anew whenever it is asked for.
 */
export interface Instance {
  readonly expression: Expression;
  readonly value: number;
  /** Operands, terms, arguments; a `when` that does not hold has none. */
  readonly parts: readonly Instance[];
  /** The cell's operations inside this node, from 1; empty where last < first. */
  readonly first: number;
  readonly last: number;
  /** The operations that are the node's own: one for an operation, n − 1 for a sum of n terms. */
  readonly own: readonly number[];
  /** The cell that a reference reads; absent where it is out of range and reads 0. */
  readonly cell?: readonly number[];
  /** The opened body of a call. */
  readonly body?: Instance;
  /** The argument that a function's parameter stands for. */
  readonly argument?: Instance;
}

export type Operand =
  | {
      readonly kind: 'cell';
      readonly reference: Reference;
      readonly cell: readonly number[];
      readonly value: number;
    }
  | { readonly kind: 'literal'; readonly value: number }
  | { readonly kind: 'step'; readonly operation: number; readonly value: number };

/** One scalar operation of a cell. */
export interface OperationRecord {
  /** Counted from 1 within the cell. */
  readonly number: number;
  readonly name: StepName;
  readonly operands: readonly Operand[];
  readonly value: number;
  /** The calls it lies in, outermost first, each with its first and last operation. */
  readonly calls: readonly { readonly name: string; readonly first: number; readonly last: number }[];
}

export interface Unfolded {
  readonly root: Instance;
  readonly operations: readonly OperationRecord[];
  /** What the last operation gave, before the storing rule. */
  readonly value: number;
}

/** The value of a cell in memory; undefined out of range. */
export type Read = (reference: Reference, cell: readonly number[]) => number | undefined;

/** Evaluates a cell's expression one scalar operation at a time. */
export function unfold(
  e: Expression,
  environment: Environment,
  functions: ReadonlyMap<string, FunctionStatement>,
  read: Read,
): Unfolded {
  const unfolder = new Unfolder(functions, read);
  const root = unfolder.unfold(e, environment, new Map());
  if (unfolder.operations.length === 0) unfolder.copy(root);
  return { root, operations: unfolder.operations, value: root.value };
}

type Arguments = ReadonlyMap<string, Instance>;
type Calls = { name: string; first: number; last: number }[];

class Unfolder {
  readonly operations: OperationRecord[] = [];
  private calls: Calls = [];

  constructor(
    private readonly functions: ReadonlyMap<string, FunctionStatement>,
    private readonly read: Read,
  ) {}

  copy(root: Instance): void {
    this.record('copy', [operandOf(root)], root.value);
  }

  private record(name: StepName, operands: readonly Operand[], value: number): number {
    const number = this.operations.length + 1;
    this.operations.push({ number, name, operands, value, calls: [...this.calls] });
    return number;
  }

  private perform(name: OperationName, operands: readonly Operand[]): { number: number; value: number } {
    const value = operation(name).evaluate(operands[0].value, operands[1]?.value ?? 0);
    return { number: this.record(name, operands, value), value };
  }

  unfold(e: Expression, environment: Environment, given: Arguments): Instance {
    const first = this.operations.length + 1;
    const node = (
      value: number,
      parts: readonly Instance[],
      own: readonly number[] = [],
      more: Partial<Instance> = {},
    ): Instance => ({
      expression: e,
      value,
      parts,
      first,
      last: this.operations.length,
      own,
      ...more,
    });
    switch (e.kind) {
      case 'number':
        return node(e.value, []);
      case 'index':
        return node(evaluateAffine(e.index, environment), []);
      case 'reference': {
        const cell = e.indices.map((affine) => evaluateAffine(affine, environment));
        const value = this.read(e, cell);
        return value === undefined ? node(0, []) : node(value, [], [], { cell });
      }
      case 'parameter': {
        const argument = given.get(e.name) as Instance;
        return node(argument.value, [], [], { argument });
      }
      case 'operation': {
        const parts = e.operands.map((operand) => this.unfold(operand, environment, given));
        const { number, value } = this.perform(e.operation, parts.map(operandOf));
        return node(value, parts, [number]);
      }
      case 'power':
        return this.power(e, environment, given, node);
      case 'call':
        return this.call(e, environment, given, node);
      case 'reduction':
        return this.reduction(e, environment, given, node);
      case 'when': {
        if (!holds(e.where, environment)) return node(0, []);
        const body = this.unfold(e.body, environment, given);
        return node(body.value, [body]);
      }
      case 'stop': {
        const body = this.unfold(e.body, environment, given);
        return node(body.value, [body]);
      }
    }
  }

  private power(e: Power, environment: Environment, given: Arguments, node: MakeNode): Instance {
    const base = this.unfold(e.base, environment, given);
    const factor = operandOf(base);
    const own: number[] = [];
    let product = factor;
    for (let n = 1; n < e.exponent; n++) {
      const { number, value } = this.perform('mul', [product, factor]);
      own.push(number);
      product = { kind: 'step', operation: number, value };
    }
    return node(product.value, [base], own);
  }

  private call(e: Call, environment: Environment, given: Arguments, node: MakeNode): Instance {
    const parts = e.operands.map((operand) => this.unfold(operand, environment, given));
    const definition = this.functions.get(e.name) as FunctionStatement;
    const call = { name: e.name, first: this.operations.length + 1, last: 0 };
    this.calls.push(call);
    const body = this.unfold(
      definition.body,
      new Map(),
      new Map(definition.parameters.map((name, at) => [name, parts[at]])),
    );
    call.last = this.operations.length;
    this.calls.pop();
    return node(body.value, parts, [], { body });
  }

  private reduction(e: Reduction, environment: Environment, given: Arguments, node: MakeNode): Instance {
    const parts: Instance[] = [];
    const own: number[] = [];
    let total: Operand = { kind: 'literal', value: 0 };
    let best = 0;
    let winner: Operand = total;
    for (const inner of placesOf(e, environment)) {
      const term = this.unfold(e.body, inner, given);
      parts.push(term);
      const next = operandOf(term);
      if (parts.length === 1) {
        total = next;
        winner = next;
        best = ordinalAt(e, inner);
      } else if (e.reducer === 'argmax') {
        if (operation('gt').evaluate(next.value, winner.value) === 1) {
          own.push(this.record('argmax', [winner, next], ordinalAt(e, inner)));
          winner = next;
          best = ordinalAt(e, inner);
        } else own.push(this.record('argmax', [winner, next], best));
      } else {
        const { number, value } = this.perform(e.reducer === 'max' ? 'max' : 'add', [total, next]);
        own.push(number);
        total = { kind: 'step', operation: number, value };
      }
    }
    return node(e.reducer === 'argmax' ? best : total.value, parts, own);
  }
}

type MakeNode = (
  value: number,
  parts: readonly Instance[],
  own?: readonly number[],
  more?: Partial<Instance>,
) => Instance;

/** What an operation reads when this node is its operand: a cell, a literal, or the step that gave its value. */
export function operandOf(instance: Instance): Operand {
  const { expression, value, parts, own, cell } = instance;
  if (own.length > 0) return { kind: 'step', operation: own[own.length - 1], value };
  if (expression.kind === 'reference' && cell !== undefined)
    return { kind: 'cell', reference: expression, cell, value };
  if (instance.body !== undefined) return operandOf(instance.body);
  if (instance.argument !== undefined) return operandOf(instance.argument);
  const single = expression.kind === 'reduction' && expression.reducer === 'argmax' ? undefined : parts[0];
  return single === undefined ? { kind: 'literal', value } : operandOf(single);
}
