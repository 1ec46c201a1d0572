import { type Affine, index, plainIndex } from '../affine.ts';
import { type BoundIndex, reference } from '../expression.ts';
import { mostInlined } from '../limits.ts';
import type { Formula } from '../model.ts';
import { betweenSamples, countSamples, reducedAdjoint } from './batch-adjoint.ts';
import type { Contribution } from './contribution.ts';
import { DerivationSize, excessOf } from './derivation-size.ts';
import type { DerivationSources, DerivedFormula, NamedAdjoint } from './derivation-sources.ts';
import { nameIndices } from './derivative-paths.ts';
import { LocalDerivatives } from './local-derivatives.ts';
import {
  addUp,
  asFactor,
  gather,
  multiplyProducts,
  negatedTerms,
  one,
  type Product,
  substituteTerm,
  sumFactor,
  type Term,
} from './product.ts';

/**
 * Reverse-mode differentiation of one loss, in gather form: all uses of a cell are collected in one formula, so every adjoint
 * cell is written once. Affine indices are solved for (`i = 2p + u - 1`), and the solution's ranges bound the loops. Call
 * `asked` once, then `added` for each derivative.
 */
export class Derivation {
  /** The formulas found so far, each after those that it reads (except recurrences). `added` appends to this array. */
  readonly formulas: DerivedFormula[] = [];
  private readonly loss: string;
  private readonly named = new Map<string, NamedAdjoint>();
  private readonly uses = new Map<string, number>();
  private readonly emitted = new Set<string>();
  private readonly inlining = new Set<string>();
  private readonly written = new Set<string>();
  private readonly local: LocalDerivatives;
  private readonly size = new DerivationSize();
  private wanted: ReadonlySet<string> = new Set();

  constructor(private readonly sources: DerivationSources) {
    this.loss = sources.loss;
    this.local = new LocalDerivatives(sources, this.size, (formula) => this.formulas.push(formula));
    for (const adjoint of sources.named) this.named.set(this.newest(adjoint.claim.by), adjoint);
    for (const name of sources.written) this.written.add(this.newest(name));
  }

  /**
   * The quantity that a derivative by this name means: its renewed version where the loss reads only that, otherwise the name
   * itself.
   */
  newest(name: string): string {
    const now = name + renewed;
    const { local } = this;
    return !local.isComputed(now) && !local.isActive(name) && local.isActive(now) ? now : name;
  }

  /** Whether the loss depends on the quantity. */
  dependsOn(name: string): boolean {
    return this.local.isActive(name);
  }

  /** Counts the uses of each adjoint: one that is asked for, or used twice, gets a formula of its own. */
  private want(wanted: readonly string[]): void {
    const needed = new Set<string>();
    const need = (name: string) => {
      if (needed.has(name) || name === this.loss) return;
      needed.add(name);
      for (const { user } of this.local.of(name)) {
        this.uses.set(user.target, (this.uses.get(user.target) ?? 0) + 1);
        if (!this.written.has(user.target)) need(user.target);
      }
    };
    wanted.forEach(need);
    this.wanted = new Set(wanted);
  }

  private name(quantity: string): string {
    const base = quantity.endsWith(renewed) ? quantity.slice(0, -renewed.length) : quantity;
    return (
      this.named.get(quantity)?.target ?? `d${this.loss}/d${this.newest(base) === quantity ? base : quantity}`
    );
  }

  /** Announces the quantities by which derivatives will be added; gives the limit that is exceeded, if any. */
  readonly asked = (wanted: readonly string[]) => excessOf(() => this.want(wanted));
  /** Appends the formula of one derivative, after the adjoints that it reads; gives the limit that is exceeded, if any. */
  readonly added = (quantity: string) => excessOf(() => this.emit(quantity));

  private emit(quantity: string): void {
    if (this.emitted.has(quantity) || this.written.has(quantity)) return;
    this.emitted.add(quantity);
    const own = this.local.ranges(quantity);
    const terms = this.terms(quantity);
    const adjoint = this.named.get(quantity);
    const names = new Map(
      own.map(({ name }, d) => [name, plainIndex(adjoint?.claim.indices[d] ?? index(name)) ?? name]),
    );
    const replacement = new Map([...names].map(([old, now]) => [old, index(now)]));
    const signed = adjoint?.claim.sign === -1 ? negatedTerms(terms) : terms;
    const expression = addUp(signed.map((term) => substituteTerm(term, replacement)));
    this.size.countFormula(expression);
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
    for (const contribution of this.local.of(quantity)) terms.push(this.term(quantity, contribution));
    return terms;
  }

  private term(quantity: string, { user, at, slope: local, indices, where, when }: Contribution): Term {
    const { batch, isWeight } = this.sources;
    const slope = multiplyProducts(local, betweenSamples(batch, user.target, quantity));
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
    this.size.count(inner.product);
    const product = multiplyProducts(inner.product, slope);
    const conditions = [...when, ...inner.when];
    if (inner.sum === undefined) return summed(product, conditions);
    if (indices.length === 0) return { outer: product, when: conditions, sum: inner.sum };
    return summed(multiplyProducts(product, sumFactor(inner.sum)), conditions);
  }

  /** An adjoint as a factor, under its name and with its sign. */
  private read(quantity: string, adjoint: NamedAdjoint | undefined, at: readonly Affine[]): Product {
    const top = adjoint?.claim.sign ?? 1;
    const { batch } = this.sources;
    const read = reference(this.name(quantity), order(adjoint, at));
    const reduced = adjoint?.isPerSample === true && batch !== undefined && !batch.isPerSample(quantity);
    return multiplyProducts(
      { ...one, top },
      reduced ? reducedAdjoint(read, batch) : { ...one, over: [read] },
    );
  }

  /** Whether an unnamed adjoint is inlined: where it is used once and each of its cells would be computed only once. */
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
    return [...this.local.ranges(quantity), ...indices].every(({ name }) => plain.has(name));
  }
}

/** The suffix of a quantity renewed by `<-`, which differentiation treats as a quantity of its own. No author can write it. */
export const renewed = '⁺';

/** The user's indices in the order in which the named adjoint has them, without those that its claim does not name. */
function order(adjoint: NamedAdjoint | undefined, at: readonly Affine[]): readonly Affine[] {
  if (adjoint === undefined) return at;
  const places = adjoint.indices.map((name) =>
    adjoint.claim.indices.findIndex((affine) => plainIndex(affine) === name),
  );
  return places.filter((place) => place >= 0).map((place) => at[place]);
}

/** The order of factors on paper: a weight before the sensitivity, the sensitivity before the input. */
function beside(adjoint: Product, slope: Product, isWeight: (name: string) => boolean): Product {
  const [only] = slope.over;
  const weights = slope.over.length === 1 && only.kind === 'reference' && isWeight(only.name);
  return weights ? multiplyProducts(slope, adjoint) : multiplyProducts(adjoint, slope);
}
