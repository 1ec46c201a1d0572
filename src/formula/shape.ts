import {
  type Affine,
  coefficient,
  conditionsByLoop,
  evaluateAffine,
  extent,
  plainIndex,
  type Range,
  tighten,
} from './affine.ts';
import type { Diagnostics, Span } from './diagnostic.ts';
import { wrongRank } from './draft.ts';
import { type BoundIndex, children, type Expression, mapChildren, type Reference } from './expression.ts';
import type { FormulaStatement } from './statement.ts';

/** What is known so far: the shape of a quantity, or undefined while it is not. */
export type Shapes = (name: string) => readonly number[] | undefined;

/** An index of one formula: each reduction has its own, even under the same name. */
interface Variable {
  readonly name: string;
  readonly span: Span;
  range?: Range;
  /** A range that was written down and is not up to the data. */
  fixed: boolean;
}

type Scope = ReadonlyMap<string, Variable>;

interface Use {
  readonly reference: Reference;
  readonly scope: Scope;
  /** The inequalities under which this reference is read. */
  readonly conditions: readonly Affine[];
  /** Outermost first, as the loops run. */
  readonly order: readonly Variable[];
}

/**
 * The ranges of a formula's indices, from the shapes of what it reads.
 * An index standing alone in brackets runs over that dimension; one in arithmetic (`x[2*p+u-1]`) as far as it can
 * without leaving the array; else it needs `index p = 1..n`.
 */
export class IndexRanges {
  readonly left: Variable[];
  private readonly bound = new Map<Expression, Variable[]>();
  private readonly uses: Use[] = [];
  private readonly conditioned: { conditions: readonly Affine[]; scope: Scope }[] = [];

  constructor(
    private readonly formula: Pick<FormulaStatement, 'indices' | 'span'> & { expression: Expression },
    private readonly declared: ReadonlyMap<string, Range>,
    private readonly diagnostics: Diagnostics,
  ) {
    this.left = formula.indices.map((name) => this.variable(name, undefined));
    const scope = new Map(this.left.map((variable) => [variable.name, variable]));
    this.collect(formula.expression, scope, [], this.left);
  }

  private variable(name: string, range: Range | undefined): Variable {
    const known = range ?? this.declared.get(name);
    return { name, span: this.formula.span, fixed: known !== undefined, ...(known && { range: known }) };
  }

  private collect(
    e: Expression,
    scope: Scope,
    conditions: readonly Affine[],
    order: readonly Variable[],
  ): void {
    if (e.kind === 'reference') this.uses.push({ reference: e, scope, conditions, order });
    if (e.kind === 'reduction' || e.kind === 'when') {
      const own =
        e.kind === 'reduction' ? e.indices.map(({ name, range }) => this.variable(name, range)) : [];
      const inner = new Map([...scope, ...own.map((variable) => [variable.name, variable] as const)]);
      this.bound.set(e, own);
      this.conditioned.push({ conditions: e.where, scope: inner });
      this.collect(e.body, inner, [...conditions, ...e.where], [...order, ...own]);
    } else for (const part of children(e)) this.collect(part, scope, conditions, order);
  }

  /** Learns what it can from the shapes known so far; true once every left index has a range. */
  learn(shapes: Shapes): boolean {
    for (const { reference, scope } of this.uses) {
      const shape = shapes(reference.name);
      if (shape === undefined || shape.length !== reference.indices.length) continue;
      reference.indices.forEach((affine, d) => {
        const variable = scope.get(plainIndex(affine) ?? '');
        if (variable !== undefined && !variable.fixed) variable.range ??= { low: 1, high: shape[d] };
      });
    }
    return this.left.every((variable) => variable.range !== undefined);
  }

  /** After all plain uses: ranges that follow from arithmetic in brackets, then from written bounds. */
  learnFromArithmetic(shapes: Shapes): boolean {
    for (let changed = true; changed; ) {
      changed = false;
      for (const { reference, scope } of this.uses) {
        const shape = shapes(reference.name);
        if (shape === undefined || reference.guarded || shape.length !== reference.indices.length) continue;
        reference.indices.forEach((affine, d) => {
          if (this.fit(affine, shape[d], scope)) changed = true;
        });
      }
    }
    for (const { conditions, scope } of this.conditioned) {
      for (const variable of scope.values()) {
        if (variable.range !== undefined) continue;
        const others = ranges(scope);
        const within = { low: -Infinity, high: Infinity };
        for (const condition of conditions) {
          const factor = coefficient(condition, variable.name);
          const rest = extent(
            { ...condition, terms: condition.terms.filter(([name]) => name !== variable.name) },
            others,
          );
          if (factor > 0) within.low = Math.max(within.low, Math.ceil(-rest.high / factor));
          if (factor < 0) within.high = Math.min(within.high, Math.floor(rest.high / -factor));
        }
        if (Number.isFinite(within.low) && Number.isFinite(within.high)) variable.range = within;
      }
    }
    return this.left.every((variable) => variable.range !== undefined);
  }

  /** Gives the one index of `affine` without a range the largest that stays within 1..size. */
  private fit(affine: Affine, size: number, scope: Scope): boolean {
    const open = affine.terms.filter(([name]) => scope.get(name)?.range === undefined);
    if (open.length !== 1) return false;
    const [[name, factor]] = open;
    const variable = scope.get(name);
    if (variable === undefined || factor < 0) return false;
    const rest = extent(
      { ...affine, terms: affine.terms.filter(([other]) => other !== name) },
      ranges(scope),
    );
    variable.range = { low: 1, high: Math.max(0, Math.floor((size - rest.high) / factor)) };
    return true;
  }

  /** The expression with every range filled in, or undefined after reporting what is missing or disagrees. */
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
      complain(
        variable.span,
        'shape',
        `cannot tell how far the index ${variable.name} runs; declare it, as in index ${variable.name} = 1..3`,
      );
    }
    if (!sound) return undefined;
    const evidence = new Map<Variable, string>();
    for (const use of this.uses) {
      const { reference, scope } = use;
      const span = reference.span ?? this.formula.span;
      const shape = shapes(reference.name);
      if (shape === undefined) return undefined;
      for (const [d, affine] of reference.indices.entries()) {
        const variable = scope.get(plainIndex(affine) ?? '');
        if (
          variable?.range !== undefined &&
          !variable.fixed &&
          variable.range.high !== shape[d] &&
          !reference.guarded
        ) {
          const where = this.left.includes(variable) ? ' on the left' : '';
          const known = evidence.has(variable) ? ` in ${evidence.get(variable)}` : where;
          const { hidden } = seen(reference);
          const there =
            shape.length - hidden === 1
              ? `${reference.name} has ${shape[d]} entries`
              : `dimension ${d + 1 - hidden} of ${reference.name} has ${shape[d]}`;
          complain(span, 'shape', `${variable.name} runs over ${variable.range.high}${known}, but ${there}`);
          break;
        }
        if (variable !== undefined && !evidence.has(variable)) evidence.set(variable, written(reference));
        if (!reference.guarded && !this.within(use, affine, shape[d])) {
          const reach = extent(affine, ranges(scope));
          complain(
            span,
            'range',
            `this reads ${reference.name} at ${reach.low < 1 ? reach.low : reach.high}, but it runs from 1 to ${shape[d]}; write ${reference.name}?[…] to read 0 outside`,
          );
          break;
        }
      }
    }
    return sound ? this.fill(this.formula.expression) : undefined;
  }

  /** Whether an index stays within 1..size; under conditions by trying, since two bounds may depend on each other. */
  private within({ scope, conditions, order }: Use, affine: Affine, size: number): boolean {
    const { low, high } = extent(affine, ranges(scope));
    if (low >= 1 && high <= size) return true;
    const linked = linkedIndices(affine, conditions);
    const rules = conditions.filter(({ terms }) => terms.every(([name]) => linked.has(name)));
    if (rules.length === 0) return false;
    const loops = order.filter(({ name }) => linked.has(name));
    const bounds = conditionsByLoop(
      loops.map(({ name }) => name),
      rules,
    );
    let budget = 1e6;
    const visit = (depth: number, environment: Map<string, number>): boolean => {
      if (depth === loops.length) {
        const value = evaluateAffine(affine, environment);
        return value >= 1 && value <= size;
      }
      const variable = loops[depth];
      const range = tighten(variable.name, variable.range as Range, bounds[depth], environment);
      for (let value = range.low; value <= range.high; value++) {
        budget -= 1;
        if (budget < 0 || !visit(depth + 1, environment.set(variable.name, value))) return false;
      }
      environment.delete(variable.name);
      return true;
    };
    return visit(0, new Map());
  }

  private fill(e: Expression): Expression {
    const filled = mapChildren(e, (part) => this.fill(part));
    const own = this.bound.get(e);
    if (filled.kind !== 'reduction' || own === undefined) return filled;
    const indices: BoundIndex[] = own.map(({ range }, at) => ({
      ...filled.indices[at],
      range: range as Range,
    }));
    return { ...filled, indices };
  }
}

/** The indices in `affine`, and those that a chain of conditions ties to them. */
function linkedIndices(affine: Affine, conditions: readonly Affine[]): Set<string> {
  const linked = new Set(affine.terms.map(([name]) => name));
  for (let size = 0; size !== linked.size; ) {
    size = linked.size;
    for (const { terms } of conditions) {
      if (terms.some(([name]) => linked.has(name))) for (const [name] of terms) linked.add(name);
    }
  }
  return linked;
}

const ranges = (scope: Scope): Map<string, Range> => {
  const known = new Map<string, Range>();
  for (const [name, { range }] of scope) if (range !== undefined) known.set(name, range);
  return known;
};

/** What the author sees of a reference: not the sample index, where the compiler has put it in. */
function seen({ sampled, indices }: Reference): { hidden: number; indices: readonly Affine[] } {
  const hidden = sampled ? 1 : 0;
  return { hidden, indices: indices.slice(hidden) };
}

function written(reference: Reference): string {
  const { indices } = seen(reference);
  const inside = indices.map((affine) => plainIndex(affine) ?? '…').join(',');
  return indices.length > 0 ? `${reference.name}[${inside}]` : reference.name;
}
