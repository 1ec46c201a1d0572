import { type Expression, type Reference, references, walk } from '../formula/expression.ts';
import type { Formula, Model } from '../formula/model.ts';
import type { FunctionStatement } from '../formula/statement.ts';

/**
 * Quantities that some of the given forward formulas read behind a stop-gradient, `stop`, with everything that these are computed
 * from by the given formulas: versions and names, `old w`. Shifting one of them changes the loss also where no gradient passes.
 */
export function stopGradientNames({ functions }: Model, formulas: Iterable<Formula>): ReadonlySet<string> {
  const all = [...formulas];
  const found = new Set<string>();
  const visit = (read: Reference): void => {
    const key = `${read.version} ${read.name}`;
    if (found.has(key)) return;
    found.add(key);
    const writer = all.find(({ target, version }) => target === read.name && version === read.version);
    if (writer !== undefined) for (const one of references(writer.expression)) visit(one);
  };
  for (const { expression } of all)
    for (const part of walk(expression)) {
      const isStopGradient = part.kind === 'stop' || (part.kind === 'call' && holds(part.name, functions));
      if (isStopGradient) for (const read of references(part)) visit(read);
    }
  return found;
}

/** Whether a function contains a stop-gradient. */
function holds(
  name: string,
  functions: ReadonlyMap<string, FunctionStatement>,
  seen: Set<string> = new Set(),
): boolean {
  const body: Expression | undefined = functions.get(name)?.body;
  if (body === undefined || seen.has(name)) return false;
  seen.add(name);
  return [...walk(body)].some(
    (part) => part.kind === 'stop' || (part.kind === 'call' && holds(part.name, functions, seen)),
  );
}
