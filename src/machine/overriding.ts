import { givenCell } from '../formula/compile/given-cell.ts';
import { provideOverriddenFrames } from './history/frame-ranges.ts';
import { OverriddenFrame } from './history/overridden-frame.ts';
import { type Change, type Override, overriddenAddress } from './memory/changes.ts';
import type { Layout } from './memory/layout.ts';

/*
 * What overrides need. Importing this file provides the frames in which cells are overridden from then on: a page imports it where
 * a number can be changed (`session/edit.ts`), and workers always.
 */
provideOverriddenFrames((...parts) => new OverriddenFrame(...parts));

/**
 * Whether a cell can be overridden: it exists, and a frame computes or draws it, in the version named. The frame does not matter.
 */
export const canOverride = (layout: Layout, cell: Omit<Override, 'value'>): boolean =>
  overriddenAddress(layout, cell) !== undefined;

/**
 * Whether a change is valid for a run with this layout: its frame is a positive integer, its value finite, and its cell exists
 * and is given (for an edit) or can be overridden.
 */
export function canChange(layout: Layout, change: Change): boolean {
  if (!Number.isInteger(change.frame) || change.frame < 1 || !Number.isFinite(change.value)) return false;
  return change.kind === 'edit'
    ? givenCell(layout.model, change.cell) !== undefined
    : canOverride(layout, change);
}
