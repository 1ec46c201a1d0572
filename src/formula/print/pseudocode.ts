import { formatExact } from '../../number/format.ts';
import type { Affine, Condition } from '../affine.ts';
import type { BoundIndex, Reference } from '../expression.ts';
import type { Formula } from '../model.ts';
import { affineText, asTree, atomic, type Medium, print, sides, type Tree } from './printer.ts';

/** Pseudo-code is the model language itself: what is printed can be parsed again. */
export const codeMedium: Medium<Tree> = {
  name: 'code',
  number: formatExact,
  affine: codeAffine,
  reference: ({ name, indices, guarded }: Reference) =>
    indices.length === 0 ? name : `${name}${guarded ? '?' : ''}[${indices.map(codeAffine).join(',')}]`,
  call: (name, operands) => `${name}(${operands.join(', ')})`,
  power: (base, exponent) => `${base}^${exponent}`,
  reduction: (e, body) => {
    const where = e.where.length === 0 ? '' : ` where ${codeConditions(e.where)}`;
    return atomic(`${e.reducer}(${e.indices.map(codeBound).join(', ')}${where}: ${body})`);
  },
  when: (where, body) => `when(${codeConditions(where)}: ${body})`,
  group: (text) => `(${text})`,
};

/** `i`, or `i=2..3` where the author wrote the range. */
const codeBound = ({ name, range, written }: BoundIndex): string =>
  written && range ? `${name}=${range.low}..${range.high}` : name;

/** An index expression without spaces, positive terms first: `2*p+u-1`; `0` for nothing. */
export function codeAffine(affine: Affine): string {
  return affineText(affine, (factor, name) => `${factor}*${name}`).replaceAll(' ', '');
}

/** Conditions as `left <= right`, separated by commas; the empty text for none. */
export const codeConditions = (where: readonly Condition[]): string =>
  where
    .map((condition) => {
      const { left, right } = sides(condition);
      return `${codeAffine(left)} <= ${codeAffine(right)}`;
    })
    .join(', ');

/** The left side of a formula: `h[j]`, or `h` for a single number. */
export const codeTarget = ({ target, indices }: Pick<Formula, 'target' | 'indices'>): string =>
  indices.length === 0 ? target : `${target}[${indices.map(({ name }) => name).join(',')}]`;

/**
 * The whole line, `h[j] = sigmoid(net1[j])`, with `<-` for an update, without its claim and without a line break. `medium` is
 * that of the right side alone, the language itself by default; the left side is always in the language.
 */
export function codeFormula(formula: Formula, medium: Medium<Tree> = codeMedium): string {
  return `${codeTarget(formula)} ${formula.version === 'new' ? '<-' : '='} ${print(asTree(formula.expression), medium).text}`;
}
