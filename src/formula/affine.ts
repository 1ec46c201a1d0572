/**
 * Index arithmetic: `2*p + u - 1` and the inequalities that bound a loop.
 * Everything that stands in brackets, and every `where`, is made of these.
 */

/** constant + Σ coefficient · index. No index occurs twice and no coefficient is 0; a value is never changed once made. */
export interface Affine {
  readonly constant: number;
  readonly terms: readonly (readonly [index: string, coefficient: number])[];
}

/** An index range, both ends included. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** An inequality between indices: it holds where its affine value is ≥ 0. */
export type Condition = Affine;

/** The value of every index in scope, by name. */
export type Environment = ReadonlyMap<string, number>;

/** The affine expression without an index. */
export const constant = (value: number): Affine => ({ constant: value, terms: [] });
/** The affine expression that is one index. */
export const index = (name: string): Affine => ({ constant: 0, terms: [[name, 1]] });

/** a + factor · b, a − b with −1; an index whose coefficients cancel is left out. */
export function plus(a: Affine, b: Affine, factor = 1): Affine {
  const sum = a.constant + factor * b.constant;
  // Most index expressions are a number, or one index alone.
  if (b.terms.length === 0) return { constant: sum, terms: a.terms };
  if (a.terms.length === 0 && factor === 1) return { constant: sum, terms: b.terms };
  const terms = new Map(a.terms);
  for (const [name, coefficient] of b.terms) {
    terms.set(name, (terms.get(name) ?? 0) + factor * coefficient);
  }
  return {
    constant: sum,
    terms: [...terms].filter(([, coefficient]) => coefficient !== 0),
  };
}

/** a − b */
export const minus = (a: Affine, b: Affine): Affine => plus(a, b, -1);
/** factor · a */
export const scale = (a: Affine, factor: number): Affine => plus(constant(0), a, factor);

/** The coefficient of an index; 0 where it does not occur. */
export const coefficient = (a: Affine, name: string): number =>
  a.terms.find(([term]) => term === name)?.[1] ?? 0;

/** The name of the index that `a` is, without offset and factor; undefined for any other expression. */
export const plainIndex = (a: Affine): string | undefined =>
  a.constant === 0 && a.terms.length === 1 && a.terms[0][1] === 1 ? a.terms[0][0] : undefined;

/** The expression with indices replaced, by name and all at once; names without a replacement stay. */
export function substitute(a: Affine, replacement: ReadonlyMap<string, Affine>): Affine {
  if (!a.terms.some(([name]) => replacement.has(name))) return a;
  let result = constant(a.constant);
  for (const [name, factor] of a.terms) {
    result = plus(result, replacement.get(name) ?? index(name), factor);
  }
  return result;
}

/** The value of `a`. Every index in it must be in the environment; otherwise the result is NaN. */
export function evaluateAffine(a: Affine, environment: Pick<Environment, 'get'>): number {
  let value = a.constant;
  for (const [name, factor] of a.terms) value += factor * (environment.get(name) as number);
  return value;
}

/**
 * The least and the greatest value of `a` while its indices run over their `ranges` independently. An index without a range is
 * unbounded, so an end may be infinite.
 */
export function extent(a: Affine, ranges: ReadonlyMap<string, Range>): Range {
  let low = a.constant;
  let high = a.constant;
  for (const [name, factor] of a.terms) {
    const range = ranges.get(name) ?? { low: -Infinity, high: Infinity };
    low += factor * (factor > 0 ? range.low : range.high);
    high += factor * (factor > 0 ? range.high : range.low);
  }
  return { low, high };
}

/**
 * The part of `range` in which `name` meets every condition; all other indices of the conditions must be in the environment.
 * The bounds are found by division, so a loop visits only the values that count. May be empty (low > high).
 */
export function tighten(
  name: string,
  range: Range,
  conditions: readonly Condition[],
  environment: Pick<Environment, 'get'>,
): Range {
  let { low, high } = range;
  for (const condition of conditions) {
    let factor = 0;
    let rest = condition.constant;
    for (const [term, c] of condition.terms) {
      if (term === name) factor = c;
      else rest += c * (environment.get(term) as number);
    }
    if (factor > 0) low = Math.max(low, Math.ceil(-rest / factor));
    else if (factor < 0) high = Math.min(high, Math.floor(rest / -factor));
    else if (rest < 0) high = low - 1;
  }
  return { low, high };
}

/**
 * For each of some nested loops over `names`, outermost first, the conditions that can bound it: those without an index of a
 * loop further in. A condition of an outer loop is therefore listed for the inner ones as well.
 */
export function conditionsByLoop(
  names: readonly string[],
  conditions: readonly Condition[],
): readonly (readonly Condition[])[] {
  return names.map((_, depth) => {
    const later = new Set(names.slice(depth + 1));
    return conditions.filter(({ terms }) => terms.every(([name]) => !later.has(name)));
  });
}

/** Whether every condition holds, true without any; all their indices must be in the environment. */
export const holds = (conditions: readonly Condition[], environment: Environment): boolean =>
  conditions.every((condition) => evaluateAffine(condition, environment) >= 0);
