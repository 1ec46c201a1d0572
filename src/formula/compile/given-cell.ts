import { flatIndex, type Model, parseCellName, type Quantity } from '../model.ts';

/**
 * The quantity and position of a cell that a reader may change, from a text such as `W1[1,2]`, or `eta` (for samples the row
 * first, from 1). `flat` is the row-by-row position from 0, over all rows. Undefined where the text names no such cell.
 */
export function givenCell(model: Model, cell: string): { quantity: Quantity; flat: number } | undefined {
  const place = parseCellName(cell);
  const quantity = place && model.quantities.get(place.name);
  const shape = quantity && givenShape(quantity);
  if (place === undefined || quantity === undefined || shape === undefined) return undefined;
  const inside = place.cell.length === shape.length && place.cell.every((n, d) => n >= 1 && n <= shape[d]);
  return inside ? { quantity, flat: flatIndex(shape, place.cell) } : undefined;
}

/**
 * The shape in which a quantity's given numbers are addressed, for sample data the number of rows first; undefined for
 * quantities without given numbers.
 */
export function givenShape({ shape, numbers, rows, perSample }: Quantity): readonly number[] | undefined {
  if (rows !== undefined) return [rows.count, ...(perSample ? shape.slice(1) : shape)];
  return numbers && shape;
}
