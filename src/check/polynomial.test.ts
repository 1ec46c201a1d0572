import { describe, expect, it } from 'vitest';
import {
  addPolynomials,
  atomPolynomial,
  constantPolynomial,
  leadsTo,
  multiplyPolynomials,
  type Polynomial,
  scalePolynomial,
  substituted,
} from './polynomial.ts';

const [t, y, h, w, v, d, e] = [0, 1, 2, 3, 4, 5, 6].map(atomPolynomial);
const one = constantPolynomial(1);
const product = (...all: Polynomial[]): Polynomial =>
  all.reduce((a, b) => multiplyPolynomials(a, b) as Polynomial);
const minus = (a: Polynomial, b: Polynomial) => addPolynomials(a, b, -1);

describe('what leads to a derivative', () => {
  const slope = product(h, minus(one, h));
  const hidden = product(slope, addPolynomials(product(w, d), product(v, e)));
  const output = product(minus(t, y), y, minus(one, y));

  it.each<[string, Polynomial, Polynomial]>([
    ['a factor', minus(one, h), hidden],
    ['some factors', product(h, w), hidden],
    ['a term', product(v, e), hidden],
    ['some terms', product(h, addPolynomials(product(w, d), product(v, e))), hidden],
    ['the whole', hidden, hidden],
    ['its negative', scalePolynomial(output, -1), output],
    ['factors in any order', product(y, minus(t, y)), output],
    ['a factor that is no term, where terms cancel', addPolynomials(one, y), minus(one, product(y, y))],
    ['what is to be doubled', minus(y, t), scalePolynomial(output, 2)],
  ])('%s', (_, part, whole) => expect(leadsTo(part, whole)).toBe(true));

  it.each<[string, Polynomial, Polynomial]>([
    ['a wrong sign inside', addPolynomials(one, h), hidden],
    ['another weight', product(v, d), hidden],
    ['a factor of its own', scalePolynomial(d, 2), hidden],
    ['too much', product(h, h, h), hidden],
    ['an average', scalePolynomial(minus(t, y), 1 / 3), output],
  ])('not %s', (_, part, whole) => expect(leadsTo(part, whole)).toBe(false));

  it('not the negative where signs are to be the same', () => {
    expect(leadsTo(minus(y, t), output, 'either')).toBe(true);
    expect(leadsTo(minus(y, t), output, 'same')).toBe(true);
    expect(leadsTo(scalePolynomial(output, -1), output, 'same')).toBe(false);
  });

  it('puts polynomials in for atoms', () => {
    expect(substituted(product(d, d, h), 5, minus(t, y))).toEqual(product(minus(t, y), minus(t, y), h));
  });
});
