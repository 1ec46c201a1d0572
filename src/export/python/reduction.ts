import { conditionsByLoop, minus, type Range } from '../../formula/affine.ts';
import type { Reduction } from '../../formula/expression.ts';
import { precedence } from '../../formula/operation.ts';
import { ordinal } from '../../formula/ordinal.ts';
import { atomic, type Printed } from '../../formula/print/printer.ts';
import { type ArrayTree, closed } from './array-code.ts';
import { contraction } from './einsum.ts';
import { boundAxes, bounds, ownConditions } from './loop-bounds.ts';
import { type LoopScope, loopIndex } from './loop-scope.ts';
import type { PartPlanner } from './part-planner.ts';

/**
 * A reduction as a library call over whole dimensions or slices of them; undefined where that is not possible, or the names ask
 * for entry-by-entry or ordered code. `scope` is that around the reduction, without its indices.
 */
export function arrayReduction(planner: PartPlanner, e: Reduction, scope: LoopScope): ArrayTree | undefined {
  if (planner.names.entrywise || (planner.names.inOrder && e.reducer === 'sum')) return undefined;
  const bound = boundAxes(e, scope);
  if (bound === undefined) return undefined;
  const inner = scope.along(bound);
  const names = bound.map(([name]) => name);
  if (e.reducer === 'sum') {
    const product = contraction(planner, e, inner, names);
    if (product !== undefined) return product;
  } else if (bound.some(([, { low, high }]) => scope.extent(minus(high, low)).low < 0)) return undefined;
  const body = planner.shortest(e.body, [inner, scope.across(bound)]);
  if (body === undefined || !names.every((name) => body.dims.includes(name))) return undefined;
  const dims = body.dims.filter((name) => !names.includes(name));
  // The library finds the position of a winner, and PyTorch the first winner, along one dimension or among all.
  const isAmongAll = dims.length === 0 && body.dims.join() === names.join();
  const needsOne = e.reducer === 'argmax' || (e.reducer === 'max' && planner.names.library === 'torch');
  if (needsOne && names.length > 1 && !isAmongAll) return undefined;
  const places = names.map((name) => body.dims.indexOf(name));
  return {
    expression: e,
    parts: [body],
    dims,
    write: (print) => reduced(planner, e, print(body), places, dims),
  };
}

function reduced(
  planner: PartPlanner,
  e: Reduction,
  body: Printed,
  places: readonly number[],
  dims: readonly string[],
): Printed {
  const { library } = planner.names;
  const isTorch = library === 'torch';
  if (isTorch && e.reducer === 'max') {
    const [flat, along] = places.length > 1 ? [`${closed(body)}.flatten()`, 0] : [body.text, places[0]];
    return atomic(`torch.max(${flat}, dim=${along}).values`);
  }
  const along = places.length === 1 ? String(places[0]) : `(${places.join(', ')})`;
  const which = dims.length === 0 ? '' : `, ${isTorch ? 'dim' : 'axis'}=${along}`;
  const text = `${library}.${e.reducer}(${body.text}${which})`;
  return e.reducer === 'argmax' ? { text: `1.0 + ${text}`, binding: precedence.sum } : atomic(text);
}

/**
 * A reduction as a Python generator expression in `sum`, `max` or a helper, whose body may be an array over dimensions of
 * `outer`, the scope around the reduction; undefined where a condition depends on a dimension, or the body cannot be written
 * so.
 */
export function comprehension(planner: PartPlanner, e: Reduction, outer: LoopScope): ArrayTree | undefined {
  const { names } = planner;
  const loops = e.indices.map(
    ({ name, range }) => [name, loopIndex(names.index(name), range as Range)] as const,
  );
  const scope = outer.looping(loops);
  if (e.where.some((condition) => scope.axesIn(condition).length > 0)) return undefined;
  const body = planner.number(e.body, scope);
  if (body === undefined) return undefined;
  const conditions = conditionsByLoop(
    e.indices.map(({ name }) => name),
    e.where,
  );
  let maybeEmpty = e.where.length > 0;
  const clauses = loops.map(([name, loop], depth) => {
    const { lows, highs, rest } = bounds(name, loop.range, ownConditions(conditions, depth), scope);
    const isFull = lows.length === 1 && highs.length === 1 && rest.length === 0;
    if (isFull && scope.extent(minus(highs[0], lows[0])).low >= 0 && e.indices.length === 1)
      maybeEmpty = false;
    const tests = rest.length === 0 ? '' : ` if ${scope.conditions(rest)}`;
    return ` for ${loop.variable} in ${scope.range(lows, highs, loop.shift)}${tests}`;
  });
  const terms = clauses.join('');
  const isBare = planner.isBare(e.body);
  const entrywise = !isBare && (names.entrywise || body.dims.length > 0);
  const isTensor = names.library === 'torch' && !isBare;
  const write = (text: string): string => {
    if (e.reducer === 'argmax')
      return `${names.helper('winner')}((${text}, ${scope.value(ordinal(e))})${terms})`;
    if (e.reducer === 'sum')
      return isTensor && maybeEmpty ? `sum((${text}${terms}), torch.tensor(0.0))` : `sum(${text}${terms})`;
    if (entrywise || (maybeEmpty && isTensor)) return `${names.helper('largest')}(${text}${terms})`;
    return maybeEmpty ? `max((${text}${terms}), default=0.0)` : `max(${text}${terms})`;
  };
  return { expression: e, parts: [body], dims: body.dims, write: (print) => atomic(write(print(body).text)) };
}
