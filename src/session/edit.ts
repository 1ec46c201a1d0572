import type { CellReference } from '../explain/explanation.ts';
import { givenCell, givenShape } from '../formula/compile/given-cell.ts';
import { cellAt, cellName, type Model, parseCellName } from '../formula/model.ts';
import { rowAt } from '../formula/rows.ts';
import type { Change, Edit, Machine, Override } from '../machine/machine.ts';
import { canChange, canOverride } from '../machine/overriding.ts';
import { format } from '../number/format.ts';
import { type NumberFault, parseNumber } from '../number/parse-number.ts';
import { editWords as words } from '../words/notices/edits.ts';
import { isSamePlace } from './changes.ts';
import type { Session } from './session.ts';

/*
 * Changes of a session's numbers. Only views that offer them, and links that carry them, load this file; it loads what runs
 * overridden frames.
 */

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

/**
 * Puts the number that a reader typed in a given cell of a session's model, from a frame on. Returns a message, and changes
 * nothing, where it cannot be used.
 */
export function editCell(session: Session, cell: string, text: string, frame = 1): string | undefined {
  const found = readEdit(session.model, cell, text, frame);
  if ('error' in found) return found.error;
  addChange(session, { kind: 'edit', ...found, frame });
  return undefined;
}

/**
 * Overrides a cell of one frame (by default the present one): it stores the number that the reader typed instead of what is
 * computed. A name alone means the newest version. Returns a message, and changes nothing, where it cannot be used.
 */
export function overrideCell(
  session: Session,
  cell: string | CellReference,
  text: string,
  frame = session.moment.frame,
): string | undefined {
  const found = readOverride(session.machine, cell, frame, text);
  if ('error' in found) return found.error;
  addChange(session, found);
  return undefined;
}

function addChange(session: Session, change: Change): void {
  session.replaceChanges(withChange(session.model, session.changes, change));
}

/** Replaces all changes of a session; returns those that its model cannot have, which are left out. */
export function setChanges(session: Session, list: readonly Change[]): readonly Change[] {
  const { changes, refused } = withAll(session.machine.layout, list);
  session.replaceChanges(changes);
  return refused;
}

/**
 * The given cell, as `editCell` takes it, that a cell of the present frame gets its number from: for a sample, the row of the
 * data, else the cell itself. Undefined where the number is computed or drawn.
 */
export function givenCellOf(
  { model, machine, moment }: Session,
  { name, version, cell }: CellReference,
): string | undefined {
  const quantity = model.quantities.get(name);
  if (quantity === undefined || version === 'new') return undefined;
  if (quantity.numbers !== undefined) return cellName(name, cell);
  if (quantity.rows === undefined) return undefined;
  const rows = machine.inputs.rows(moment.frame);
  const [place, own] = quantity.perSample ? [cell[0] - 1, cell.slice(1)] : [0, cell];
  return cellName(name, [rows[place], ...own]);
}

/**
 * A new list with one more change, at the end. An edit holds from its frame to the end, so it replaces those of the same cell
 * in the same or later frames; an edit to the value that holds anyway (in `model` or by an earlier edit) is left out. An
 * override replaces one of the same cell and frame. Whether the model can have the change is not checked: see `withAll`.
 */
export function withChange(model: Model, list: readonly Change[], change: Change): readonly Change[] {
  if (change.kind === 'poke') return [...list.filter((one) => !isSamePlace(one, change)), change];
  const others = list.filter(
    (one) => one.kind === 'poke' || one.cell !== change.cell || one.frame < change.frame,
  );
  return Object.is(valueWithout(model, others, change), change.value) ? others : [...others, change];
}

/**
 * The list that results from making the changes one after the other; those that the model cannot have are returned as `refused`.
 */
function withAll(
  layout: Machine['layout'],
  list: readonly Change[],
): { readonly changes: readonly Change[]; readonly refused: readonly Change[] } {
  const refused = list.filter((change) => !canChange(layout, change));
  const none: readonly Change[] = [];
  const changes = list
    .filter((change) => !refused.includes(change))
    .reduce((before, change) => withChange(layout.model, before, change), none);
  return { changes, refused };
}

/** What a given cell would hold from a frame on without the edit; undefined where training has updated it. */
function valueWithout(model: Model, others: readonly Change[], { cell, frame }: Edit): number | undefined {
  const [before] = others
    .filter((one): one is Edit => one.kind === 'edit' && one.cell === cell)
    .sort((a, b) => b.frame - a.frame);
  const name = cell.replace(/\[.*/s, '');
  const isRenewed = model.formulas.some(({ target, version }) => version === 'new' && target === name);
  if (isRenewed && frame > 1) return undefined;
  return before?.value ?? givenValue(model, cell);
}

/** The model's own number in such a cell; undefined where there is none. */
function givenValue(model: Model, cell: string): number | undefined {
  const place = givenCell(model, cell);
  if (place === undefined) return undefined;
  const { rows, numbers } = place.quantity;
  return rows === undefined
    ? numbers?.[place.flat]
    : rowAt(rows, Math.floor(place.flat / rows.size))[place.flat % rows.size];
}
