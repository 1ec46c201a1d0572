import {
  type Affine,
  type Condition,
  coefficient,
  constant,
  extent,
  index,
  minus,
  plainIndex,
  plus,
  type Range,
  scale,
  substitute,
} from './affine.ts';
import { betweenSamples, countSamples, reducedAdjoint, type SampledBatch } from './batch-adjoint.ts';
import { freshen, freshIndex, type Maximum, nameIndices, type Path, paths, unique } from './differential.ts';
import { type BoundIndex, type Expression, reference, references, substituteIndices } from './expression.ts';
import type { Formula, LeftIndex } from './model.ts';
import {
  addUp,
  asFactor,
  gather,
  negatedTerms,
  one,
  type Product,
  substituteTerm,
  sumFactor,
  type Term,
  times,
} from './product.ts';
import type { Claim, FunctionStatement } from './statement.ts';

/** A name and sign under which a derivative is known: `δ2[k] : -dL/dnet2[k]`. */
export interface NamedAdjoint {
  readonly target: string;
  readonly indices: readonly string[];
  readonly claim: Claim;
  /** Whether it is written for one sample. */
  readonly isPerSample: boolean;
}

/** What differentiation found: a formula without its place in the text. */
export interface DerivedFormula {
  /** The quantity whose indices it has. */
  readonly like: string;
  readonly target: string;
  readonly indices: readonly LeftIndex[];
  readonly expression: Expression;
}

/** What a derivation starts from. */
export interface DerivationSources {
  readonly loss: string;
  readonly forward: readonly Formula[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  readonly named: readonly NamedAdjoint[];
  /** Adjoints whose named formulas are written by hand: referred to, not derived. */
  readonly written: ReadonlySet<string>;
  /** Whether the quantity is trained. */
  readonly isWeight: (name: string) => boolean;
  readonly isTaken: (name: string) => boolean;
  /** Where the winners of maxima are stored, by what they are of; all derivations of a model share them. */
  readonly winners: Map<string, string>;
  /** Where the loss has a value for each of several samples. */
  readonly batch?: SampledBatch;
}

/** One use of a quantity by a formula, turned round: solved for the indices of the quantity. */
interface Contribution {
  readonly user: Formula;
  /** Where the user's adjoint is read, in the quantity's indices and the remaining ones. */
  readonly at: readonly Affine[];
  readonly slope: Product;
  readonly indices: readonly BoundIndex[];
  readonly where: readonly Condition[];
  readonly when: readonly Condition[];
}

/**
 * The derivatives of one loss, in gather form: all uses of a cell are brought together in one formula,
 * so every adjoint cell is written once. Affine indices are solved for (`i = 2p + u - 1`), and what the
 * solution says about ranges bounds the loops.
 */
export class Derivation {
  /** Formulas found so far, each after what it reads (but for recurrences). */
  readonly formulas: DerivedFormula[] = [];
  private readonly loss: string;
  private readonly forward: readonly Formula[];
  private readonly named = new Map<string, NamedAdjoint>();
  private readonly contributions = new Map<string, Contribution[]>();
  private readonly uses = new Map<string, number>();
  private readonly emitted = new Set<string>();
  private readonly inlining = new Set<string>();
  private readonly written = new Set<string>();
  private readonly active: Set<string>;
  private wanted: ReadonlySet<string> = new Set();

  constructor(private readonly sources: DerivationSources) {
    this.loss = sources.loss;
    this.forward = sources.forward;
    this.active = this.influences();
    for (const adjoint of sources.named) this.named.set(this.newest(adjoint.claim.by), adjoint);
    for (const name of sources.written) this.written.add(this.newest(name));
  }

  /** What a derivative by a name means: by the quantity as it was renewed, where the loss reads nothing but that. */
  newest(name: string): string {
    const now = name + renewed;
    const isLeaf = !this.forward.some(({ target }) => target === now);
    return isLeaf && !this.active.has(name) && this.active.has(now) ? now : name;
  }

  /** Whether the loss depends on the quantity at all. */
  dependsOn(name: string): boolean {
    return this.active.has(name);
  }

  /** Says by which quantities derivatives will be asked for: what is asked for, or needed twice, gets a name. */
  want(wanted: readonly string[]): void {
    const needed = new Set<string>();
    const need = (name: string) => {
      if (needed.has(name) || name === this.loss) return;
      needed.add(name);
      for (const { user } of this.contributionsOf(name)) {
        this.uses.set(user.target, (this.uses.get(user.target) ?? 0) + 1);
        if (!this.written.has(user.target)) need(user.target);
      }
    };
    wanted.forEach(need);
    this.wanted = new Set(wanted);
  }

  private influences(): Set<string> {
    const found = new Set([this.loss]);
    for (let size = 0; size !== found.size; ) {
      size = found.size;
      for (const formula of this.forward) {
        if (!found.has(formula.target)) continue;
        for (const { name } of references(formula.expression)) found.add(name);
      }
    }
    return found;
  }

  private ranges(name: string): LeftIndex[] {
    const shape = this.sources.shapes.get(name) ?? [];
    const defining = this.forward.find((formula) => formula.target === name);
    if (defining !== undefined) return [...defining.indices];
    // Data has no left side of its own: its indices are named as where it is first read.
    for (const formula of this.forward) {
      for (const found of references(formula.expression)) {
        const plain = found.indices.map(plainIndex);
        if (
          found.name === name &&
          plain.every((one) => one !== undefined) &&
          new Set(plain).size === plain.length
        ) {
          return plain.map((one, d) => ({ name: one as string, range: { low: 1, high: shape[d] } }));
        }
      }
    }
    return shape.map((high, d) => ({ name: 'ijklmn'[d] ?? `i${d}`, range: { low: 1, high } }));
  }

  private contributionsOf(name: string): Contribution[] {
    let found = this.contributions.get(name);
    if (found === undefined) {
      found = [];
      this.contributions.set(name, found);
      for (const user of this.forward) {
        if (this.active.has(user.target)) found.push(...this.contributionsFrom(user, name));
      }
    }
    return found;
  }

  private *contributionsFrom(user: Formula, name: string): Generator<Contribution> {
    if (![...references(user.expression)].some((found) => found.name === name)) return;
    const renamed = new Map(user.indices.map((left) => [left.name, freshIndex(left.name)]));
    const replacement = new Map([...renamed].map(([old, now]) => [old, index(now)]));
    const left: BoundIndex[] = user.indices.map(({ name: old, range }) => ({
      name: renamed.get(old) as string,
      range,
    }));
    const expression = substituteIndices(freshen(user.expression), replacement);
    const own = reference(
      user.target,
      left.map((bound) => index(bound.name)),
    );
    const context = {
      functions: this.sources.functions,
      wanted: (found: { name: string }) => found.name === name,
      winner: (maximum: Maximum) => this.winner(user, left, maximum),
    };
    for (const path of paths(expression, context, own)) {
      const solved = this.solve(name, left, path);
      if (solved !== undefined) yield { user, ...solved };
    }
  }

  /** Turns `quantity[e(vars)]` round: which vars reach the cell [i, …]. Undefined where none can. */
  private solve(
    name: string,
    left: readonly BoundIndex[],
    path: Path,
  ): Omit<Contribution, 'user'> | undefined {
    const target = this.ranges(name);
    const unknown = new Map([...left, ...path.indices].map((bound) => [bound.name, bound.range as Range]));
    const solution = new Map<string, Affine>();
    const conditions: Condition[] = [...path.where];
    target.forEach((goal, d) => {
      const equation = minus(substitute(path.occurrence.indices[d], solution), index(goal.name));
      const candidates = [...unknown.keys()].filter((v) => Math.abs(coefficient(equation, v)) === 1);
      const same = candidates.find((v) => sameRange(unknown.get(v) as Range, goal.range));
      const chosen = same ?? candidates[0];
      if (chosen === undefined) {
        conditions.push(equation, scale(equation, -1));
        return;
      }
      const factor = coefficient(equation, chosen);
      const value = scale(minus(equation, scale(index(chosen), factor)), -factor);
      const range = unknown.get(chosen) as Range;
      unknown.delete(chosen);
      for (const [v, affine] of solution) solution.set(v, substitute(affine, new Map([[chosen, value]])));
      solution.set(chosen, value);
      conditions.push(minus(value, constant(range.low)), minus(constant(range.high), value));
    });
    const ranges = new Map([...target.map((goal) => [goal.name, goal.range] as const), ...unknown]);
    const kept: Condition[] = [];
    for (const condition of conditions.map((one) => substitute(one, solution))) {
      const { low, high } = extent(condition, ranges);
      if (high < 0) return undefined;
      if (low < 0) kept.push(condition);
    }
    const inner = (condition: Condition) => condition.terms.some(([v]) => unknown.has(v));
    const change = (e: Expression) => substituteIndices(e, solution);
    return {
      at: left.map((bound) => substitute(index(bound.name), solution)),
      slope: { ...path.slope, over: path.slope.over.map(change), under: path.slope.under.map(change) },
      indices: [...left, ...path.indices].filter((bound) => unknown.has(bound.name)),
      where: kept.filter(inner),
      when: kept.filter((condition) => !inner(condition)),
    };
  }

  /** The stored position of a maximum's first winner. */
  private winner(
    user: Formula,
    left: readonly BoundIndex[],
    { reduction, around, where }: Maximum,
  ): Expression {
    const scope = [...left, ...around];
    // Fresh names differ from call to call; the shape of the tree does not.
    const plainly = (_: string, value: unknown) =>
      typeof value === 'string' ? value.replace(/§\d+/, '') : value;
    const key = `${user.target} ${JSON.stringify([scope, where, reduction], plainly)}`;
    const { winners, isTaken } = this.sources;
    let name = winners.get(key);
    if (name === undefined) {
      const given = new Set(winners.values());
      name = unique(`argmax_${user.target}`, { has: (one) => isTaken(one) || given.has(one) });
      winners.set(key, name);
      const plain = new Map<string, string>();
      for (const { name: marked } of scope)
        plain.set(marked, unique(marked.split('§')[0], new Set(plain.values())));
      // Cells count from 1, wherever an index of a reduction around the maximum begins.
      const replacement = new Map(
        scope.map(({ name: marked, range }) => [
          marked,
          plus(index(plain.get(marked) as string), constant((range as Range).low - 1)),
        ]),
      );
      const won: Expression = { ...reduction, reducer: 'argmax' };
      const expression = substituteIndices(
        where.length === 0 ? won : { kind: 'when', where, body: won },
        replacement,
      );
      this.formulas.push({
        like: user.target,
        target: name,
        indices: scope.map((bound) => ({
          name: plain.get(bound.name) as string,
          range: { low: 1, high: sizeOf(bound.range as Range) },
        })),
        expression: nameIndices(expression, new Set(plain.values())),
      });
    }
    return reference(
      name,
      scope.map((bound) => plus(index(bound.name), constant(1 - (bound.range as Range).low))),
    );
  }

  private name(quantity: string): string {
    const base = quantity.endsWith(renewed) ? quantity.slice(0, -renewed.length) : quantity;
    return (
      this.named.get(quantity)?.target ?? `d${this.loss}/d${this.newest(base) === quantity ? base : quantity}`
    );
  }

  /** Adds the formula of an adjoint, after the adjoints that it reads. */
  emit(quantity: string): void {
    if (this.emitted.has(quantity) || this.written.has(quantity)) return;
    this.emitted.add(quantity);
    const own = this.ranges(quantity);
    const terms = this.terms(quantity);
    const adjoint = this.named.get(quantity);
    const names = new Map(
      own.map(({ name }, d) => [name, plainIndex(adjoint?.claim.indices[d] ?? index(name)) ?? name]),
    );
    const replacement = new Map([...names].map(([old, now]) => [old, index(now)]));
    const signed = adjoint?.claim.sign === -1 ? negatedTerms(terms) : terms;
    const expression = addUp(signed.map((term) => substituteTerm(term, replacement)));
    const left = own.map(({ name, range }) => ({ name: names.get(name) as string, range }));
    const order = adjoint?.indices ?? left.map(({ name }) => name);
    this.formulas.push({
      like: quantity,
      target: this.name(quantity),
      indices: order.map((name) => left.find((one) => one.name === name) ?? left[0]),
      expression: nameIndices(expression, new Set(order)),
    });
  }

  private terms(quantity: string): Term[] {
    const terms: Term[] = [];
    if (quantity === this.loss) terms.push({ outer: one, when: [] });
    for (const contribution of this.contributionsOf(quantity)) terms.push(this.term(quantity, contribution));
    return terms;
  }

  private term(quantity: string, { user, at, slope: local, indices, where, when }: Contribution): Term {
    const { batch, isWeight } = this.sources;
    const slope = times(local, betweenSamples(batch, user.target, quantity));
    const summed = (product: Product, conditions = when): Term => {
      const counted = countSamples(product, indices, [...where, ...conditions], batch);
      return gather(counted.product, counted.indices, where, conditions);
    };
    if (user.target === this.loss) return summed(slope);
    const adjoint = this.named.get(user.target);
    if (adjoint !== undefined || !this.inlines(quantity, user, at, indices)) {
      this.emit(user.target);
      return summed(beside(this.read(user.target, adjoint, at), slope, isWeight));
    }
    this.inlining.add(user.target);
    const replacement = new Map(user.indices.map(({ name }, d) => [name, at[d]]));
    const inner = asFactor(this.terms(user.target).map((term) => substituteTerm(term, replacement)));
    this.inlining.delete(user.target);
    const product = times(inner.product, slope);
    const conditions = [...when, ...inner.when];
    if (inner.sum === undefined) return summed(product, conditions);
    if (indices.length === 0) return { outer: product, when: conditions, sum: inner.sum };
    return summed(times(product, sumFactor(inner.sum)), conditions);
  }

  /** An adjoint as a factor, under its name and sign. */
  private read(quantity: string, adjoint: NamedAdjoint | undefined, at: readonly Affine[]): Product {
    const top = adjoint?.claim.sign ?? 1;
    const { batch } = this.sources;
    const read = reference(this.name(quantity), order(adjoint, at));
    const reduced = adjoint?.isPerSample === true && batch !== undefined && !batch.isPerSample(quantity);
    return times({ ...one, top }, reduced ? reducedAdjoint(read, batch) : { ...one, over: [read] });
  }

  /** An adjoint without a name is put in where it is used once and would not be computed more often than once. */
  private inlines(
    quantity: string,
    user: Formula,
    at: readonly Affine[],
    indices: readonly BoundIndex[],
  ): boolean {
    if (
      this.wanted.has(user.target) ||
      this.inlining.has(user.target) ||
      (this.uses.get(user.target) ?? 0) !== 1
    )
      return false;
    const plain = new Set(at.map(plainIndex));
    return [...this.ranges(quantity), ...indices].every(({ name }) => plain.has(name));
  }
}

/** What `<-` has renewed is, for differentiation, a quantity of its own: no author can write this letter. */
export const renewed = '⁺';

const sizeOf = ({ low, high }: Range): number => high - low + 1;
const sameRange = (a: Range, b: Range): boolean => a.low === b.low && a.high === b.high;

/** The user's indices in the order in which the named adjoint has them; what its claim does not name is left out. */
function order(adjoint: NamedAdjoint | undefined, at: readonly Affine[]): readonly Affine[] {
  if (adjoint === undefined) return at;
  const places = adjoint.indices.map((name) =>
    adjoint.claim.indices.findIndex((affine) => plainIndex(affine) === name),
  );
  return places.filter((place) => place >= 0).map((place) => at[place]);
}

/** The order of factors on paper: a weight before the sensitivity it carries back, the sensitivity before the input. */
function beside(adjoint: Product, slope: Product, isWeight: (name: string) => boolean): Product {
  const [only] = slope.over;
  const weights = slope.over.length === 1 && only.kind === 'reference' && isWeight(only.name);
  return weights ? times(slope, adjoint) : times(adjoint, slope);
}
