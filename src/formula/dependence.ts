import { references } from './expression.ts';
import type { Formula } from './model.ts';

/** Those of the formulas that need some others, directly or through what lies between. */
export function dependOn<One extends Pick<Formula, 'target' | 'version' | 'expression'>>(
  formulas: readonly One[],
  others: Iterable<One>,
): Set<One> {
  const written = new Set([...others].map(({ version, target }) => `${version} ${target}`));
  const found = new Set<One>();
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const one of formulas) {
      if (found.has(one)) continue;
      if (![...references(one.expression)].some(({ version, name }) => written.has(`${version} ${name}`)))
        continue;
      found.add(one);
      written.add(`${one.version} ${one.target}`);
    }
  }
  return found;
}
