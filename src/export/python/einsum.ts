import { apply, type Expression, type Reduction } from '../../formula/expression.ts';
import { precedence } from '../../formula/operation.ts';
import { atomic, type Printed } from '../../formula/print/printer.ts';
import { type ArrayTree, closed, mergedDims } from './array-code.ts';
import type { LoopScope } from './loop-scope.ts';
import type { PartPlanner } from './part-planner.ts';
import { transposedText } from './subscripts.ts';

/** Factors of a sum's body that are arrays over the same indices. */
interface Group {
  readonly dims: readonly string[];
  readonly factors: readonly { readonly e: Expression; readonly tree: ArrayTree }[];
}

/**
 * A sum of products as `W @ x`, or as an einsum; undefined where it is neither, or a factor is no array over one of `bound`.
 * `bound` are the sum's indices, which `scope` has as dimensions. The result's `dims` are the factors' others, in the order of
 * `scope`.
 */
export function contraction(
  planner: PartPlanner,
  e: Reduction,
  scope: LoopScope,
  bound: readonly string[],
): ArrayTree | undefined {
  const factors: Group['factors'][number][] = [];
  for (const factor of productOf(e.body)) {
    const tree = planner.number(factor, scope);
    if (tree === undefined) return undefined;
    factors.push({ e: factor, tree });
  }
  if (factors.length < 2 || factors.some(({ tree }) => !tree.dims.some((name) => bound.includes(name))))
    return undefined;
  const dims = mergedDims(
    factors.map(({ tree }) => tree),
    scope.axes.keys(),
  );
  if (!bound.every((name) => dims.includes(name))) return undefined;
  const out = dims.filter((name) => !bound.includes(name));
  const groups = grouped(factors);
  const make = (parts: readonly ArrayTree[], write: NonNullable<ArrayTree['write']>): ArrayTree => ({
    expression: e,
    parts,
    dims: out,
    write,
  });
  if (groups.length === 1) {
    // The dot product of two vectors; factors with more dimensions are multiplied entry by entry and then summed.
    const isDot =
      factors.length === 2 && dims.length === 1 && factors.every(({ tree }) => tree.raw !== undefined);
    if (!isDot) return undefined;
    return make(
      factors.map(({ tree }) => tree),
      (print) => times(factors.map(({ tree }) => print(tree))),
    );
  }
  const [sum] = bound;
  const shared = groups[0].dims.filter((name) => groups[1].dims.includes(name));
  if (
    groups.length === 2 &&
    bound.length === 1 &&
    shared.join() === sum &&
    groups.every((group) => group.dims.length <= 2)
  ) {
    const trees = groups.map((group) => product(planner, group, scope)).filter((tree) => tree !== undefined);
    if (trees.length < 2) return undefined;
    const [a, b] = inTurn(groups, trees, sum, out) ? [0, 1] : [1, 0];
    const left = [restOf(groups[a], sum), sum].filter((name) => name !== undefined);
    const right = [sum, restOf(groups[b], sum)].filter((name) => name !== undefined);
    return make(trees, (print) =>
      times([arranged(planner, trees[a], left, print), arranged(planner, trees[b], right, print)]),
    );
  }
  const letters = new Map(
    dims.map((name, at) => [
      name,
      dims.every((one) => /^[a-zA-Z]$/.test(one)) ? name : 'abcdefghijklmnopqrstuvwxyz'[at],
    ]),
  );
  const word = (names: readonly string[]) => names.map((name) => letters.get(name)).join('');
  const inputs = factors.map(({ tree }) => word(tree.raw?.dims ?? tree.dims)).join(',');
  const library = planner.names.library;
  return make(
    factors.map(({ tree }) => tree),
    (print) => {
      const operands = factors.map(({ tree }) => tree.raw?.text ?? print(tree).text);
      return atomic(`${library}.einsum('${inputs}->${word(out)}', ${operands.join(', ')})`);
    },
  );
}

/** The factors of a product, left to right. */
function productOf(e: Expression): Expression[] {
  return e.kind === 'operation' && e.operation === 'mul' ? [...productOf(e.operands[0]), e.operands[1]] : [e];
}

function grouped(factors: Group['factors']): Group[] {
  const groups = new Map<string, Group['factors'][number][]>();
  for (const factor of factors) {
    const key = factor.tree.dims.join();
    groups.set(key, [...(groups.get(key) ?? []), factor]);
  }
  return [...groups.values()].map((members) => ({ dims: members[0].tree.dims, factors: members }));
}

const restOf = ({ dims }: Group, sum: string): string | undefined => dims.find((name) => name !== sum);

/** Whether the first group stands left of the `@`: `W @ x` also where the formula has x first. */
function inTurn(
  groups: readonly Group[],
  trees: readonly ArrayTree[],
  sum: string,
  out: readonly string[],
): boolean {
  const [first, second] = groups.map((group) => restOf(group, sum));
  if (first !== undefined && second !== undefined) return first === out[0];
  return first !== undefined || (trees[1].raw?.dims ?? trees[1].dims)[0] === sum;
}

/** The entry-by-entry product of factors over the same indices. */
function product(planner: PartPlanner, { factors }: Group, scope: LoopScope): ArrayTree | undefined {
  if (factors.length === 1 && factors[0].tree.raw !== undefined) return factors[0].tree;
  const e = factors.map((factor) => factor.e).reduce((a, b) => apply('mul', a, b));
  return planner.shortest(e, [scope, scope.reversed]);
}

/** A factor with its dimensions in the order that `@` wants. */
function arranged(
  planner: PartPlanner,
  tree: ArrayTree,
  dims: readonly string[],
  print: (part: ArrayTree) => Printed,
): Printed {
  const { library } = planner.names;
  if (tree.raw !== undefined) return atomic(transposedText(tree.raw, dims, library));
  if (tree.dims.join() === dims.join()) return print(tree);
  return atomic(transposedText({ text: closed(print(tree)), dims: tree.dims }, dims, library));
}

function times([a, b]: readonly Printed[]): Printed {
  const left = a.binding < precedence.product ? `(${a.text})` : a.text;
  const right = b.binding <= precedence.product ? `(${b.text})` : b.text;
  return { text: `${left} @ ${right}`, binding: precedence.product };
}
