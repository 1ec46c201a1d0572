import type { Condition } from '../affine.ts';
import { Diagnostics } from '../diagnostic.ts';
import { apply, type BoundIndex, type Expression, type Reduction, type Reference } from '../expression.ts';
import { type OperationName, operation } from '../operation.ts';
import { ordinal } from '../ordinal.ts';
import { Parser } from '../parse/parser.ts';
import { tokenize } from '../parse/token.ts';
import type { FunctionStatement } from '../statement.ts';
import { freshIndex, mapChildren, renameBound, substituteParameters, unmarked } from '../substitution.ts';
import { factorize, multiplyProducts, one, type Product } from './product.ts';

/** One path by which an expression depends on a cell: ∂e/∂occurrence, summed over `indices` where `where` holds. */
export interface Path {
  /** The reference at the end of the path. */
  readonly occurrence: Reference;
  /** The product of the local derivatives along the path. */
  readonly slope: Product;
  readonly indices: readonly BoundIndex[];
  readonly where: readonly Condition[];
}

/** A `max` reduction on a path. Its derivative needs to know which term won; that is stored once. */
export interface Maximum {
  readonly reduction: Reduction;
  /** The indices of the reductions around it, outermost first. */
  readonly around: readonly BoundIndex[];
  /** The conditions under which it is computed; elsewhere it may read cells that do not exist. */
  readonly where: readonly Condition[];
}

/** What `paths` needs to know besides the expression. */
export interface PathContext {
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  /** Whether paths to this reference are listed. */
  readonly wanted: (reference: Reference) => boolean;
  /** The cell that stores the position of a maximum's first winner, counted as in `ordinal`. */
  readonly winner: (maximum: Maximum) => Expression;
}

const parsedSlopes = new Map<OperationName, (Expression | undefined)[]>();

/** An operation's slopes, parsed once from their text in the table of operations; undefined where no gradient passes. */
function slopesOf(name: OperationName): (Expression | undefined)[] {
  let found = parsedSlopes.get(name);
  if (found === undefined) {
    found = operation(name).slopes.map((text) => {
      if (text === '') return undefined;
      const diagnostics = new Diagnostics();
      const tokens = tokenize(text, { line: 1, column: 1 }, diagnostics);
      return new Parser(tokens, new Set(), new Set(['a', 'b', 'value']), diagnostics).expression();
    });
    parsedSlopes.set(name, found);
  }
  return found;
}

/**
 * Every path from `e` to a wanted reference, left to right. `value` is the cell that holds e's own value, so that a slope in
 * terms of the value reads the stored cell; by default e itself. The last three parameters accumulate along the path: leave
 * them out. Ranges must be known. Nothing passes through `stop`, comparisons, index arithmetic, `argmax` and unknown
 * functions.
 */
export function* paths(
  e: Expression,
  context: PathContext,
  value: Expression = e,
  slope: Product = one,
  indices: readonly BoundIndex[] = [],
  where: readonly Condition[] = [],
): Generator<Path> {
  const into = (part: Expression, factor: Product) =>
    paths(part, context, part, multiplyProducts(slope, factor), indices, where);
  switch (e.kind) {
    case 'reference':
      if (context.wanted(e)) yield { occurrence: e, slope, indices, where };
      return;
    case 'operation': {
      const names = new Map(e.operands.map((operand, at) => ['ab'[at], operand]));
      names.set('value', value);
      for (const [at, local] of slopesOf(e.operation).entries()) {
        if (local !== undefined) yield* into(e.operands[at], factorize(substituteParameters(local, names)));
      }
      return;
    }
    case 'power': {
      const lower: Expression = e.exponent === 2 ? e.base : { ...e, exponent: e.exponent - 1 };
      yield* into(e.base, { ...one, top: e.exponent, over: [lower] });
      return;
    }
    case 'call': {
      const definition = context.functions.get(e.name);
      if (definition === undefined) return;
      const names = new Map(definition.parameters.map((name, at) => [name, e.operands[at]]));
      if (definition.slopes.length === 0) {
        const body = substituteParameters(freshen(definition.body), names);
        yield* paths(body, context, value, slope, indices, where);
        return;
      }
      names.set(definition.name, value);
      for (const [at, local] of definition.slopes.entries()) {
        const factor = factorize(substituteParameters(freshen(local), names));
        if (factor.top !== 0) yield* into(e.operands[at], factor);
      }
      return;
    }
    case 'when':
      yield* paths(e.body, context, e.body, slope, indices, [...where, ...e.where]);
      return;
    case 'reduction': {
      // A reduction without terms passes no gradient.
      if (e.reducer === 'argmax' || e.indices.some(({ range }) => range && range.low > range.high)) return;
      let factor = slope;
      if (e.reducer === 'max') {
        const won = apply('eq', context.winner({ reduction: e, around: indices, where }), {
          kind: 'index',
          index: ordinal(e),
        });
        factor = multiplyProducts(slope, { ...one, over: [won] });
      }
      yield* paths(e.body, context, e.body, factor, [...indices, ...e.indices], [...where, ...e.where]);
      return;
    }
    default:
      return;
  }
}

/**
 * The expression with every bound index renamed to a fresh one (`freshIndex`), so that substitution captures nothing; free
 * indices stay.
 */
export function freshen(e: Expression): Expression {
  const inside = mapChildren(e, freshen);
  return inside.kind === 'reduction' ? renameBound(inside, freshIndex) : inside;
}

/**
 * The expression with its fresh bound indices renamed to their original letters, or to these with a number, from 2 on, where
 * that is `taken` or used around them. `taken` are the names in use outside, such as the left indices.
 */
export function nameIndices(e: Expression, taken: ReadonlySet<string>): Expression {
  if (e.kind !== 'reduction') return mapChildren(e, (part) => nameIndices(part, taken));
  const used = new Set(taken);
  const renamed = renameBound(e, (marked) => {
    const name = unique(unmarked(marked), used);
    used.add(name);
    return name;
  });
  return { ...renamed, body: nameIndices(renamed.body, used) };
}

/** `base`, or the first of `base2`, `base3`, … that is not taken. */
export function unique(base: string, taken: Pick<ReadonlySet<string>, 'has'>): string {
  let name = base;
  for (let n = 2; taken.has(name); n++) name = `${base}${n}`;
  return name;
}
