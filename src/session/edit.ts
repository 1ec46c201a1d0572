import type { CellReference } from '../explain/explanation.ts';
import { givenCell, givenShape } from '../formula/compile/given-cell.ts';
import { cellAt, cellName, type Model, parseCellName } from '../formula/model.ts';
import { canOverride, type Machine, type Override } from '../machine/machine.ts';
import { format, type NumberFault, parseNumber } from '../number/format.ts';
import { changeWords as words } from '../words/notices/changes.ts';

/** A given cell, such as `W1[1,2]`, and its new value; or a message for readers. */
export type EditResult = { readonly cell: string; readonly value: number } | { readonly error: string };

/** The last frame that can be changed: a later one would hardly be reached. */
const furthest = 1_000_000;

/** A message for a number that cannot be read. */
function message(fault: NumberFault): string {
  return fault === 'tooLarge' ? words.tooLarge(format(1e12)) : words[fault];
}

const isFrame = (frame: number): boolean => Number.isInteger(frame) && frame >= 1 && frame <= furthest;

/**
 * Reads the number that a reader typed for a given cell (of data or a parameter), to hold from frame `frame` on (1 to 1,000,000).
 * An error message where there is no such cell, it is computed, or the text is no number. Changes nothing.
 */
export function readEdit(model: Model, cell: string, text: string, frame = 1): EditResult {
  const quantity = model.quantities.get(parseCellName(cell)?.name ?? '');
  const shape = quantity && givenShape(quantity);
  if (quantity === undefined) return { error: words.noCell(cell) };
  if (shape === undefined) return { error: words.computed(cell) };
  const place = givenCell(model, cell);
  if (place === undefined) return { error: words.noCell(cell) };
  if (!isFrame(frame)) return { error: words.noFrame(String(frame)) };
  const found = parseNumber(text);
  return 'error' in found
    ? { error: message(found.error) }
    : { cell: cellName(quantity.name, cellAt(shape, place.flat)), value: found.value };
}

/**
 * Reads the number that a reader typed to override a cell that a frame (1 to 1,000,000) computes or draws. A name alone, such as
 * `h[2]`, means the newest version. An error message where it cannot be overridden. Changes nothing.
 */
export function readOverride(
  { layout }: Machine,
  cellOrName: string | CellReference,
  frame: number,
  text: string,
): Override | { readonly error: string } {
  const reference = typeof cellOrName === 'string' ? newestOf(layout, cellOrName) : cellOrName;
  if ('error' in reference) return reference;
  const { name, version, cell } = reference;
  const place = { kind: 'poke', name, version, cell: [...cell], frame } as const;
  const quantity = layout.model.quantities.get(name);
  const isInside =
    cell.length === quantity?.shape.length && cell.every((n, d) => n >= 1 && n <= quantity.shape[d]);
  if (!isInside || !layout.has(name, version)) return { error: words.noCell(cellName(name, cell)) };
  if (quantity.role === 'mode') return { error: words.mode(name) };
  if (!canOverride(layout, place)) return { error: words.given(cellName(name, cell)) };
  if (!isFrame(frame)) return { error: words.noFrame(String(frame)) };
  const found = parseNumber(text);
  return 'error' in found ? { error: message(found.error) } : { ...place, value: found.value };
}

function newestOf(layout: Machine['layout'], cell: string): CellReference | { readonly error: string } {
  const found = parseCellName(cell);
  if (found === undefined) return { error: words.noCell(cell) };
  return { ...found, version: layout.has(found.name, 'new') ? 'new' : 'old' };
}
