import { conditionsByLoop, evaluateAffine, holds, tighten } from '../formula/affine.ts';
import { type OperationName, operation } from '../formula/operation.ts';
import type { Slot } from './layout.ts';
import type { Apply, Assign, Axis, Fold, Statement, Value } from './plan.ts';
import type { Store } from './store.ts';
import { code, type Tape } from './tape.ts';

/** Thrown where a tape gets longer than it may be. */
class TooLong extends Error {}

/**
 * The tape of a plan, with every loop rolled out, every address a number and every condition on indices decided.
 * Undefined where it would have more than `longest` numbers.
 */
export function tapeOf(
  statements: readonly Statement[],
  size: number,
  longest: number,
  store: (assign: Assign) => Store | undefined = () => undefined,
  carried: readonly { readonly old: Slot; readonly new: Slot }[] = [],
): Tape | undefined {
  const writer = new TapeWriter(size, longest, store);
  try {
    for (const statement of statements) writer.statement(statement, new Map());
    for (const pair of carried) writer.emit(code.move, pair.old.offset, pair.new.offset, pair.old.size);
  } catch (reason) {
    if (reason instanceof TooLong) return undefined;
    throw reason;
  }
  return writer.finished;
}

type Environment = Map<string, number>;

/** Operations that have an instruction of their own. */
const direct: Partial<Record<OperationName, number>> = {
  add: code.add,
  sub: code.sub,
  mul: code.mul,
  div: code.div,
  neg: code.neg,
  exp: code.exp,
  tanh: code.tanh,
  max: code.max,
  gt: code.gt,
};

class TapeWriter {
  private readonly instructions: number[] = [];
  private readonly constants = new Map<string, readonly [number, number]>();
  private readonly others: ((a: number, b: number) => number)[] = [];
  private readonly stored: Tape['stored'][number][] = [];
  private readonly variables = new Map<string, number>();
  private end: number;
  /** Intermediate results of a cell, used again for the next one. */
  private readonly temporaries: number[] = [];
  private used = 0;

  constructor(
    size: number,
    private readonly longest: number,
    private readonly store: (assign: Assign) => Store | undefined,
  ) {
    this.end = size;
  }

  get finished(): Tape {
    return {
      instructions: Int32Array.from(this.instructions),
      size: this.end,
      constants: [...this.constants.values()],
      others: this.others,
      stored: this.stored,
    };
  }

  emit(...numbers: number[]): void {
    this.instructions.push(...numbers);
    if (this.instructions.length > this.longest) throw new TooLong();
  }

  private temporary(): number {
    if (this.used === this.temporaries.length) this.temporaries.push(this.end++);
    return this.temporaries[this.used++];
  }

  private constant(value: number): number {
    const key = Object.is(value, -0) ? '-0' : String(value);
    let found = this.constants.get(key);
    if (found === undefined) {
      found = [this.end++, value];
      this.constants.set(key, found);
    }
    return found[0];
  }

  statement(statement: Statement, environment: Environment): void {
    if (statement.kind === 'sequence') {
      const { axis, direction, body } = statement;
      const { low, high } = axis;
      for (let n = 0; n <= high - low; n++) {
        environment.set(axis.name, direction > 0 ? low + n : high - n);
        for (const inner of body) this.statement(inner, environment);
      }
      return;
    }
    this.cells(statement.axes, environment, () => {
      const target = evaluateAffine(statement.address, environment);
      this.used = 0;
      this.into(statement.value, environment, target);
      const store = this.store(statement);
      if (store === undefined) return;
      this.emit(code.store, target, this.stored.length);
      this.stored.push({ assign: statement, flat: target - statement.slot.offset, store });
    });
  }

  private cells(axes: readonly Axis[], environment: Environment, body: () => void): void {
    if (axes.length === 0) {
      body();
      return;
    }
    const [{ name, low, high }, ...inner] = axes;
    for (let value = low; value <= high; value++) {
      environment.set(name, value);
      this.cells(inner, environment, body);
    }
  }

  /** Where a value is once the instructions so far are done. */
  private place(value: Value, environment: Environment): number {
    switch (value.kind) {
      case 'constant':
        return this.constant(value.value);
      case 'index':
        return this.constant(evaluateAffine(value.index, environment));
      case 'variable':
        return this.variables.get(value.name) as number;
      case 'load':
        return holds(value.inside, environment)
          ? evaluateAffine(value.address, environment)
          : this.constant(0);
      case 'where':
        return holds(value.conditions, environment) ? this.place(value.body, environment) : this.constant(0);
      case 'let':
        this.variables.set(value.variable.name, this.place(value.value, environment));
        return this.place(value.body, environment);
      case 'apply':
      case 'fold': {
        const target = this.temporary();
        this.into(value, environment, target);
        return target;
      }
    }
  }

  /** Instructions that leave a value at a target, which nothing in the value reads but at the very end. */
  private into(value: Value, environment: Environment, target: number): void {
    if (value.kind === 'apply') this.apply(value, environment, target);
    else if (value.kind === 'fold') this.fold(value, environment, target);
    else if (value.kind === 'let') {
      this.variables.set(value.variable.name, this.place(value.value, environment));
      this.into(value.body, environment, target);
    } else this.emit(code.copy, target, this.place(value, environment));
  }

  private apply(value: Apply, environment: Environment, target: number): void {
    const fused = this.fused(value);
    if (fused !== undefined) {
      const [instruction, ...operands] = fused;
      const places = operands.map((operand) => this.place(operand, environment));
      this.emit(instruction, target, ...places);
      return;
    }
    const places = value.operands.map((operand) => this.place(operand, environment));
    const own = direct[value.operation];
    if (own !== undefined) this.emit(own, target, ...places);
    else {
      const [a, b = a] = places;
      const { evaluate } = operation(value.operation);
      let at = this.others.indexOf(evaluate);
      if (at < 0) at = this.others.push(evaluate) - 1;
      this.emit(code.other, target, a, b, at);
    }
  }

  /** An instruction that does several operations at once. */
  private fused({ operation: name, operands: [a, b] }: Apply): [number, ...Value[]] | undefined {
    const is = (value: Value, operation: OperationName): value is Apply =>
      value.kind === 'apply' && value.operation === operation;
    if (name === 'sub' && is(b, 'mul')) return [code.subtractProduct, a, ...b.operands];
    if (name === 'add' && is(b, 'mul')) return [code.addProduct, a, ...b.operands];
    if (name === 'mul' && is(a, 'mul')) return [code.product3, ...a.operands, b];
    if (name === 'mul' && is(b, 'sub')) return [code.timesDifference, a, ...b.operands];
    if (name === 'div' && is(b, 'add')) {
      const [first, second] = b.operands;
      if (is(second, 'exp') && is(second.operands[0], 'neg'))
        return [code.logistic, a, first, second.operands[0].operands[0]];
    }
    return undefined;
  }

  private fold(fold: Fold, environment: Environment, target: number): void {
    const { body, reducer } = fold;
    const terms: number[][] = [];
    const isProducts = reducer === 'sum' && body.kind === 'apply' && body.operation === 'mul';
    this.terms(fold, 0, environment, () => {
      if (isProducts) terms.push(body.operands.map((operand) => this.place(operand, environment)));
      else if (reducer === 'argmax')
        terms.push([this.place(body, environment), evaluateAffine(fold.position, environment)]);
      else terms.push([this.place(body, environment)]);
      this.emit();
    });
    if (terms.length === 0) this.emit(code.copy, target, this.constant(0));
    else if (reducer === 'max') {
      // The greatest so far is kept in a place of its own: the target may be read by a term.
      const [[first], ...rest] = terms;
      let greatest = first;
      for (const [at, [term]] of rest.entries()) {
        const next = at === rest.length - 1 ? target : this.temporary();
        this.emit(code.max, next, greatest, term);
        greatest = next;
      }
      if (rest.length === 0) this.emit(code.copy, target, first);
    } else if (reducer === 'argmax') this.emit(code.argmax, target, terms.length, ...terms.flat());
    else this.emit(isProducts ? code.products : code.sum, target, terms.length, ...terms.flat());
  }

  private terms({ axes, where }: Fold, depth: number, environment: Environment, body: () => void): void {
    const conditions = conditionsByLoop(
      axes.map(({ name }) => name),
      where,
    );
    const visit = (at: number): void => {
      if (at === axes.length) {
        body();
        return;
      }
      const { low, high } = tighten(axes[at].name, axes[at], conditions[at], environment);
      for (let value = low; value <= high; value++) {
        environment.set(axes[at].name, value);
        visit(at + 1);
      }
    };
    visit(depth);
  }
}
