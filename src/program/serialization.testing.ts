/**
 * Where two pieces of data differ, in bits, in kind, or in which parts are shared. Undefined where they do not.
 */
export function dataDifference(one: unknown, other: unknown): string | undefined {
  const partners = new Map<unknown, unknown>();
  const back = new Map<unknown, unknown>();
  const compare = (a: unknown, b: unknown, path: string): string | undefined => {
    if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null)
      return Object.is(a, b) ? undefined : `${path}: ${String(a)} and ${String(b)}`;
    if (partners.has(a) || back.has(b))
      return partners.get(a) === b && back.get(b) === a ? undefined : `${path} is shared otherwise`;
    partners.set(a, b);
    back.set(b, a);
    if (a.constructor !== b.constructor) return `${path}: ${a.constructor.name}, ${b.constructor.name}`;
    const [left, right] = [a, b].map((part) =>
      part instanceof Map ? [...part].flat() : Object.entries(part).flat(),
    );
    if (left.length !== right.length) return `${path} has ${left.length} and ${right.length} parts`;
    for (const [at, part] of left.entries()) {
      const found = compare(part, right[at], `${path}/${at % 2 === 1 ? String(left[at - 1]) : at}`);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return compare(one, other, '');
}
