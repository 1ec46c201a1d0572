import { references } from './expression.ts';
import type { Formula } from './model.ts';

/**
 * The formulas among `formulas` that read what one of `others` writes, directly or by way of formulas among `formulas`; one of
 * `others` only if it reads such a value itself. Versions are told apart: a read of the old value does not depend on the
 * formula that writes the new one.
 */
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
