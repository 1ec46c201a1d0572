import { extent, type Range } from '../formula/affine.ts';
import { children, type Expression } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';
import { substituteParameters } from '../formula/substitution.ts';

/**
 * Data that are labels, by name: ranges (both ends inclusive) of integers that each may hold besides those it has, as comparisons
 * show. Only integers make sense for them, as for the class `y` in `[k = y]`, where k runs over the classes.
 */
export type Labels = ReadonlyMap<string, readonly Range[]>;

/**
 * Given and sample data that a forward formula, or a function that it calls, compares by = or != with an index, a number or other
 * data. A quantity that is compared only with other data, or only through a formula, has an empty list of ranges.
 */
export function labelsOf(model: Model): Labels {
  const found = new Map<string, Range[]>();
  const sources = new Sources(model);
  const visit = (e: Expression, ranges: ReadonlyMap<string, Range>): void => {
    if (e.kind === 'call') {
      for (const operand of e.operands) visit(operand, ranges);
      if (sources.compares(e.name)) visit(opened(model, e), ranges);
      return;
    }
    if (e.kind === 'operation' && isEquality(e.operation)) {
      const [a, b] = e.operands;
      for (const [side, other] of [
        [a, b],
        [b, a],
      ]) {
        const data = sources.of(side);
        const otherData = sources.of(other);
        if (data === undefined || otherData === undefined) continue;
        for (const name of data) {
          const own = found.get(name) ?? [];
          found.set(name, own);
          if (side.kind !== 'reference' || side.name !== name) continue;
          const comparisons = wholes(other, ranges);
          if (
            comparisons !== undefined &&
            !own.some(({ low, high }) => low === comparisons.low && high === comparisons.high)
          )
            own.push(comparisons);
        }
      }
    }
    let inner = ranges;
    if (e.kind === 'reduction')
      inner = new Map([
        ...ranges,
        ...e.indices.flatMap(({ name, range }) => (range ? [[name, range] as const] : [])),
      ]);
    for (const part of children(e)) visit(part, inner);
  };
  for (const { phase, indices, expression } of model.formulas)
    if (phase === 'forward') visit(expression, new Map(indices.map(({ name, range }) => [name, range])));
  return found;
}

const isEquality = (operation: string): boolean => operation === 'eq' || operation === 'ne';

/** The possible values of a side of a comparison that is an index or an integer. */
function wholes(e: Expression, ranges: ReadonlyMap<string, Range>): Range | undefined {
  if (e.kind === 'number') return Number.isInteger(e.value) ? { low: e.value, high: e.value } : undefined;
  const range = e.kind === 'index' ? extent(e.index, ranges) : undefined;
  return range !== undefined && range.low <= range.high ? range : undefined;
}

function opened({ functions }: Model, { name, operands }: Extract<Expression, { kind: 'call' }>): Expression {
  const definition = functions.get(name);
  if (definition === undefined) return { kind: 'number', value: 0 };
  return substituteParameters(
    definition.body,
    new Map(definition.parameters.map((parameter, n) => [parameter, operands[n]])),
  );
}

/** From which data something is computed. */
class Sources {
  private readonly computed = new Map<string, ReadonlySet<string> | undefined>();
  private readonly comparing = new Map<string, boolean>();

  constructor(private readonly model: Model) {}

  /** The given and sample data that an expression depends on, possibly none; undefined if it reads anything else. */
  of(e: Expression): ReadonlySet<string> | undefined {
    if (e.kind === 'reference') return this.ofQuantity(e.name);
    const found = new Set<string>();
    for (const part of children(e)) {
      const inner = this.of(part);
      if (inner === undefined) return undefined;
      for (const name of inner) found.add(name);
    }
    return found;
  }

  private ofQuantity(name: string): ReadonlySet<string> | undefined {
    const role = this.model.quantities.get(name)?.role;
    if (role === 'given' || role === 'sample') return new Set([name]);
    if (role !== 'computed') return undefined;
    if (!this.computed.has(name)) {
      // A quantity that depends on itself at an earlier time adds nothing new.
      this.computed.set(name, new Set());
      const writer = this.model.formulas.find(({ target, version }) => target === name && version === 'old');
      this.computed.set(name, writer && this.of(writer.expression));
    }
    return this.computed.get(name);
  }

  /** Whether a function, or one that it calls, compares by = or !=. */
  compares(name: string): boolean {
    const comparisons = this.comparing.get(name);
    if (comparisons !== undefined) return comparisons;
    this.comparing.set(name, false);
    const within = (e: Expression): boolean =>
      (e.kind === 'operation' && isEquality(e.operation)) ||
      (e.kind === 'call' && this.compares(e.name)) ||
      children(e).some(within);
    const body = this.model.functions.get(name)?.body;
    const found = body !== undefined && within(body);
    this.comparing.set(name, found);
    return found;
  }
}
