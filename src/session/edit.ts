import { givenCell, givenShape } from '../formula/given.ts';
import { cellAt, cellName, type Model, parseCellName } from '../formula/model.ts';
import { format, type NumberFault, parseNumber } from '../number/format.ts';

export type EditResult = { readonly cell: string; readonly value: number } | { readonly error: string };

const messages: Record<NumberFault, string> = {
  empty: 'Type a number; the old one stays until then.',
  notNumber: 'This is not a number. Write it like 0.35 or -1.2e-3, with a point.',
  infinite: 'Only finite numbers can be computed with.',
  tooLarge: `This is larger than ${format(1e12)}; nothing sensible would come of it.`,
};

/** Reads what a reader typed for a cell. A message, and nothing changed, where it cannot be used. */
export function readEdit(model: Model, cell: string, text: string): EditResult {
  const quantity = model.quantities.get(parseCellName(cell)?.name ?? '');
  const shape = quantity && givenShape(quantity);
  if (quantity === undefined || shape === undefined) {
    return { error: `${cell} is computed; only given numbers, weights and rates can be changed.` };
  }
  const place = givenCell(model, cell);
  if (place === undefined) return { error: `There is no cell ${cell}.` };
  const found = parseNumber(text);
  return 'error' in found
    ? { error: messages[found.error] }
    : { cell: cellName(quantity.name, cellAt(shape, place.flat)), value: found.value };
}
