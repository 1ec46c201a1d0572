import { type Condition, coefficient } from '../../formula/affine.ts';
import type { Axis, Fold } from '../plan/plan.ts';
import { both, pair, scalar } from './arithmetic.ts';
import { get, integer, type Register, set } from './code-writer.ts';
import { type Code, double, op } from './encoding.ts';
import type { AxisPosition, AxisPositions, ValueWriter } from './value-writer.ts';

/** Up to this many terms times cells are unrolled instead of looped over. */
const unrolled = 40;

/** The state of the reduction of one cell (or pair). */
interface Total {
  readonly places: AxisPositions;
  /** Undefined before the first term. */
  value: Register | undefined;
  best: Register | undefined;
  /** Whether it stays in one register, over the terms of a loop. */
  isRunning: boolean;
}

/** Writes reductions for all cells of a group together, so that their additions overlap. */
export class FoldWriter {
  constructor(private readonly formula: ValueWriter) {}

  /** Writes the reduction for all cells of the current group; returns the register of the one at `places`. */
  fold(fold: Fold, places: AxisPositions): Register {
    const { writer, dependence } = this.formula;
    const isPair = this.formula.isPair(fold);
    const totals: Total[] = this.formula
      .instances(dependence.of(fold), places)
      .map((each) => ({ places: each, value: undefined, best: undefined, isRunning: false }));
    const sizes = fold.axes.map(({ low, high }) => high - low + 1);
    if (sizes.some((size) => size <= 0)) for (const total of totals) total.value = this.zero(isPair);
    else if (fold.where.length === 0 && this.isShort(fold, 0, totals)) {
      this.roll(fold, 0, totals, new Map());
      if (fold.reducer === 'argmax') for (const total of totals) total.value = total.best;
    } else this.loops(fold, totals, isPair);
    for (const total of totals)
      writer.scope.known.set(this.formula.key(fold, total.places), total.value as Register);
    const own = this.formula.key(fold, places);
    return writer.scope.known.get(own) as Register;
  }

  private zero(isPair: boolean): Register {
    const { writer } = this.formula;
    return isPair ? writer.keep('v128', both(0)) : writer.keep('f64', op.number, double(0));
  }

  private isShort(fold: Fold, depth: number, totals: readonly Total[]): boolean {
    const terms = fold.axes.slice(depth).reduce((product, { low, high }) => product * (high - low + 1), 1);
    return terms <= 2 || terms * totals.length <= unrolled;
  }

  /** Unrolls the terms from an axis on. */
  private roll(fold: Fold, depth: number, totals: readonly Total[], places: Map<string, AxisPosition>): void {
    const axis = fold.axes[depth];
    if (axis === undefined) {
      for (const total of totals) this.term(fold, total, new Map([...total.places, ...places]), undefined);
      return;
    }
    for (let offset = 0; offset <= axis.high - axis.low; offset++)
      this.roll(fold, depth + 1, totals, new Map(places).set(axis.name, { counter: -1, offset }));
  }

  private loops(fold: Fold, totals: readonly Total[], isPair: boolean): void {
    const { writer } = this.formula;
    // A sum starts as −0, to which any number can be added without a change.
    const start = fold.reducer === 'sum' ? -0 : 0;
    for (const total of totals) {
      total.isRunning = true;
      total.value = isPair ? writer.keep('v128', both(start)) : writer.keep('f64', op.number, double(start));
      if (fold.reducer === 'argmax') total.best = writer.keep('f64', op.number, double(0));
    }
    const needsFirst = fold.reducer !== 'sum' || fold.where.length > 0;
    const first = needsFirst ? writer.keep('i32', integer(1)).local : undefined;
    this.loop(fold, 0, totals, new Map(), first);
    if (fold.reducer === 'argmax') for (const total of totals) total.value = total.best;
    else if (fold.reducer === 'sum' && first !== undefined)
      for (const { value } of totals as readonly { value: Register }[])
        writer.when(get(first), () =>
          writer.emit(isPair ? both(0) : [...op.number, ...double(0)], set(value.local)),
        );
  }

  private loop(
    fold: Fold,
    depth: number,
    totals: readonly Total[],
    places: Map<string, AxisPosition>,
    first: number | undefined,
  ): void {
    const { writer } = this.formula;
    const axis = fold.axes[depth];
    if (
      axis === undefined ||
      (fold.where.length === 0 && fold.reducer === 'sum' && this.isShort(fold, depth, totals))
    ) {
      this.roll(fold, depth, totals, places);
      return;
    }
    const inner = (counter: number) => {
      const at = new Map(places).set(axis.name, { counter, offset: 0 });
      if (depth + 1 < fold.axes.length) {
        this.loop(fold, depth + 1, totals, at, first);
        return;
      }
      for (const total of totals) this.term(fold, total, new Map([...total.places, ...at]), first);
      if (first !== undefined) writer.emit(integer(0), set(first));
    };
    const conditions = fold.where.filter((condition) => isBoundBy(condition, fold.axes, depth));
    if (conditions.length === 0) writer.loop(axis.high - axis.low + 1, 1, inner);
    else {
      const around = new Map([...totals[0].places, ...places]);
      const [low, high] = this.bounds(axis, conditions, around);
      writer.within(low, high, inner);
    }
  }

  /** Locals with the part of an axis in which conditions hold, counted from its beginning, both ends inclusive. */
  private bounds(axis: Axis, conditions: readonly Condition[], places: AxisPositions): [number, number] {
    const { writer } = this.formula;
    const low = writer.keep('i32', integer(0)).local;
    const high = writer.keep('i32', integer(axis.high - axis.low)).local;
    for (const condition of conditions) {
      const factor = coefficient(condition, axis.name);
      const at = new Map(places).set(axis.name, { counter: -1, offset: 0 });
      const rest = writer.keep('i32', writer.linear(this.formula.linear(condition, at))).local;
      if (factor === 0)
        writer.when([...get(rest), ...integer(0), ...op.i32.lt], () => writer.emit(integer(-1), set(high)));
      else {
        const quotient = this.floor(rest, Math.abs(factor));
        const bound = factor > 0 ? [...integer(0), ...get(quotient), ...op.i32.sub] : get(quotient);
        const limit = writer.keep('i32', bound).local;
        const [target, order] = factor > 0 ? [low, [low, limit]] : [high, [limit, high]];
        writer.when([...get(order[0]), ...get(order[1]), ...op.i32.lt], () =>
          writer.emit(get(limit), set(target)),
        );
      }
    }
    return [low, high];
  }

  /** An integer divided by a positive number, rounded down. */
  private floor(local: number, divisor: number): number {
    const { writer } = this.formula;
    if (divisor === 1) return local;
    const up: Code = [...get(local), ...integer(divisor), ...op.i32.div];
    const down: Code = [
      ...get(local),
      ...integer(divisor - 1),
      ...op.i32.sub,
      ...integer(divisor),
      ...op.i32.div,
    ];
    const isNegative: Code = [...get(local), ...integer(0), ...op.i32.lt];
    return writer.keep('i32', down, up, isNegative, op.select).local;
  }

  private term(fold: Fold, total: Total, places: AxisPositions, first: number | undefined): void {
    const { writer } = this.formula;
    const isPair = this.formula.isPair(fold);
    const term = isPair ? this.formula.paired(fold.body, places) : this.formula.value(fold.body, places);
    const isBest = fold.reducer === 'argmax';
    const position = () => writer.keep('f64', ...this.formula.number(fold.position, places, isPair));
    const { value } = total;
    if (value === undefined) {
      total.value = term;
      if (isBest) total.best = position();
      return;
    }
    // A running total stays in its register; without a loop every step has its own.
    const put = (register: Register, code: Code): Register => {
      if (!total.isRunning) return writer.keep(register.type, code);
      writer.emit(code, set(register.local));
      return register;
    };
    const combine = isPair ? pair : scalar;
    if (fold.reducer === 'sum') total.value = put(value, combine('add', [value.local, term.local]));
    else if (isBest) {
      const best = total.best as Register;
      const better: Code = [...get(term.local), ...get(value.local), ...op.gt];
      const wins = writer.keep('i32', better, first === undefined ? [] : [...get(first), ...op.i32.or]);
      const choose = (a: Register, b: Register) => [
        ...get(a.local),
        ...get(b.local),
        ...get(wins.local),
        ...op.select,
      ];
      total.best = put(best, choose(position(), best));
      total.value = put(value, choose(term, value));
    } else {
      const greater = combine('max', [value.local, term.local]);
      if (first === undefined) total.value = put(value, greater);
      else {
        const result = writer.keep(value.type, greater);
        const select = isPair ? op.selectPair : op.select;
        put(value, [...get(term.local), ...get(result.local), ...get(first), ...select]);
      }
    }
  }
}

/** Whether an axis is the last of the fold's on which a condition depends (or the first, if it depends on none). */
function isBoundBy(condition: Condition, axes: readonly Axis[], depth: number): boolean {
  let last = 0;
  axes.forEach(({ name }, n) => {
    if (coefficient(condition, name) !== 0) last = n;
  });
  return last === depth;
}
