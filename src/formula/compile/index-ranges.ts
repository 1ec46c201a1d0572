import { type Affine, coefficient, extent, plainIndex, type Range } from '../affine.ts';
import type { Diagnostics, Span } from '../diagnostic.ts';
import { entryCount } from '../entry-count.ts';
import { type BoundIndex, children, type Expression, type Reduction, type Reference } from '../expression.ts';
import { type Admitted, admitted, inside, linkedIndices } from '../ranges/admitted-indices.ts';
import {
  type IndexRegion,
  type IndexScope,
  type IndexVariable,
  isAlways,
  isAround,
  isConditioned,
  outOfRange,
  ranges,
  speaksOf,
} from '../ranges/region.ts';
import { asQuotient, sumsOfMean } from '../ranges/term-count.ts';
import type { FormulaStatement } from '../statement.ts';
import { mapChildren } from '../substitution.ts';
import { wrongRank } from './draft.ts';

/** The shape of a quantity; undefined while it is unknown. */
export type Shapes = (name: string) => readonly number[] | undefined;

interface Use {
  readonly reference: Reference;
  readonly region: IndexRegion;
}

/**
 * Infers the ranges of a formula's indices from the shapes of what it reads. An index alone in brackets runs over that
 * dimension; one in arithmetic (`x[2*p+u-1]`) as far as it can without leaving the array; one that is only read under conditions
 * runs over everything that these admit. Otherwise it needs `index p = 1..n`. Call the `learn…` methods in the order below, each
 * until nothing changes, then `settle`.
 */
export class IndexRanges {
  /** The left indices, in order; `range` is set once it is known. */
  readonly left: IndexVariable[];
  private readonly bound = new Map<Expression, IndexVariable[]>();
  private readonly bodies = new Map<Expression, IndexRegion>();
  private readonly regions: IndexRegion[] = [];
  private readonly uses: Use[] = [];

  /** Takes a formula, and the ranges that `index` lines and the batch declare; findings go to `diagnostics`. */
  constructor(
    private readonly formula: Pick<FormulaStatement, 'indices' | 'span'> &
      Partial<Pick<FormulaStatement, 'target'>> & { expression: Expression },
    private readonly declared: ReadonlyMap<string, Range>,
    private readonly diagnostics: Diagnostics,
  ) {
    this.left = formula.indices.map((name) => this.variable(name, undefined, 0, 0));
    const scope = new Map(this.left.map((variable) => [variable.name, variable]));
    this.collect(formula.expression, this.region([], scope, this.left));
  }

  private variable(name: string, range: Range | undefined, first: number, after: number): IndexVariable {
    const known = range ?? this.declared.get(name);
    const { span } = this.formula;
    return { name, span, first, after, fixed: known !== undefined, ...(known && { range: known }) };
  }

  private region(
    conditions: readonly Affine[],
    scope: IndexScope,
    order: readonly IndexVariable[],
    around?: IndexRegion,
  ): IndexRegion {
    const own = { references: [], numbers: new Set<string>(), isEmpty: true };
    const region = { conditions, scope, order, ...own, ...(around && { around }) };
    this.regions.push(region);
    return region;
  }

  private collect(e: Expression, region: IndexRegion): void {
    if (e.kind === 'reduction' || e.kind === 'when') {
      const { conditions, scope, order } = region;
      const all = [...conditions, ...e.where];
      const own =
        e.kind === 'reduction'
          ? e.indices.map(({ name, range }) => this.variable(name, range, conditions.length, all.length))
          : [];
      const inner = new Map([...scope, ...own.map((variable) => [variable.name, variable] as const)]);
      this.bound.set(e, own);
      const body = this.region(all, inner, [...order, ...own], region);
      this.bodies.set(e, body);
      this.collect(e.body, body);
      return;
    }
    const parts = children(e);
    if (parts.length === 0) region.isEmpty = false;
    if (e.kind === 'index') for (const [name] of e.index.terms) region.numbers.add(name);
    if (e.kind === 'reference') {
      region.references.push(e);
      this.uses.push({ reference: e, region });
    }
    for (const part of parts) this.collect(part, region);
  }

  /**
   * Infers ranges from indices that stand alone in brackets, as far as shapes are known; true once every left index has a range.
   */
  learn(shapes: Shapes): boolean {
    for (const { reference, region } of this.uses) {
      const shape = shapes(reference.name);
      if (shape === undefined || shape.length !== reference.indices.length) continue;
      reference.indices.forEach((affine, d) => {
        const variable = region.scope.get(plainIndex(affine) ?? '');
        if (variable === undefined || variable.fixed || isConditioned(region, variable)) return;
        variable.range ??= { low: 1, high: shape[d] };
      });
    }
    return this.areKnown;
  }

  /** Infers ranges from arithmetic in brackets; true once every left index has a range. */
  learnFromArithmetic(shapes: Shapes): boolean {
    for (let changed = true; changed; ) {
      changed = false;
      for (const { reference, region } of this.uses) {
        const shape = shapes(reference.name);
        if (shape === undefined || reference.guarded || shape.length !== reference.indices.length) continue;
        reference.indices.forEach((affine, d) => {
          if (this.fit(affine, shape[d], region)) changed = true;
        });
      }
    }
    return this.areKnown;
  }

  /** Infers ranges from the conditions under which an index is read; true once every left index has a range. */
  learnFromConditions(shapes: Shapes): boolean {
    const all = [...this.left, ...[...this.bound.values()].flat()];
    // First those that do not depend on other ranges that are still unknown.
    for (const atLast of [false, true]) {
      for (let changed = true; changed; ) {
        changed = false;
        for (const variable of all) {
          if (variable.range !== undefined) continue;
          const range = this.union(variable, shapes, atLast);
          if (range === undefined) continue;
          variable.range = range;
          changed = true;
        }
      }
    }
    return this.areKnown;
  }

  private get areKnown(): boolean {
    return this.left.every((variable) => variable.range !== undefined);
  }

  /** Gives the one index of `affine` without a range the largest that stays within 1..size. */
  private fit(affine: Affine, size: number, region: IndexRegion): boolean {
    const { scope } = region;
    const open = affine.terms.filter(([name]) => scope.get(name)?.range === undefined);
    if (open.length !== 1) return false;
    const [[name, factor]] = open;
    const variable = scope.get(name);
    if (variable === undefined || factor < 0 || isConditioned(region, variable)) return false;
    const rest = extent(
      { ...affine, terms: affine.terms.filter(([other]) => other !== name) },
      ranges(scope),
    );
    variable.range = { low: 1, high: Math.max(0, Math.floor((size - rest.high) / factor)) };
    return true;
  }

  /**
   * The values of an index that the parts of the formula admit together; undefined where they are not one run, or a part leaves
   * them open.
   */
  private union(variable: IndexVariable, shapes: Shapes, atLast: boolean): Range | undefined {
    const { name, first, after } = variable;
    const found = new Set<number>();
    const plain: number[] = [];
    const guesses: number[] = [];
    let [isOpen, filters, isUnderConditions] = [false, true, false];
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const region of this.regions) {
      if (region.isEmpty || region.scope.get(name) !== variable) continue;
      const within = region.conditions.slice(first).some((one) => coefficient(one, name) !== 0);
      if (!within && !speaksOf(region, name)) continue;
      isUnderConditions ||= within;
      filters &&= !isConditioned(region, variable);
      const isKnown = region.references.every(
        (one) => one.name === this.formula.target || shapes(one.name) !== undefined,
      );
      const values = within && isKnown ? this.admittedIn(region, variable, shapes, atLast) : undefined;
      isOpen ||= values === undefined;
      for (const value of values ?? []) {
        found.add(value);
        [low, high] = [Math.min(low, value), Math.max(high, value)];
      }
      for (const { name: read, indices } of region.references) {
        indices.forEach((affine, d) => {
          const size = shapes(read)?.[d];
          if (size === undefined || coefficient(affine, name) === 0) return;
          if (plainIndex(affine) === name) plain.push(size);
          else if (!within) guesses.push(admitted(name, inside(affine, size), new Map())?.at(-1) ?? 0);
        });
      }
    }
    if (isUnderConditions) variable.hint = Math.max(high, ...plain, ...guesses);
    if (isOpen || found.size === 0) return undefined;
    // Conditions of a sum on its own index leave out terms, not cells.
    if (first < after && filters) return { low, high };
    if (plain.some((size) => size > high)) return undefined;
    const isRun = low <= 1 && found.size === high - low + 1;
    return isRun || plain.includes(high) ? { low: Math.min(1, low), high } : undefined;
  }

  /** The values of an index at which a region computes something without leaving an array. */
  private admittedIn(
    region: IndexRegion,
    variable: IndexVariable,
    shapes: Shapes,
    atLast: boolean,
  ): Admitted {
    const conditions = [...region.conditions];
    for (const { reference, region: place } of this.uses) {
      if (!isAround(place, region) && !isAlways(place, region, variable)) continue;
      const shape = shapes(reference.name);
      if (reference.guarded || shape?.length !== reference.indices.length) continue;
      reference.indices.forEach((affine, d) => {
        if (affine.terms.every(([name]) => region.scope.has(name)))
          conditions.push(...inside(affine, shape[d]));
      });
    }
    const known = ranges(region.scope);
    const others = linkedIndices([variable.name], conditions);
    others.delete(variable.name);
    if (!atLast && [...others].some((other) => !known.has(other))) return undefined;
    for (const { name } of this.left) if (!known.has(name)) known.set(name, { low: 1, high: Infinity });
    return admitted(variable.name, conditions, known);
  }

  /**
   * The expression with every range filled in; undefined after reporting (`shape`, `range`) what is missing, disagrees, or reads
   * outside an array.
   */
  settle(shapes: Shapes): Expression | undefined {
    const { diagnostics } = this;
    let sound = true;
    const complain = (span: Span, rule: string, message: string) => {
      diagnostics.error(span, rule, message);
      sound = false;
    };
    for (const { reference } of this.uses) {
      const shape = shapes(reference.name);
      if (shape === undefined || shape.length === reference.indices.length) continue;
      const { hidden } = seen(reference);
      const message = wrongRank(reference.name, shape.length - hidden, reference.indices.length - hidden);
      complain(reference.span ?? this.formula.span, 'shape', message);
    }
    if (!sound) return undefined;
    for (const variable of [...this.left, ...[...this.bound.values()].flat()]) {
      if (variable.range !== undefined) continue;
      complain(variable.span, 'shape', unknownRange(variable));
    }
    if (!sound) return undefined;
    const evidence = new Map<IndexVariable, string>();
    for (const use of this.uses) {
      const { reference, region } = use;
      const { scope } = region;
      const span = reference.span ?? this.formula.span;
      const shape = shapes(reference.name);
      if (shape === undefined) return undefined;
      for (const [d, affine] of reference.indices.entries()) {
        const variable = scope.get(plainIndex(affine) ?? '');
        if (
          variable?.range !== undefined &&
          !variable.fixed &&
          variable.range.high !== shape[d] &&
          !reference.guarded &&
          !this.isExplained(use, variable, shape)
        ) {
          const where = this.left.includes(variable) ? ' on the left' : '';
          const known = evidence.has(variable) ? ` in ${evidence.get(variable)}` : where;
          const { hidden } = seen(reference);
          const there =
            shape.length - hidden === 1
              ? `${reference.name} has ${entryCount(shape[d])}`
              : `dimension ${d + 1 - hidden} of ${reference.name} has ${shape[d]}`;
          complain(span, 'shape', `${variable.name} runs over ${variable.range.high}${known}, but ${there}`);
          break;
        }
        if (variable !== undefined && !evidence.has(variable)) evidence.set(variable, written(reference));
        const at = reference.guarded ? undefined : outOfRange(region, affine, shape[d]);
        if (at !== undefined) {
          complain(
            span,
            'range',
            `this reads ${reference.name} at ${at}, but it runs from 1 to ${shape[d]}; write ${reference.name}?[…] to read 0 outside`,
          );
          break;
        }
      }
    }
    if (!sound) return undefined;
    const before = diagnostics.all.length;
    const filled = this.fill(this.formula.expression);
    return diagnostics.all.length === before ? filled : undefined;
  }

  /** Whether conditions, and the size of what is read under them, keep an index within its range. */
  private isExplained(
    { reference, region }: Use,
    variable: IndexVariable,
    shape: readonly number[],
  ): boolean {
    if (!isConditioned(region, variable)) return false;
    const reads = reference.indices.flatMap((affine, d) => inside(affine, shape[d]));
    const values = admitted(variable.name, [...region.conditions, ...reads], ranges(region.scope));
    const { low, high } = variable.range as Range;
    return values?.every((value) => value >= low && value <= high) ?? false;
  }

  private fill(e: Expression): Expression {
    const sums = sumsOfMean(e);
    if (sums !== undefined) {
      const counted = sums.map((sum) => {
        const { order, conditions } = this.bodies.get(sum) as IndexRegion;
        return { sum: this.withRanges(sum), terms: { loops: order, conditions } };
      });
      return asQuotient(counted, this.diagnostics);
    }
    return e.kind === 'reduction' ? this.withRanges(e) : mapChildren(e, (part) => this.fill(part));
  }

  private withRanges(e: Reduction): Reduction {
    const own = this.bound.get(e) as readonly IndexVariable[];
    const indices = own.map(({ range }, at): BoundIndex => ({ ...e.indices[at], range: range as Range }));
    return { ...e, indices, body: this.fill(e.body) };
  }
}

function unknownRange({ name, hint }: IndexVariable): string {
  const why = hint === undefined ? '' : ' from what is said under conditions';
  const far = hint !== undefined && hint > 0 && Number.isFinite(hint) ? hint : 3;
  return `cannot tell${why} how far the index ${name} runs; declare it, as in index ${name} = 1..${far}`;
}

/** A reference as its author sees it: without the sample index that the compiler added. */
function seen({ sampled, indices }: Reference): { hidden: number; indices: readonly Affine[] } {
  const hidden = sampled ? 1 : 0;
  return { hidden, indices: indices.slice(hidden) };
}

function written(reference: Reference): string {
  const { indices } = seen(reference);
  const inside = indices.map((affine) => plainIndex(affine) ?? '…').join(',');
  return indices.length > 0 ? `${reference.name}[${inside}]` : reference.name;
}
