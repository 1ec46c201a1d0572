import { type Expression, walk } from '../formula/expression.ts';
import type { Model } from '../formula/model.ts';

const branching: ReadonlySet<string> = new Set(['max', 'min', 'abs', 'eq', 'ne', 'lt', 'le', 'gt', 'ge']);

/**
 * Whether any formula of a model, or a function that it calls, computes different things depending on its numbers, as with
 * `max(z, 0)`, `abs(z)`, `[z > 0]` or an arg-max.
 */
export function isBranching({ formulas, functions }: Model): boolean {
  const seen = new Set<string>();
  const within = (e: Expression): boolean => {
    for (const node of walk(e)) {
      if (node.kind === 'operation' && branching.has(node.operation)) return true;
      if (node.kind === 'reduction' && node.reducer !== 'sum') return true;
      if (node.kind !== 'call' || seen.has(node.name)) continue;
      seen.add(node.name);
      const body = functions.get(node.name)?.body;
      if (body !== undefined && within(body)) return true;
    }
    return false;
  };
  return formulas.some(({ expression }) => within(expression));
}
