import {
  type Affine,
  type Condition,
  coefficient,
  conditionsByLoop,
  constant,
  extent,
  index,
  minus,
  type Range,
  scale,
  substitute,
} from '../formula/affine.ts';
import { IndexValues } from '../machine/step/index-values.ts';
import { length } from '../program/operation-count.ts';

/** An index and its range, both ends inclusive. */
export interface RangedIndex {
  readonly name: string;
  readonly range: Range;
}

interface Loop {
  readonly register: number;
  readonly bounds: () => Range;
}

/** The name of the d-th index of the given cell: with a sign that no author can write. */
const goal = (d: number): string => `#${d}`;

/**
 * The inverse of a reference's index arithmetic: at which values of the formula's indices a reference such as `x?[2*p+u-1]` reads
 * a given cell. Solved once, by substitution where a coefficient is ±1; indices that stay free are enumerated within their
 * bounds.
 */
export class IndexMap {
  /** Whether the formula's cells that read a cell always form a box, so that `count` and `at` may be used. */
  readonly isBox: boolean;
  /** Equal for two maps that give the same results: for a formula that reads a quantity more than once. */
  readonly key: string;
  private readonly registers = new IndexValues();
  private readonly goals: readonly number[];
  private readonly loops: readonly Loop[];
  /** The loops from this position on do not change the formula's own indices. */
  private readonly ownLoops: number;
  private readonly results: readonly (() => number)[];
  private readonly holds: () => boolean;
  /** The formula's own indices that are left free, by their position. */
  private readonly free: readonly { readonly at: number; readonly range: Range }[];

  constructor(
    /** The formula's own indices. */
    private readonly own: readonly RangedIndex[],
    /** The indices of the reductions around the reference. */
    around: readonly RangedIndex[],
    /** The reference's brackets. */
    indices: readonly Affine[],
    /** The conditions under which it is read. */
    where: readonly Condition[],
    /** The shape of the quantity that it reads. */
    shape: readonly number[],
  ) {
    const variables = [...own, ...around];
    const open = new Map(variables.map(({ name, range }) => [name, range]));
    const solved = new Map<string, Affine>();
    const conditions: Condition[] = [...where];
    indices.forEach((affine, d) => {
      const equation = minus(substitute(affine, solved), index(goal(d)));
      // Solve for indices around first: then the formula's own stay free, each setting of which is another cell.
      const chosen = [...around, ...own].find(
        ({ name }) => open.has(name) && Math.abs(coefficient(equation, name)) === 1,
      );
      if (chosen === undefined) {
        conditions.push(equation, scale(equation, -1));
        return;
      }
      const { name, range } = chosen;
      const factor = coefficient(equation, name);
      const value = scale(minus(equation, scale(index(name), factor)), -factor);
      open.delete(name);
      for (const [other, known] of solved) solved.set(other, substitute(known, new Map([[name, value]])));
      solved.set(name, value);
      conditions.push(minus(value, constant(range.low)), minus(constant(range.high), value));
    });
    const ranges = new Map(open);
    shape.forEach((high, d) => {
      ranges.set(goal(d), { low: 1, high });
    });
    const left = conditions
      .map((condition) => substitute(condition, solved))
      .filter((condition) => extent(condition, ranges).low < 0);
    const inFree = ({ name }: RangedIndex): Affine => solved.get(name) ?? index(name);
    const bearing = new Set(own.flatMap((one) => inFree(one).terms.map(([name]) => name)));
    const loops = [
      ...variables.filter(({ name }) => open.has(name) && bearing.has(name)),
      ...around.filter(({ name }) => open.has(name) && !bearing.has(name)),
    ];
    this.ownLoops = loops.filter(({ name }) => bearing.has(name)).length;
    this.free = own.flatMap(({ name, range }, at) => (open.has(name) ? [{ at, range }] : []));
    this.isBox =
      left.every(({ terms }) => terms.every(([name]) => !open.has(name))) &&
      this.free.length === this.ownLoops &&
      loops.every(({ range }) => length(range) > 0);
    this.key = JSON.stringify([own.map(inFree), left, loops.slice(this.ownLoops).map(({ range }) => range)]);

    let scope: ReadonlyMap<string, number> = new Map();
    const add = (name: string): number => {
      const [register, inner] = this.registers.add(scope, name);
      scope = inner;
      return register;
    };
    this.goals = shape.map((_, d) => add(goal(d)));
    const names = loops.map(({ name }) => name);
    const byLoop = conditionsByLoop(names, left);
    this.loops = loops.map(({ name, range }, depth) => {
      const register = add(name);
      return { register, bounds: this.registers.bounds(name, range, byLoop[depth], scope) };
    });
    this.results = variables.map((one) => this.registers.affine(inFree(one), scope));
    const fixed = left.filter(({ terms }) => terms.every(([name]) => !open.has(name)));
    this.holds = this.registers.conditions(fixed, scope);
  }

  private set(cell: readonly number[]): void {
    for (let d = 0; d < this.goals.length; d++) this.registers.values[this.goals[d]] = cell[d];
  }

  /**
   * Calls `found` with every setting at which a cell (indices from 1) is read, at most `most` of them: the values of the
   * formula's own indices, then of those around. The array is reused between calls.
   */
  each(
    cell: readonly number[],
    found: (values: readonly number[]) => void,
    most = Number.POSITIVE_INFINITY,
  ): void {
    this.visit(cell, this.results.length, false, found, most);
  }

  /** The same for the formula's own indices only; a setting may come several times. */
  eachOwn(cell: readonly number[], found: (values: readonly number[]) => void): void {
    this.visit(cell, this.own.length, true, found);
  }

  private visit(
    cell: readonly number[],
    count: number,
    once: boolean,
    found: (values: readonly number[]) => void,
    most = Number.POSITIVE_INFINITY,
  ): void {
    this.set(cell);
    if (!this.holds()) return;
    const { loops, results, ownLoops } = this;
    const { values } = this.registers;
    const setting = new Array<number>(count);
    let left = most;
    const inner = (depth: number): boolean => {
      if (depth === loops.length) {
        for (let n = 0; n < count; n++) setting[n] = results[n]();
        found(setting);
        left -= 1;
        return true;
      }
      const { register, bounds } = loops[depth];
      const { low, high } = bounds();
      let any = false;
      for (let value = low; value <= high && left > 0; value++) {
        values[register] = value;
        if (!inner(depth + 1)) continue;
        any = true;
        if (once && depth >= ownLoops) return true;
      }
      return any;
    };
    inner(0);
  }

  /** How many cells of the formula read a cell; only valid if `isBox`. */
  count(cell: readonly number[]): number {
    this.set(cell);
    return this.holds() ? this.free.reduce((product, { range }) => product * length(range), 1) : 0;
  }

  /** The n-th of those cells, n from 0, in row-major order; only valid if `isBox`. */
  at(cell: readonly number[], n: number): number[] {
    this.set(cell);
    const found = this.own.map((_, at) => {
      const isFree = this.free.some((one) => one.at === at);
      return isFree ? 0 : this.results[at]();
    });
    let rest = n;
    for (const { at, range } of [...this.free].reverse()) {
      const size = length(range);
      found[at] = range.low + (rest % size);
      rest = Math.floor(rest / size);
    }
    return found;
  }
}
