import { children, type Expression } from '../expression.ts';
import type { FunctionStatement } from '../statement.ts';

/**
 * An upper bound of the number of paths that `paths` lists from an expression to all the cells that it reads: operands of
 * comparisons, through which nothing passes, are counted too. A function without slopes is expanded, so nested calls multiply.
 * Counted without expanding; may be very large. Functions must not call themselves.
 */
export function countPaths(e: Expression, functions: ReadonlyMap<string, FunctionStatement>): number {
  const known = new Map<string, number>();
  const within = (body: Expression, parameter: string | undefined): number => {
    if (body.kind === 'reference') return parameter === undefined ? 1 : 0;
    if (body.kind === 'parameter') return body.name === parameter ? 1 : 0;
    if (body.kind === 'stop' || (body.kind === 'reduction' && body.reducer === 'argmax')) return 0;
    const passedOn = (at: number): number => (body.kind === 'call' ? paths(body.name, at) : 1);
    return children(body).reduce((sum, part, at) => sum + passedOn(at) * within(part, parameter), 0);
  };
  const paths = (name: string, at: number): number => {
    const definition = functions.get(name);
    if (definition === undefined || definition.slopes.length > 0) return 1;
    const key = `${name} ${at}`;
    const found = known.get(key) ?? within(definition.body, definition.parameters[at]);
    known.set(key, found);
    return found;
  };
  return within(e, undefined);
}

/**
 * How many calls of functions without slopes are nested once differentiation expands them, 0 without any; the depths of
 * arguments and bodies add up. Functions must not call themselves.
 */
export function callDepth(e: Expression, functions: ReadonlyMap<string, FunctionStatement>): number {
  const known = new Map<string, number>();
  const depth = (part: Expression): number => {
    const inside = children(part).reduce((most, one) => Math.max(most, depth(one)), 0);
    if (part.kind !== 'call') return inside;
    const definition = functions.get(part.name);
    if (definition === undefined || definition.slopes.length > 0) return inside;
    const own = known.get(part.name) ?? 1 + depth(definition.body);
    known.set(part.name, own);
    return inside + own;
  };
  return depth(e);
}
