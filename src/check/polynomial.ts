/**
 * Coefficients by monomial. A monomial lists the numbers of its atoms in ascending order, each as often as its power: `3,3,7`;
 * the empty text is 1. Treated as immutable.
 */
export type Polynomial = ReadonlyMap<string, number>;

/** More terms than a derivative of one cell has on paper; larger products are given up. */
export const mostTerms = 1500;

const tolerance = 1e-9;

/** The polynomial of a number; for 0 it has no terms. */
export const constantPolynomial = (value: number): Polynomial =>
  value === 0 ? new Map() : new Map([['', value]]);
/** The polynomial of atom n alone, with coefficient 1; atoms are numbered from 0. */
export const atomPolynomial = (n: number): Polynomial => new Map([[String(n), 1]]);

/** a + factor · b, so −1 subtracts; terms that cancel to 1e-9 of b's coefficient are dropped. */
export function addPolynomials(a: Polynomial, b: Polynomial, factor = 1): Polynomial {
  const sum = new Map(a);
  for (const [monomial, coefficient] of b) {
    const before = sum.get(monomial) ?? 0;
    const now = before + factor * coefficient;
    if (Math.abs(now) <= tolerance * Math.abs(coefficient)) sum.delete(monomial);
    else sum.set(monomial, now);
  }
  return sum;
}

const atomsOf = (monomial: string): number[] => (monomial === '' ? [] : monomial.split(',').map(Number));

const joined = (a: string, b: string): string =>
  a === '' || b === '' ? a + b : [...atomsOf(a), ...atomsOf(b)].sort((one, other) => one - other).join(',');

/** A monomial divided by another; undefined if it is not a multiple. */
function without(whole: string, part: string): string | undefined {
  const left = atomsOf(whole);
  for (const one of atomsOf(part)) {
    const at = left.indexOf(one);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left.join(',');
}

/**
 * a · b, like terms added and cancelled ones dropped; undefined if it has more than `mostTerms` terms, or more than four times as
 * many before like terms are added.
 */
export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial | undefined {
  if (a.size * b.size > 4 * mostTerms) return undefined;
  let product: Polynomial = new Map();
  for (const [monomial, coefficient] of a) {
    const row = new Map([...b].map(([other, factor]) => [joined(monomial, other), coefficient * factor]));
    product = addPolynomials(product, row);
  }
  return product.size > mostTerms ? undefined : product;
}

/** factor · a; without terms if the factor is 0. */
export const scalePolynomial = (a: Polynomial, factor: number): Polynomial =>
  new Map(factor === 0 ? [] : [...a].map(([monomial, coefficient]) => [monomial, factor * coefficient]));

/** The number that a constant polynomial is, 0 if it has no terms; undefined if it contains an atom. */
export const numberOf = (a: Polynomial): number | undefined =>
  a.size === 0 ? 0 : a.size === 1 ? a.get('') : undefined;

/** The numbers of the atoms that occur in a polynomial. */
export const atomsIn = (a: Polynomial): Set<number> => new Set([...a.keys()].flatMap(atomsOf));

/**
 * A polynomial with `by` substituted for atom n, in all its powers; undefined if it has more than `mostTerms` terms on the way.
 */
export function substituted(a: Polynomial, n: number, by: Polynomial): Polynomial | undefined {
  let result: Polynomial = new Map();
  for (const [monomial, coefficient] of a) {
    const atoms = atomsOf(monomial);
    const others = atoms.filter((one) => one !== n).join(',');
    let term: Polynomial | undefined = new Map([[others, coefficient]]);
    for (let power = atoms.filter((one) => one === n).length; power > 0 && term; power--)
      term = multiplyPolynomials(term, by);
    if (term === undefined) return undefined;
    result = addPolynomials(result, term);
    if (result.size > mostTerms) return undefined;
  }
  return result;
}

const isNear = (a: number, b: number): boolean =>
  Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));

/** The smallest magnitude of a coefficient: what a constant factor would have made of 1. */
const content = (a: Polynomial): number => Math.min(...[...a.values()].map(Math.abs));

/** Whether the sign of a value may still change. */
type Signs = 'either' | 'same';

function isFair(factor: number, whole: Polynomial, signs: Signs): boolean {
  const size = Math.abs(factor);
  return (signs === 'either' || factor > 0) && (isNear(size, 1) || isNear(size, content(whole)));
}

/**
 * Whether `part` can be an intermediate result of `whole`: multiplied by one monomial it gives some of its terms, or it divides
 * it. A constant part always can. Constant factors that the whole does not have are not allowed; its sign may be turned, unless
 * `signs` is `same`.
 */
export function leadsTo(part: Polynomial, whole: Polynomial, signs: Signs = 'either'): boolean {
  if (numberOf(part) !== undefined) return true;
  const [[first, own]] = part;
  for (const [monomial, coefficient] of whole) {
    const rest = without(monomial, first);
    const factor = coefficient / own;
    if (rest === undefined || !isFair(factor, whole, signs)) continue;
    const isThere = [...part].every(([one, c]) => isNear(whole.get(joined(one, rest)) ?? 0, c * factor));
    if (isThere) return true;
  }
  return divides(part, whole, signs);
}

/** Whether whole = part · quotient, by polynomial long division. */
function divides(part: Polynomial, whole: Polynomial, signs: Signs): boolean {
  const [lead, own] = leading(part);
  let rest = whole;
  for (let round = 0; rest.size > 0; round++) {
    if (round > mostTerms || rest.size > mostTerms) return false;
    const [monomial, coefficient] = leading(rest);
    const quotient = without(monomial, lead);
    if (quotient === undefined) return false;
    const factor = coefficient / own;
    if (round === 0 && !isFair(factor, whole, signs)) return false;
    rest = addPolynomials(
      rest,
      new Map([...part].map(([one, c]) => [joined(one, quotient), c * factor])),
      -1,
    );
    if (rest.has(monomial)) return false;
  }
  return true;
}

/**
 * The term with the most atoms, and among those the last in the order of their numbers: a monomial order, so it respects
 * products.
 */
function leading(a: Polynomial): [string, number] {
  let best: [string, number] | undefined;
  for (const term of a) if (best === undefined || isBefore(best[0], term[0])) best = term;
  return best as [string, number];
}

function isBefore(a: string, b: string): boolean {
  const [one, other] = [atomsOf(a), atomsOf(b)];
  if (one.length !== other.length) return one.length < other.length;
  // By powers of the lowest atoms first.
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return one[at] > other[at];
  return false;
}
