import type { Affine, Condition } from '../affine.ts';
import { substitute } from '../affine.ts';
import { apply, type BoundIndex, type Expression, number, type Reduction } from '../expression.ts';
import { freeIndices, substituteIndices } from '../substitution.ts';

/**
 * A product in normal form: (top / bottom) · over₁ · over₂ … / under₁ / under₂ …. A derived formula is a sum of terms, each a
 * signed number, factors, and at most one reduction that comes last, so it reads like a lecture: constants cancelled, the sign
 * in front, the local derivative before the sum.
 */
export interface Product {
  /** Carries the sign; whole where the formula had whole numbers. */
  readonly top: number;
  /** Positive. */
  readonly bottom: number;
  /** Factors, in the order in which they are written. */
  readonly over: readonly Expression[];
  /** Divisors, in the order in which they are written. */
  readonly under: readonly Expression[];
}

/** One term of a derived formula: outer · Σ inner, where all conditions of `when` hold, 0 elsewhere. */
export interface Term {
  readonly outer: Product;
  readonly when: readonly Condition[];
  readonly sum?: {
    readonly indices: readonly BoundIndex[];
    readonly where: readonly Condition[];
    readonly inner: Product;
  };
}

/** The empty product. */
export const one: Product = { top: 1, bottom: 1, over: [], under: [] };

/**
 * a · b: numbers are multiplied, and cancelled where both are whole; factors and divisors are only listed, those of `a` first,
 * and never cancelled. A product with `top` 0, which may be −0, keeps its factors.
 */
export function multiplyProducts(a: Product, b: Product): Product {
  const top = a.top * b.top;
  const bottom = a.bottom * b.bottom;
  const shared =
    Number.isInteger(top) && Number.isInteger(bottom) ? greatestDivisor(Math.abs(top), bottom) : 1;
  return {
    top: top / shared,
    bottom: bottom / shared,
    over: [...a.over, ...b.over],
    under: [...a.under, ...b.under],
  };
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a || 1 : greatestDivisor(b, a % b));

/** −a: only `top` changes its sign. */
export const negated = (a: Product): Product => ({ ...a, top: -a.top });

/**
 * An expression as a product of the same value: multiplications, divisions and signs are taken apart, whole numbers go into
 * `top` and `bottom` and are cancelled, anything else (a sum, a number that is not whole) is one factor. A divisor of 0 stays
 * a divisor.
 */
export function factorize(e: Expression): Product {
  if (e.kind === 'number') {
    return Number.isInteger(e.value) ? { ...one, top: e.value } : { ...one, over: [e] };
  }
  if (e.kind !== 'operation') return { ...one, over: [e] };
  const [a, b] = e.operands;
  switch (e.operation) {
    case 'neg':
      return negated(factorize(a));
    case 'mul':
      return multiplyProducts(factorize(a), factorize(b));
    case 'div':
      return multiplyProducts(factorize(a), inverse(factorize(b), b));
    default:
      return { ...one, over: [e] };
  }
}

function inverse(factors: Product, whole: Expression): Product {
  if (factors.top === 0) return { ...one, under: [whole] };
  const sign = factors.top < 0 ? -1 : 1;
  return {
    top: sign * factors.bottom,
    bottom: Math.abs(factors.top),
    over: factors.under,
    under: factors.over,
  };
}

/**
 * The product as an expression, evaluated from left to right: the number `top`, the factors, `last` (one more factor, none by
 * default), then the divisors, `bottom` at the end. A `top` of ±1 is left out where there is a factor, its sign on the first
 * of these; a `bottom` of 1 always is. Nothing is simplified: a `top` of 0 is written with all its factors.
 */
export function productExpression(product: Product, last?: Expression): Expression {
  const { top, bottom, over, under } = product;
  const factors = [...over, ...(last ? [last] : [])];
  const size = Math.abs(top);
  if (size !== 1 || factors.length === 0) factors.unshift(number(top));
  else if (top < 0) factors[0] = negate(factors[0]);
  let result = factors.reduce((left, right) => apply('mul', left, right));
  for (const divisor of under) result = apply('div', result, divisor);
  return bottom === 1 ? result : apply('div', result, number(bottom));
}

const negate = (e: Expression): Expression => (e.kind === 'number' ? number(-e.value) : apply('neg', e));

/** The sign of a term, and the term without it. */
function unsigned(term: Term): { sign: 1 | -1; term: Term } {
  return term.outer.top < 0 ? { sign: -1, term: { ...term, outer: negated(term.outer) } } : { sign: 1, term };
}

function termExpression({ outer, when, sum }: Term): Expression {
  const body = sum && sumExpression(sum);
  const whole = productExpression(outer, body);
  return when.length === 0 ? whole : { kind: 'when', where: when, body: whole };
}

function sumExpression({ indices, where, inner }: NonNullable<Term['sum']>): Reduction {
  return { kind: 'reduction', reducer: 'sum', indices, where, body: productExpression(inner) };
}

/**
 * The sum of the terms as an expression, from left to right, 0 without terms. From the second term on, a negative number in
 * front becomes a subtraction; conditions become `when(…)`. Equal terms are not joined, zero terms not dropped.
 */
export function addUp(terms: readonly Term[]): Expression {
  if (terms.length === 0) return number(0);
  const [first, ...rest] = terms;
  return rest.reduce<Expression>((left, next) => {
    const { sign, term } = unsigned(next);
    return apply(sign < 0 ? 'sub' : 'add', left, termExpression(term));
  }, termExpression(first));
}

/** New terms with the sign of each reversed; the given ones stay as they are. */
export const negatedTerms = (terms: readonly Term[]): Term[] =>
  terms.map((term) => ({ ...term, outer: negated(term.outer) }));

/**
 * The term Σ product over `indices`: the number, and factors without any of these, come in front of the sum. `where` are
 * conditions inside the sum, where all of them stay; of `when`, those around it, the ones that contain an index go inside.
 * Without indices there is no sum, and `where` is ignored.
 */
export function gather(
  product: Product,
  indices: readonly BoundIndex[],
  where: readonly Condition[],
  when: readonly Condition[],
): Term {
  if (indices.length === 0) return { outer: product, when };
  const bound = new Set(indices.map(({ name }) => name));
  const inside = (e: Expression) => [...freeIndices(e)].some((name) => bound.has(name));
  const isInner = ({ terms }: Condition) => terms.some(([name]) => bound.has(name));
  const pick = (keep: (e: Expression) => boolean) => ({
    over: product.over.filter(keep),
    under: product.under.filter(keep),
  });
  return {
    outer: { top: product.top, bottom: product.bottom, ...pick((e) => !inside(e)) },
    when: when.filter((condition) => !isInner(condition)),
    sum: {
      indices,
      where: [...where, ...when.filter(isInner)],
      inner: { top: 1, bottom: 1, ...pick(inside) },
    },
  };
}

/**
 * A sum of terms as a factor of something else. A single term comes in its three parts, so the caller multiplies `product` by
 * `sumFactor(sum)`, if there is one, under the conditions `when`. Several become one factor, the parenthesis; no terms, the
 * factor 0.
 */
export function asFactor(terms: readonly Term[]): {
  product: Product;
  when: readonly Condition[];
  sum?: Term['sum'];
} {
  if (terms.length !== 1) return { product: { ...one, over: [addUp(terms)] }, when: [] };
  const [{ outer, when, sum }] = terms;
  return { product: outer, when, sum };
}

/** The sum of a term as a product of one factor, the number 1 in front. */
export const sumFactor = (sum: NonNullable<Term['sum']>): Product => ({ ...one, over: [sumExpression(sum)] });

/**
 * The term with free indices replaced, by name and all at once, in factors and conditions. The indices of the term's own sum
 * are not renamed, so the replacement must neither replace nor contain them.
 */
export function substituteTerm(term: Term, replacement: ReadonlyMap<string, Affine>): Term {
  const change = (e: Expression) => substituteIndices(e, replacement);
  const product = (p: Product): Product => ({ ...p, over: p.over.map(change), under: p.under.map(change) });
  const conditions = (all: readonly Condition[]) =>
    all.map((condition) => substitute(condition, replacement));
  const { sum } = term;
  return {
    outer: product(term.outer),
    when: conditions(term.when),
    ...(sum && { sum: { indices: sum.indices, where: conditions(sum.where), inner: product(sum.inner) } }),
  };
}
