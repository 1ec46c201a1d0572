import { index } from '../affine.ts';
import { apply, type Expression, type Reference } from '../expression.ts';

/** An entry that a quantity's number picks out, as in `p[y]`, and the index that looks for it. */
export interface Pick {
  readonly picked: Reference;
  readonly letter: string;
}

/** `p[y]` is a sum over all entries, of which one is left: `sum(c: [c = y] * p[c])`. */
export const picking = (body: Expression, { picked, letter }: Pick): Expression => ({
  kind: 'reduction',
  reducer: 'sum',
  indices: [{ name: letter }],
  where: [],
  body: apply('mul', apply('eq', { kind: 'index', index: index(letter) }, picked), body),
  picks: true,
});
