import { type Affine, constant, index, plainIndex, plus, type Range } from '../affine.ts';
import {
  type BoundIndex,
  type Expression,
  freshIndex,
  reference,
  references,
  substituteIndices,
} from '../expression.ts';
import { mostInlined, mostPartsDerived, mostPartsOfAll } from '../limits.ts';
import type { Formula, LeftIndex } from '../model.ts';
import { type Parts, partsFault, partsOf } from '../parts.ts';
import { betweenSamples, countSamples, reducedAdjoint } from './batch-adjoint.ts';
import { type Contribution, turnedRound } from './contribution.ts';
import type { DerivationSources, DerivedFormula, NamedAdjoint } from './derivation-sources.ts';
import { freshen, type Maximum, nameIndices, type Path, paths, unique } from './differential.ts';
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
  private readonly byTarget = new Map<string, Formula>();
  /** The formulas that read a quantity, in their order, and how each depends on what it reads. */
  private readonly readers = new Map<string, Formula[]>();
  private readonly ways = new Map<Formula, Ways>();
  /** Parts of all slopes so far, and of all formulas. */
  private parts = 0;
  private shown = 0;
  private wanted: ReadonlySet<string> = new Set();

  constructor(private readonly sources: DerivationSources) {
    this.loss = sources.loss;
    this.forward = sources.forward;
    for (const formula of this.forward) {
      if (!this.byTarget.has(formula.target)) this.byTarget.set(formula.target, formula);
      for (const name of new Set([...references(formula.expression)].map(({ name }) => name))) {
        const before = this.readers.get(name);
        if (before === undefined) this.readers.set(name, [formula]);
        else before.push(formula);
      }
    }
    this.active = this.influences();
    for (const adjoint of sources.named) this.named.set(this.newest(adjoint.claim.by), adjoint);
    for (const name of sources.written) this.written.add(this.newest(name));
  }

  /** What a derivative by a name means: by the quantity as it was renewed, where the loss reads nothing but that. */
  newest(name: string): string {
    const now = name + renewed;
    const isLeaf = !this.byTarget.has(now);
    return isLeaf && !this.active.has(name) && this.active.has(now) ? now : name;
  }

  /** Whether the loss depends on the quantity at all. */
  dependsOn(name: string): boolean {
    return this.active.has(name);
  }

  /** What is asked for, or needed twice, gets a name. */
  private want(wanted: readonly string[]): void {
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
    const written = new Map<string, Formula[]>();
    for (const one of this.forward) written.set(one.target, [...(written.get(one.target) ?? []), one]);
    // A set is gone through in the order in which it grows.
    for (const target of found) {
      for (const { expression } of written.get(target) ?? [])
        for (const { name } of references(expression)) found.add(name);
    }
    return found;
  }

  private ranges(name: string): LeftIndex[] {
    const shape = this.sources.shapes.get(name) ?? [];
    const defining = this.byTarget.get(name);
    if (defining !== undefined) return [...defining.indices];
    // Data has no left side of its own: its indices are named as where it is first read.
    for (const formula of this.readers.get(name) ?? []) {
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
      for (const user of this.readers.get(name) ?? []) {
        if (this.active.has(user.target)) found.push(...this.contributionsFrom(user, name));
      }
    }
    return found;
  }

  private *contributionsFrom(user: Formula, name: string): Generator<Contribution> {
    const { left, paths: all } = this.waysOf(user);
    for (const path of all.get(name) ?? []) {
      const solved = turnedRound(this.ranges(name), left, path);
      if (solved !== undefined) yield { user, ...solved };
    }
  }

  /** How a formula depends on all that it reads. */
  private waysOf(user: Formula): Ways {
    const before = this.ways.get(user);
    if (before !== undefined) return before;
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
      wanted: () => true,
      winner: (maximum: Maximum) => this.winner(user, left, maximum),
    };
    const found = new Map<string, Path[]>();
    const known = new Map<Expression, Parts>();
    for (const path of paths(expression, context, own)) {
      const { name } = path.occurrence;
      found.set(name, [...(found.get(name) ?? []), path]);
      this.count(path.slope, known);
    }
    const ways = { left, paths: found };
    this.ways.set(user, ways);
    return ways;
  }

  /** Gives up where all that is made on the way is more than anybody would read or wait for. */
  private count({ over, under }: Product, known?: Map<Expression, Parts>): void {
    for (const e of [...over, ...under]) this.parts += partsOf(e, known).all;
    if (this.parts > mostPartsDerived) throw new TooLong();
  }

  /** The stored position of a maximum's first winner. */
  private winner(user: Formula, left: readonly BoundIndex[], maximum: Maximum): Expression {
    const { reduction, around, where } = maximum;
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
      const taken: Expression = where.length === 0 ? won : { kind: 'when', where, body: won };
      const expression = substituteIndices(taken, replacement);
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

  /**
   * Says by which quantities derivatives will be asked for, and later adds the formula of one, after the adjoints that it reads; what
   * stands against it where it would become too long, or all of them together too much.
   */
  readonly asked = (wanted: readonly string[]) => faultOf(() => this.want(wanted));
  readonly added = (quantity: string) => faultOf(() => this.emit(quantity));

  private emit(quantity: string): void {
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
    const parts = partsOf(expression);
    if (partsFault(parts) !== undefined) throw new TooLong();
    // What is sure to be too much as a whole is not worked out to its end.
    this.shown += parts.all;
    if (this.shown > mostPartsOfAll) throw new TooMuch();
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
    this.count(inner.product);
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
      this.inlining.size >= mostInlined ||
      this.wanted.has(user.target) ||
      this.inlining.has(user.target) ||
      (this.uses.get(user.target) ?? 0) !== 1
    )
      return false;
    const plain = new Set(at.map(plainIndex));
    return [...this.ranges(quantity), ...indices].every(({ name }) => plain.has(name));
  }
}

/** A formula's own indices, renamed, and every path from its value to an occurrence of each quantity. */
interface Ways {
  readonly left: readonly BoundIndex[];
  readonly paths: ReadonlyMap<string, readonly Path[]>;
}

/** Thrown inside a derivation, and caught where it is asked for a derivative. */
class TooLong {}
class TooMuch {}

/** What a piece of a derivation has come to grief at. */
function faultOf(work: () => void): 'too long' | 'too much' | undefined {
  try {
    work();
    return undefined;
  } catch (fault) {
    if (fault instanceof TooLong) return 'too long';
    if (fault instanceof TooMuch) return 'too much';
    throw fault;
  }
}

/** What `<-` has renewed is, for differentiation, a quantity of its own: no author can write this letter. */
export const renewed = '⁺';

const sizeOf = ({ low, high }: Range): number => high - low + 1;

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
