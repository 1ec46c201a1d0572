import { type Affine, type Condition, constant, plus, scale } from '../affine.ts';
import { apply, type Expression } from '../expression.ts';
import { copied } from '../substitution.ts';

/**
 * Conditions in parts of which no two hold at once: each of `apart`, which must not be 0, makes two of every part, one in which it
 * is greater and one in which it is less.
 */
export function conditionParts(common: readonly Condition[], apart: readonly Affine[]): Condition[][] {
  let parts = [[...common]];
  for (const one of apart) {
    const sides = [one, scale(one, -1)].map((side) => plus(side, constant(-1)));
    parts = parts.flatMap((part) => sides.map((side) => [...part, side]));
  }
  return parts;
}

/** The sum of one node for each part of a condition, each with a body of its own: nodes of a parsed tree are told apart. */
export function inParts(
  parts: readonly (readonly Condition[])[],
  body: Expression,
  make: (where: readonly Condition[], body: Expression) => Expression,
): Expression {
  return parts
    .map((where, at) => make(where, at === 0 ? body : copied(body)))
    .reduce((sum, part) => apply('add', sum, part));
}
