import type { Dimension, Model } from '../formula/model.ts';
import { spokenName } from '../formula/notation.ts';
import { dimensionWords as words } from '../words/speech/dimensions.ts';

/**
 * A cell (indices from 1) in words: "hidden 2", "output weight from hidden 1", "query 2, word 1", "kernel, row 1, column 2"; for `[]` the
 * name alone. Each index is said by what it counts, as far as the model tells; along a dimension with one entry it is not said. The
 * short form is for what has been named before, or can be told from the rest of the sentence: "weight to 2 from 1", "kernel 1 2".
 */
export function spokenCell(model: Model, name: string, cell: readonly number[], isShort = false): string {
  const spoken = spokenName(model, name, isShort);
  const { shape = [] } = model.quantities.get(name) ?? {};
  // Rows of the data are more than those of a frame.
  if (shape.length !== cell.length) return words.plain(spoken, cell.join(' '));
  const counted: (Dimension & { readonly n: number })[] = cell.map((n, d) => ({
    ...(model.dimensions.get(name)?.[d] ?? { kind: 'own' }),
    n,
  }));
  const many = counted.filter((_, d) => shape[d] > 1);
  const isMatrix = ['to', 'from'].every((way) => counted.filter(({ kind }) => kind === way).length === 1);
  const leads = ({ kind, units }: Dimension) =>
    (kind === 'to' || kind === 'from') && (isMatrix || units !== undefined);
  const ways = (['to', 'from'] as const).flatMap((way) =>
    many
      .filter((one) => one.kind === way && leads(one))
      .map(({ units = '', n }) => words[way](isShort ? '' : units, n)),
  );
  const plain = many.filter((one) => one.kind !== 'moment' && one.kind !== 'sample' && !leads(one));
  const others = many.flatMap(({ kind, n }) =>
    kind === 'moment' || kind === 'sample' ? [words[kind](n)] : [],
  );
  const named = plain.length > 1 ? plain.filter(({ units }) => units !== undefined) : [];
  const rest = plain.filter((one) => !named.includes(one)).map(({ n }) => n);
  const own =
    rest.length === 2 && shape.length === 2 && !isShort
      ? words.place(spoken, rest[0], rest[1])
      : words.plain(spoken, rest.join(' '));
  const led = ways.length === 0 ? own : `${own} ${ways.join(isShort ? ' ' : words.next)}`;
  return [led, ...named.map(({ units = '', n }) => words.one(units, n)), ...others].join(words.next);
}
