import { constant, index, plainIndex, plus, type Range } from '../affine.ts';
import { type BoundIndex, type Expression, reference, references } from '../expression.ts';
import type { ExpressionSize } from '../expression-size.ts';
import type { Formula, LeftIndex } from '../model.ts';
import { freshIndex, substituteIndices } from '../substitution.ts';
import { type Contribution, turnedRound } from './contribution.ts';
import type { DerivationSize } from './derivation-size.ts';
import type { DerivationSources, DerivedFormula } from './derivation-sources.ts';
import { freshen, type Maximum, nameIndices, type Path, paths, unique } from './derivative-paths.ts';

/** A formula's left indices, renamed to be fresh, and the paths from its value to each quantity that it reads. */
interface FormulaPaths {
  readonly left: readonly BoundIndex[];
  readonly paths: ReadonlyMap<string, readonly Path[]>;
}

/** The local derivatives of the formulas that the loss depends on, for the chain rule to combine. Computed on demand and kept. */
export class LocalDerivatives {
  private readonly active: ReadonlySet<string>;
  private readonly byTarget = new Map<string, Formula>();
  /** The formulas that read a quantity, in their order, and how each depends on what it reads. */
  private readonly readers = new Map<string, Formula[]>();
  private readonly paths = new Map<Formula, FormulaPaths>();
  private readonly contributions = new Map<string, Contribution[]>();

  /** `add` receives the `argmax_…` formulas that local derivatives of maxima read. */
  constructor(
    private readonly sources: DerivationSources,
    private readonly size: DerivationSize,
    /** Receives formulas that local derivatives read: the positions at which maxima were reached. */
    private readonly add: (formula: DerivedFormula) => void,
  ) {
    for (const formula of this.sources.forward) {
      if (!this.byTarget.has(formula.target)) this.byTarget.set(formula.target, formula);
      for (const name of new Set([...references(formula.expression)].map(({ name }) => name))) {
        const before = this.readers.get(name);
        if (before === undefined) this.readers.set(name, [formula]);
        else before.push(formula);
      }
    }
    this.active = this.influences();
  }

  /** Whether the loss depends on the quantity. */
  isActive(name: string): boolean {
    return this.active.has(name);
  }

  /** Whether a formula computes the quantity. */
  isComputed(name: string): boolean {
    return this.byTarget.has(name);
  }

  private influences(): Set<string> {
    const found = new Set([this.sources.loss]);
    const written = new Map<string, Formula[]>();
    for (const one of this.sources.forward)
      written.set(one.target, [...(written.get(one.target) ?? []), one]);
    // A set is iterated in insertion order, including what is added on the way.
    for (const target of found) {
      for (const { expression } of written.get(target) ?? [])
        for (const { name } of references(expression)) found.add(name);
    }
    return found;
  }

  /**
   * The indices of a quantity with their ranges: those of the formula that computes it, or for data those with which it is first
   * read.
   */
  ranges(name: string): LeftIndex[] {
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

  /** The contributions to a quantity's adjoint, one for each path through each formula that reads it and influences the loss. */
  of(name: string): Contribution[] {
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
    const { left, paths: all } = this.pathsOf(user);
    for (const path of all.get(name) ?? []) {
      const solved = turnedRound(this.ranges(name), left, path);
      if (solved !== undefined) yield { user, ...solved };
    }
  }

  /** The paths from a formula's value to everything that it reads. */
  private pathsOf(user: Formula): FormulaPaths {
    const before = this.paths.get(user);
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
    const known = new Map<Expression, ExpressionSize>();
    for (const path of paths(expression, context, own)) {
      const { name } = path.occurrence;
      found.set(name, [...(found.get(name) ?? []), path]);
      this.size.count(path.slope, known);
    }
    const all = { left, paths: found };
    this.paths.set(user, all);
    return all;
  }

  /** The cell that stores the position of a maximum's first winner; its formula is added when it is first needed. */
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
      this.add({
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
}

const sizeOf = ({ low, high }: Range): number => high - low + 1;
