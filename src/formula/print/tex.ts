import { formatTex } from '../../number/format.ts';
import type { Affine, Condition } from '../affine.ts';
import type { Formula, Model } from '../model.ts';
import { texName } from '../notation.ts';
import { precedence, texGroup } from '../operation.ts';
import { affineText, asTree, type Medium, print, sides, type Tree } from './printer.ts';

/** TeX of an index: `j2`, the second j that a formula needs, as j with the subscript 2. */
const texIndex = (name: string): string => name.replace(/(\d+)$/, '_{$1}');

/**
 * TeX of an index expression without spaces, positive terms first: `2p+u-1`; a number at the end of an index becomes a
 * subscript.
 */
export const texAffine = ({ constant, terms }: Affine): string => {
  const named = terms.map(([name, factor]) => [texIndex(name), factor] as const);
  return affineText({ constant, terms: named }, (factor, name) => `${factor}${name}`).replaceAll(' ', '');
};

const texConditions = (where: readonly Condition[]): string =>
  where
    .map((condition) => {
      const { left, right } = sides(condition);
      return `${texAffine(left)} \\le ${texAffine(right)}`;
    })
    .join(',\\ ');

/** The medium for formulas typeset as in a lecture, in the notation of the lesson; numbers with all their digits. */
export function tex(model: Model): Medium<Tree> {
  return {
    name: 'tex',
    number: (value) => formatTex(value),
    affine: texAffine,
    reference: ({ name, indices }) => texName(model, name, indices.map(texAffine)),
    call: (name, operands) => `${texName(model, name, [])}${texGroup(operands.join(',\\, '))}`,
    power: (base, exponent) => `${base}^{${exponent}}`,
    reduction: (e, body) => {
      const sign = { sum: '\\sum', max: '\\max', argmax: '\\operatorname*{arg\\,max}' }[e.reducer];
      const bounds = e.indices.map(({ name }) => texIndex(name)).join(',');
      const single = e.indices.length === 1 && e.where.length === 0 && e.indices[0].range;
      const below = e.where.length === 0 ? bounds : `\\substack{${bounds}\\\\ ${texConditions(e.where)}}`;
      const limits = single ? `_{${bounds}=${single.low}}^{${single.high}}` : `_{${below}}`;
      // Whatever follows a sum would seem to belong to it, so a sum is last in its product or stands in parentheses.
      return { text: `${sign}${limits} ${body}`, binding: precedence.product };
    },
    when: (where, body) =>
      `\\begin{cases} ${body} & ${texConditions(where)} \\\\ 0 & \\text{else} \\end{cases}`,
    group: texGroup,
  };
}

/** The left side of a formula: `x^{1}_{j}`, without an index for a single number. */
export const texTarget = (model: Model, { target, indices }: Pick<Formula, 'target' | 'indices'>): string =>
  texName(
    model,
    target,
    indices.map(({ name }) => texIndex(name)),
  );

/**
 * TeX of a whole formula, both sides, for any value of its indices, without dollar signs; `\leftarrow` for an update. The
 * claim is left out, and the length is not limited.
 */
export function texFormula(model: Model, formula: Formula): string {
  const sign = formula.version === 'new' ? '\\leftarrow' : '=';
  return `${texTarget(model, formula)} ${sign} ${print(asTree(formula.expression), tex(model)).text}`;
}
