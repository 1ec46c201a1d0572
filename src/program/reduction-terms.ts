import {
  type Condition,
  coefficient,
  conditionsByLoop,
  type Environment,
  evaluateAffine,
  extent,
  type Range,
  tighten,
} from '../formula/affine.ts';
import { children, type Expression, type Reduction } from '../formula/expression.ts';

/** The values of indices, by name. */
export type Values = Pick<Environment, 'get'>;

/** What is counted of the loops from one depth inwards. */
interface Count {
  readonly terms: number;
  /** Operations of the terms themselves, without those that join them. */
  readonly operations: number;
}

/** Consecutive values of an index that all have the same counts, and the counts before the first of them. */
interface Piece {
  readonly low: number;
  readonly length: number;
  readonly each: Count;
  readonly before: Count;
}

interface Level extends Count {
  readonly pieces: readonly Piece[];
}

/** A condition that mentions an index together with indices of loops further in, and the ranges of those. */
interface InnerCondition {
  readonly condition: Condition;
  readonly inner: ReadonlyMap<string, Range>;
}

/** What is known about a reduction's loops independently of the indices around it; made once by `reductionLoops`. */
export interface ReductionLoops {
  readonly reduction: Reduction;
  /** One for each bound index, outermost first. */
  readonly levels: readonly {
    readonly name: string;
    readonly range: Range;
    /** Those that bound this index, given the indices outside it. */
    readonly conditions: readonly Condition[];
    /** The conditions through which the counts further in depend on this index. */
    readonly bearings: readonly InnerCondition[];
  }[];
  /** Operations of one term, given the values of all indices. */
  readonly body: (at: Values) => number;
  /** Whether all terms have the same number of operations. */
  readonly isEven: boolean;
}

/**
 * Prepares a reduction, its ranges known, for counting. `body` gives the operations of the term at the values of all indices,
 * its own and those around it; it is kept and called whenever terms are counted. `dependsOn` gives the free indices on which
 * an expression's count depends.
 */
export function reductionLoops(
  reduction: Reduction,
  body: (at: Values) => number,
  dependsOn: (e: Expression) => ReadonlySet<string>,
): ReductionLoops {
  const names = reduction.indices.map(({ name }) => name);
  const conditions = conditionsByLoop(names, reduction.where);
  const inside = bearingsIn(reduction.body);
  const levels = reduction.indices.map(({ name, range }, depth) => {
    const later = reduction.indices.slice(depth + 1);
    const inner = new Map(later.map((one) => [one.name, one.range as Range]));
    const further = reduction.where
      .filter((condition) => condition.terms.some(([other]) => inner.has(other)))
      .map((condition) => ({ condition, inner }));
    // Inside the body the loops further in have values of their own.
    const own = inside.map((one) => ({ ...one, inner: new Map([...inner, ...one.inner]) }));
    const bearings = [...further, ...own].filter(({ condition }) => coefficient(condition, name) !== 0);
    return { name, range: range as Range, conditions: conditions[depth], bearings };
  });
  const varying = dependsOn(reduction.body);
  return { reduction, levels, body, isEven: !names.some((name) => varying.has(name)) };
}

/** All conditions inside an expression, with the ranges of the indices that are bound around them there. */
function bearingsIn(e: Expression, inner: ReadonlyMap<string, Range> = new Map()): InnerCondition[] {
  const around =
    e.kind === 'reduction'
      ? new Map([...inner, ...e.indices.map(({ name, range }) => [name, range as Range] as const)])
      : inner;
  const own =
    e.kind === 'reduction' || e.kind === 'when'
      ? e.where.map((condition) => ({ condition, inner: around }))
      : [];
  return [...own, ...children(e).flatMap((part) => bearingsIn(part, around))];
}

/**
 * The terms of a reduction at one setting of the indices around it: how many there are, where the n-th is and which operations
 * it has. Found by arithmetic; at most the values of an index at which a count changes are visited.
 */
export class ReductionTerms {
  /** How many terms meet the conditions. */
  readonly count: number;
  /** Operations of the whole reduction: those of its terms, and one fewer than there are terms. */
  readonly operations: number;
  private readonly last: ({ readonly key: string; readonly level: Level } | undefined)[] = [];

  /** `around` must have the indices around the reduction that its conditions or its body's count use. */
  constructor(
    private readonly loops: ReductionLoops,
    private readonly around: Values,
  ) {
    const { terms, operations } = this.levelAt(0, []);
    this.count = terms;
    this.operations = operations + Math.max(0, terms - 1);
  }

  /** The values of the reduction's indices, in their order, at the n-th term; n from 0 to `count` − 1. */
  at(n: number): number[] {
    const place: number[] = [];
    let rest = n;
    for (let depth = 0; depth < this.loops.levels.length; depth++) {
      const piece = pieceAt(this.levelAt(depth, place), rest);
      const within = rest - piece.before.terms;
      const nth = Math.floor(within / piece.each.terms);
      rest = within - nth * piece.each.terms;
      place.push(piece.low + nth);
    }
    return place;
  }

  /**
   * The number, from 0, of the term at these values of the reduction's indices; where there is none, of the next one after them
   * (`count` after the last).
   */
  indexOf(place: readonly number[]): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isBefore(this.at(middle), place)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /**
   * Operations of the reduction before those of the n-th term, from 0. The operation that joins the n-th term comes after its
   * own and is not included. From `count` on, all operations.
   */
  before(n: number): number {
    const joins = Math.max(0, n - 1);
    if (n >= this.count) return this.operations;
    const place: number[] = [];
    let rest = n;
    let operations = 0;
    for (let depth = 0; depth < this.loops.levels.length; depth++) {
      const piece = pieceAt(this.levelAt(depth, place), rest);
      const within = rest - piece.before.terms;
      const nth = Math.floor(within / piece.each.terms);
      rest = within - nth * piece.each.terms;
      operations += piece.before.operations + nth * piece.each.operations;
      if (rest === 0) break;
      place.push(piece.low + nth);
    }
    return operations + joins;
  }

  /** The term, from 0, that the given operation of the reduction (from 1) computes, or joins to the terms before it. */
  termOf(operation: number): number {
    if (this.loops.isEven) {
      const each = (this.operations - Math.max(0, this.count - 1)) / this.count;
      return Math.ceil((operation + 1) / (each + 1)) - 1;
    }
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.before(middle) < operation) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private levelAt(depth: number, place: readonly number[]): Level {
    const key = place.join();
    const known = this.last[depth];
    if (known?.key === key) return known.level;
    const { levels } = this.loops;
    const values = new Map(place.map((value, at) => [levels[at].name, value]));
    const { around } = this;
    const level = measure(this.loops, depth, values, {
      get: (name: string) => (values.has(name) ? values.get(name) : around.get(name)),
    });
    this.last[depth] = { key, level };
    return level;
  }
}

/**
 * How many operations a reduction has, those that join its terms included, 0 without any term. `around` must have the indices
 * around it that its conditions or its body's count use.
 */
export function operationsOf(loops: ReductionLoops, around: Values): number {
  const values = new Map<string, number>();
  const at = { get: (name: string) => (values.has(name) ? values.get(name) : around.get(name)) };
  const { terms, operations } = count(loops, 0, values, at);
  return operations + Math.max(0, terms - 1);
}

function count(loops: ReductionLoops, depth: number, values: Map<string, number>, at: Values): Count {
  return depth === loops.levels.length
    ? { terms: 1, operations: loops.body(at) }
    : measure(loops, depth, values, at);
}

/** Counts the terms of the loops from a depth on. `values` are those of the loops outside, and `at` reads them. */
function measure(loops: ReductionLoops, depth: number, values: Map<string, number>, at: Values): Level {
  const { name, range, conditions, bearings } = loops.levels[depth];
  // An inner loop may have the same name as one around it.
  values.delete(name);
  const { low, high } = tighten(name, range, conditions, at);
  const pieces: Piece[] = [];
  let before: Count = { terms: 0, operations: 0 };
  const add = (from: number, length: number): void => {
    values.set(name, from);
    const each = count(loops, depth + 1, values, at);
    const last = pieces[pieces.length - 1];
    if (last !== undefined && last.each.terms === each.terms && last.each.operations === each.operations)
      pieces[pieces.length - 1] = { ...last, length: last.length + length };
    else pieces.push({ low: from, length, each, before });
    before = {
      terms: before.terms + length * each.terms,
      operations: before.operations + length * each.operations,
    };
  };
  const zones = bearings.map((one) => zonesOf(one, name, at));
  const cuts = [...new Set([low, ...zones.flatMap(({ from, to }) => [from, to])])]
    .filter((cut) => cut >= low && cut <= high)
    .sort((a, b) => a - b);
  cuts.forEach((from, n) => {
    const end = (cuts[n + 1] ?? high + 1) - 1;
    if (zones.every((zone) => from < zone.from || from >= zone.to)) add(from, end - from + 1);
    else for (let value = from; value <= end; value++) add(value, 1);
  });
  values.delete(name);
  return { ...before, pieces };
}

/**
 * The values of an index, `from` ≤ value < `to`, at which indices further in decide whether a condition holds; on each side of
 * them it always holds or never does. The bounds may lie outside the range, and are equal where no index further in decides.
 */
function zonesOf(
  { condition, inner }: InnerCondition,
  name: string,
  at: Values,
): { from: number; to: number } {
  const factor = coefficient(condition, name);
  const rest = condition.terms.filter(([other]) => other !== name);
  const known = rest.filter(([other]) => !inner.has(other));
  const fixed = evaluateAffine({ constant: condition.constant, terms: known }, at);
  const { low, high } = extent({ constant: fixed, terms: rest.filter(([other]) => inner.has(other)) }, inner);
  return factor > 0
    ? { from: Math.ceil(-high / factor), to: Math.ceil(-low / factor) }
    : { from: Math.floor(low / -factor) + 1, to: Math.floor(high / -factor) + 1 };
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, d) => value !== b[d]);
  return at >= 0 && a[at] < b[at];
}

/** The piece that contains a term, counted from 0. */
function pieceAt({ pieces }: Level, term: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (pieces[middle].before.terms <= term) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}
