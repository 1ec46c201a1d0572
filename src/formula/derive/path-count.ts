import { children, type Expression } from '../expression.ts';
import type { FunctionStatement } from '../statement.ts';

/**
 * In how many ways the value of an expression depends on what it reads, as differentiation counts them: a function
 * without slopes passes on what it is given as often as its body reads it, so nested calls multiply.
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

/** How deep an expression lies once functions without slopes are opened, as differentiation does; calls within calls multiply. */
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
