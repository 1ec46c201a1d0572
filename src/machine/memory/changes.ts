import { givenCell } from '../../formula/compile/given-cell.ts';
import type { Version } from '../../formula/expression.ts';
import { cellName } from '../../formula/model.ts';
import type { Edits } from './inputs.ts';
import { addressOf, type Layout } from './layout.ts';

/**
 * A number of the reader's in place of a given one, from a frame on: 1 is the whole run. Of sample data, `x[3,1]` is of
 * the third row.
 */
export interface Edit {
  readonly kind: 'edit';
  /** Such as `W1[1,2]`. */
  readonly cell: string;
  readonly value: number;
  readonly frame: number;
}

/** A number that a cell stores in one frame, whatever is computed for it; of what is drawn, whatever is drawn. */
export interface Override {
  readonly kind: 'poke';
  readonly name: string;
  readonly version: Version;
  readonly cell: readonly number[];
  readonly frame: number;
  readonly value: number;
}

/** What a reader has changed about a run. */
export type Change = Edit | Override;

/** What is changed as a frame begins, and in it. */
export interface ChangedFrame {
  readonly frame: number;
  readonly edits: Edits;
  /** The numbers that are poked, by address. */
  readonly overrides: ReadonlyMap<number, number>;
}

/** Edits of the whole run. */
export const editsOf = (edits: Edits): Change[] =>
  [...edits].map(([cell, value]) => ({ kind: 'edit', cell, value, frame: 1 }));

/** Where in a frame's memory the cell lies that a poke speaks of; undefined where nothing can be poked. */
export function overriddenAddress(
  layout: Layout,
  { name, version, cell }: Omit<Override, 'value'>,
): number | undefined {
  const role = layout.model.quantities.get(name)?.role;
  const isOwn = version === 'new' || role === 'computed' || role === 'random';
  if (!isOwn || !layout.has(name, version)) return undefined;
  const slot = layout.slot(name, version);
  const isCell = cell.length === slot.shape.length && cell.every(Number.isInteger);
  return isCell ? addressOf(slot, cell) : undefined;
}

/** Whether a cell can be poked: what a frame computes or draws, in the version that it writes. */
export const canOverride = (layout: Layout, cell: Omit<Override, 'value'>): boolean =>
  overriddenAddress(layout, cell) !== undefined;

/** Whether a change is one that a run can have. */
export function canChange(layout: Layout, change: Change): boolean {
  if (!Number.isInteger(change.frame) || change.frame < 1 || !Number.isFinite(change.value)) return false;
  return change.kind === 'edit'
    ? givenCell(layout.model, change.cell) !== undefined
    : canOverride(layout, change);
}

/** Changes by the frames they begin in; the first frame is always among them. Throws a RangeError at those that are none. */
export function changedFrames(layout: Layout, changes: readonly Change[]): ChangedFrame[] {
  const found = new Map<number, { edits: Map<string, number>; overrides: Map<number, number> }>();
  const at = (frame: number) => {
    if (!Number.isInteger(frame) || frame < 1) throw new RangeError(`there is no frame ${frame}`);
    const known = found.get(frame) ?? { edits: new Map(), overrides: new Map() };
    found.set(frame, known);
    return known;
  };
  at(1);
  for (const change of changes) {
    if (change.kind === 'edit') {
      if (givenCell(layout.model, change.cell) === undefined)
        throw new RangeError(`${change.cell} is no cell of the given data`);
      at(change.frame).edits.set(change.cell, change.value);
      continue;
    }
    const address = overriddenAddress(layout, change);
    if (address === undefined)
      throw new RangeError(`${cellName(change.name, change.cell)} is no cell that is computed`);
    at(change.frame).overrides.set(address, change.value);
  }
  return [...found].map(([frame, both]) => ({ frame, ...both })).sort((a, b) => a.frame - b.frame);
}

/** Where among the numbers that live on from frame to frame an edited one lies; undefined where it does not live on. */
export function positionInState(
  layout: Layout,
  cell: string,
): { readonly at: number; readonly name: string; readonly flat: number } | undefined {
  const place = givenCell(layout.model, cell);
  if (place === undefined || place.quantity.rows !== undefined) return undefined;
  let at = 0;
  for (const { old } of layout.renewed) {
    if (old.name === place.quantity.name) return { at: at + place.flat, name: old.name, flat: place.flat };
    at += old.size;
  }
  return undefined;
}
