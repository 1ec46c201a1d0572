import { children, type Expression, type Reference, walk } from '../expression.ts';
import type { Quantity } from '../model.ts';
import { readRow } from '../rows.ts';
import type { Draft } from './draft.ts';

/** Numbers of data that are read to see whether they pick out an entry. */
const mostRead = 1 << 20;

/**
 * Reports (`range`, at the place) given data and samples that pick an entry, as y in `p[y]`, with a number that is none of its positions:
 * such a sum over all entries would be 0 in silence. All ranges must be known.
 */
export function checkPicks(draft: Draft): void {
  const reported = new Set<string>();
  for (const { expression, derived } of draft.formulas) {
    if (derived) continue;
    for (const { picked, low, high } of picks(expression)) {
      const quantity = draft.quantities.get(picked.name);
      if (picked.span === undefined || quantity === undefined || reported.has(picked.name)) continue;
      if (quantity.role !== 'given' && quantity.role !== 'sample') continue;
      const wrong = firstWrong(quantity, (one) => Number.isInteger(one) && one >= low && one <= high);
      if (wrong === undefined) continue;
      reported.add(picked.name);
      const where = quantity.rows === undefined ? picked.name : `row ${wrong.row} of ${picked.name}`;
      draft.error(
        picked.span,
        'range',
        `${where} is ${wrong.value} and picks none of the entries, which are ${low} to ${high}`,
      );
    }
  }
}

/** The sums of an expression that look for an entry, `sum(c: [c = y] * p[c])`: what picks it, and from what. */
function* picks(e: Expression): Generator<{ picked: Reference; low: number; high: number }> {
  for (const part of walk(e)) {
    if (part.kind !== 'reduction' || !part.picks || part.indices[0].range === undefined) continue;
    const [test] = children(part.body);
    const [, picked] = children(test);
    if (picked.kind === 'reference') yield { picked, ...part.indices[0].range };
  }
}

/** The first number of given data or samples that is not right, and its row, from 1. */
function firstWrong(
  { numbers, rows }: Quantity,
  isRight: (one: number) => boolean,
): { readonly row: number; readonly value: number } | undefined {
  const flat = numbers?.findIndex((one) => !isRight(one)) ?? -1;
  if (numbers !== undefined && flat >= 0) return { row: flat + 1, value: numbers[flat] };
  if (rows === undefined) return undefined;
  const memory = new Float64Array(rows.size);
  for (let row = 0; row < rows.count && row * rows.size < mostRead; row++) {
    readRow(rows, row, memory, 0);
    const value = memory.find((one) => !isRight(one));
    if (value !== undefined) return { row: row + 1, value };
  }
  return undefined;
}
