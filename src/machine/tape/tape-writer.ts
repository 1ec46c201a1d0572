import { conditionsByLoop, evaluateAffine, holds, tighten } from '../../formula/affine.ts';
import { type OperationName, operation } from '../../formula/operation.ts';
import type { Slot } from '../memory/layout.ts';
import type { Store } from '../memory/store.ts';
import type { Apply, Assign, Axis, Fold, PlanStatement, PlanValue } from '../plan/plan.ts';
import { onceFlag, opcode, type Tape, twoProducts } from './instructions.ts';

/** Thrown when a tape exceeds its limit. */
class TooLong extends Error {}

/**
 * Writes the tape of a plan with every loop unrolled, every address a number and every condition on indices decided. `size` is
 * where memory for constants and intermediate results begins. Values pass through what `store` returns for their assignment, by
 * default nothing; pairs in `carried` (none by default) are copied from new to old at the end. Undefined if more than `most`
 * operations would be needed.
 */
export function tapeOf(
  statements: readonly PlanStatement[],
  size: number,
  most: number,
  store: (assign: Assign) => Store | undefined = () => undefined,
  carried: readonly { readonly old: Slot; readonly new: Slot }[] = [],
): Tape | undefined {
  const writer = new TapeWriter(size, most, store);
  try {
    for (const statement of statements) writer.statement(statement, new Map());
  } catch (reason) {
    if (reason instanceof TooLong) return undefined;
    throw reason;
  }
  return writer.finish(carried);
}

type Environment = Map<string, number>;

/** One instruction of one cell: its code, its parameters, and its addresses. */
interface Instruction {
  readonly code: number;
  readonly same: readonly number[];
  readonly addresses: readonly number[];
}

/** Operations with a code of their own. */
const direct: Partial<Record<OperationName, number>> = {
  add: opcode.add,
  sub: opcode.sub,
  mul: opcode.mul,
  div: opcode.div,
  neg: opcode.neg,
  exp: opcode.exp,
  tanh: opcode.tanh,
  max: opcode.max,
  gt: opcode.gt,
};
/** Fewer equal instructions than this are written one by one. */
const worthRepeating = 5;
/** Instructions that exist only in the repeated form. */
const repeatedOnly: readonly number[] = [opcode.other, opcode.sum, opcode.products, opcode.store];
const listed: readonly number[] = [opcode.sumList, opcode.productsList, opcode.argmaxList];

class TapeWriter {
  private readonly tape: number[] = [];
  private readonly constants = new Map<string, readonly [number, number]>();
  private readonly others: ((a: number, b: number) => number)[] = [];
  private readonly stored: Tape['stored'][number][] = [];
  private readonly variables = new Map<string, number>();
  private cell: Instruction[] = [];
  private done = 0;
  private end: number;
  /** Addresses of intermediate results: every cell of a formula has its own. */
  private readonly temporaries: number[] = [];
  private used = 0;

  constructor(
    size: number,
    private readonly most: number,
    private readonly store: (assign: Assign) => Store | undefined,
  ) {
    this.end = size;
  }

  finish(carried: readonly { readonly old: Slot; readonly new: Slot }[]): Tape {
    for (const { old, new: renewed } of carried)
      this.tape.push(opcode.move, old.size, old.offset, renewed.offset);
    return {
      instructions: Int32Array.from(this.tape),
      size: this.end,
      constants: [...this.constants.values()],
      others: this.others,
      stored: this.stored,
    };
  }

  private emit(code: number, same: readonly number[], addresses: readonly number[]): void {
    this.cell.push({ code, same, addresses });
    this.done += 1;
    if (this.done > this.most) throw new TooLong();
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

  statement(statement: PlanStatement, environment: Environment): void {
    if (statement.kind === 'sequence') {
      const { axis, direction, body } = statement;
      const { low, high } = axis;
      for (let n = 0; n <= high - low; n++) {
        environment.set(axis.name, direction > 0 ? low + n : high - n);
        for (const inner of body) this.statement(inner, environment);
      }
      return;
    }
    const store = this.store(statement);
    const cells: Instruction[][] = [];
    this.used = 0;
    this.cells(statement.axes, environment, () => {
      const target = evaluateAffine(statement.address, environment);
      this.cell = [];
      cells.push(this.cell);
      this.into(statement.value, environment, target);
      if (store === undefined) return;
      this.emit(opcode.store, [], [target, this.stored.length]);
      this.stored.push({ formula: statement.formula, flat: target - statement.slot.offset, store });
    });
    this.write(cells);
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

  /**
   * Writes the instructions of a formula's cells, which do not read each other: the first instruction of all cells, then the
   * second.
   */
  private write(cells: readonly (readonly Instruction[])[]): void {
    const [first] = cells;
    const alike = cells.every(
      (cell) => cell.length === first.length && cell.every((each, at) => each.code === first[at].code),
    );
    if (!alike) for (const cell of cells) for (const each of cell) this.run([each]);
    else
      for (let at = 0; at < (first?.length ?? 0); at++) {
        let start = 0;
        for (let next = 1; next <= cells.length; next++) {
          if (next < cells.length && continues(cells, at, start, next)) continue;
          this.run(cells.slice(start, next).map((cell) => cell[at]));
          start = next;
        }
      }
  }

  private run(instructions: readonly Instruction[]): void {
    const [{ code, same, addresses }, second] = instructions;
    if (listed.includes(code)) {
      this.tape.push(code, same[0], ...addresses);
      return;
    }
    if (instructions.length < worthRepeating && this.single(instructions)) return;
    this.tape.push(code, instructions.length, ...same);
    addresses.forEach((address, n) => {
      this.tape.push(address, second === undefined ? 0 : second.addresses[n] - address);
    });
  }

  /** Writes instructions one by one; false if they exist only in the repeated form. */
  private single(instructions: readonly Instruction[]): boolean {
    const [{ code: what, same }] = instructions;
    const isTwo = what === opcode.products && same[0] === 2;
    if (!isTwo && repeatedOnly.includes(what)) return false;
    for (const { addresses } of instructions) {
      if (isTwo) {
        const [target, a, b] = addresses;
        this.tape.push(twoProducts, target, a, b, a + same[1], b + same[2]);
      } else this.tape.push(onceFlag + what, ...addresses);
    }
    return true;
  }

  /** The address of a value once the instructions emitted so far are done. */
  private place(value: PlanValue, environment: Environment): number {
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
      case 'apply': {
        const target = this.temporary();
        this.apply(value, environment, target);
        return target;
      }
      case 'fold':
        return this.fold(value, environment);
    }
  }

  /** Emits instructions that leave a value at `target`, which the value itself reads only in its last instruction. */
  private into(value: PlanValue, environment: Environment, target: number): void {
    if (value.kind === 'apply') this.apply(value, environment, target);
    else if (value.kind === 'let') {
      this.variables.set(value.variable.name, this.place(value.value, environment));
      this.into(value.body, environment, target);
    } else {
      const place =
        value.kind === 'fold' ? this.fold(value, environment, target) : this.place(value, environment);
      if (place !== target) this.emit(opcode.copy, [], [target, place]);
    }
  }

  private apply(value: Apply, environment: Environment, target: number): void {
    const [instruction, ...operands] = fused(value) ?? [direct[value.operation], ...value.operands];
    const places = operands.map((operand) => this.place(operand, environment));
    if (instruction !== undefined) {
      this.emit(instruction, [], [target, ...places]);
      return;
    }
    const [a, b = a] = places;
    const { evaluate } = operation(value.operation);
    let at = this.others.indexOf(evaluate);
    if (at < 0) at = this.others.push(evaluate) - 1;
    this.emit(opcode.other, [at], [target, a, b]);
  }

  /** The address of a reduction's value: `target` if it takes an operation, else where its only term is. */
  private fold(fold: Fold, environment: Environment, target?: number): number {
    const { body, reducer } = fold;
    const isProducts = reducer === 'sum' && body.kind === 'apply' && body.operation === 'mul';
    const terms: (readonly number[])[] = [];
    this.terms(fold, environment, () => {
      if (terms.length > this.most) throw new TooLong();
      if (isProducts) terms.push(body.operands.map((operand) => this.place(operand, environment)));
      else if (reducer !== 'argmax') terms.push([this.place(body, environment)]);
      else terms.push([this.place(body, environment), evaluateAffine(fold.position, environment)]);
    });
    const [first, ...rest] = terms;
    if (first === undefined) return this.constant(0);
    const to = () => target ?? this.temporary();
    if (rest.length === 0 && !isProducts) return reducer === 'argmax' ? this.constant(first[1]) : first[0];
    if (reducer === 'argmax') {
      const place = to();
      this.emit(opcode.argmaxList, [terms.length], [place, ...terms.flat()]);
      return place;
    }
    if (reducer === 'max') {
      // The target may be one of the terms, so only the last instruction writes it.
      return rest.reduce((greatest, [term], at) => {
        const place = at === rest.length - 1 ? to() : this.temporary();
        this.emit(opcode.max, [], [place, greatest, term]);
        return place;
      }, first[0]);
    }
    const place = to();
    const apart = rest.length === 0 ? first.map(() => 0) : first.map((at, n) => rest[0][n] - at);
    const isEven = terms.every((term, k) => term.every((at, n) => at === first[n] + k * apart[n]));
    if (isProducts && rest.length === 0) this.emit(opcode.mul, [], [place, ...first]);
    else if (isEven)
      this.emit(isProducts ? opcode.products : opcode.sum, [terms.length, ...apart], [place, ...first]);
    else
      this.emit(isProducts ? opcode.productsList : opcode.sumList, [terms.length], [place, ...terms.flat()]);
    return place;
  }

  private terms({ axes, where }: Fold, environment: Environment, body: () => void): void {
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
    visit(0);
  }
}

/** Whether the instruction of one more cell continues the repetition from `start` with the same strides. */
function continues(
  cells: readonly (readonly Instruction[])[],
  at: number,
  start: number,
  next: number,
): boolean {
  const [first, second, last, now] = [start, start + 1, next - 1, next].map((cell) => cells[cell][at]);
  return (
    !listed.includes(now.code) &&
    now.same.every((each, n) => each === first.same[n]) &&
    now.addresses.every(
      (address, n) => address - last.addresses[n] === second.addresses[n] - first.addresses[n],
    )
  );
}

const is = (value: PlanValue, operation: OperationName): value is Apply =>
  value.kind === 'apply' && value.operation === operation;

/** A single instruction for several operations, with its operands; undefined if there is none. */
function fused({ operation: name, operands: [a, b] }: Apply): [number, ...PlanValue[]] | undefined {
  switch (name) {
    case 'sub': {
      if (!is(b, 'mul')) return undefined;
      const [c, d] = b.operands;
      return is(d, 'mul')
        ? [opcode.subtractProduct3, a, c, ...d.operands]
        : [opcode.subtractProduct, a, ...b.operands];
    }
    case 'add':
      return is(b, 'mul') ? [opcode.addProduct, a, ...b.operands] : undefined;
    case 'mul':
      if (is(a, 'mul') && is(b, 'sub')) return [opcode.productTimesDifference, ...a.operands, ...b.operands];
      if (is(a, 'mul') && is(a.operands[1], 'sub'))
        return [opcode.timesDifferenceTimes, a.operands[0], ...a.operands[1].operands, b];
      if (is(a, 'mul')) return [opcode.product3, ...a.operands, b];
      return is(b, 'sub') ? [opcode.timesDifference, a, ...b.operands] : undefined;
    case 'div': {
      const [first, second] = is(b, 'add') ? b.operands : [];
      if (second === undefined || !is(second, 'exp') || !is(second.operands[0], 'neg')) return undefined;
      return [opcode.logistic, a, first, second.operands[0].operands[0]];
    }
    default:
      return undefined;
  }
}
