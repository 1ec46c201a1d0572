import { givenCell } from '../../formula/compile/given-cell.ts';
import type { Version } from '../../formula/expression.ts';
import { cellName } from '../../formula/model.ts';
import type { Edits } from './inputs.ts';
import { addressOf, type Layout } from './layout.ts';

/**
 * A number of the reader's in place of a given one, from a frame on (1: in the whole run). For sample data, `x[3,1]` means the
 * third row of the data.
 */
export interface Edit {
  readonly kind: 'edit';
  /** Name and indices from 1, such as `W1[1,2]`. */
  readonly cell: string;
  readonly value: number;
  /** The first frame in which it applies, from 1. */
  readonly frame: number;
}

/** A number that a cell stores in a single frame, whatever is computed or drawn for it. */
export interface Override {
  readonly kind: 'poke';
  readonly name: string;
  readonly version: Version;
  /** Indices from 1. */
  readonly cell: readonly number[];
  /** The only frame in which it applies, from 1. */
  readonly frame: number;
  readonly value: number;
}

/** A change that a reader makes to a run. Frames count from 1. */
export type Change = Edit | Override;

/** The changes that begin in one frame. */
export interface ChangedFrame {
  readonly frame: number;
  readonly edits: Edits;
  /** The overriding numbers, by address in the frame's memory. */
  readonly overrides: ReadonlyMap<number, number>;
}

/** Edits as changes of the whole run: each from frame 1 on. */
export const editsOf = (edits: Edits): Change[] =>
  [...edits].map(([cell, value]) => ({ kind: 'edit', cell, value, frame: 1 }));

/**
 * The address in a frame's memory of the cell that an override names; undefined if that cell does not exist or cannot be
 * overridden, as given data cannot. The frame does not matter.
 */
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

/**
 * Groups changes by the frame in which they begin, ascending; frame 1 is always included, and of several changes of a cell in a
 * frame the last one counts. Throws a RangeError if a change names a frame below 1 or a cell that cannot be changed that way;
 * whether values are finite is not checked, see `canChange`.
 */
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

/**
 * Where an edited cell, such as `W1[1,2]`, lies in the training state: `at` in the state and `flat` in the array `name`, both
 * from 0. Undefined if it is not part of the state or no cell of the given data.
 */
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
