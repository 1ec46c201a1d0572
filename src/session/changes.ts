import { cellName } from '../formula/model.ts';
import type { Change } from '../machine/machine.ts';

/** The reader's changes, with their history for undo and redo. Immutable, as are the lists. */
export interface Changes {
  readonly present: readonly Change[];
  /** Earlier lists, the newest last. */
  readonly past: readonly (readonly Change[])[];
  /** Undone lists, the next one to redo last. */
  readonly future: readonly (readonly Change[])[];
}

/** No changes and no history. */
export const noChanges: Changes = { present: [], past: [], future: [] };

/** How many steps can be undone. */
const mostKept = 200;

/**
 * Puts another list in force, as a step that can be undone, after which nothing can be redone; the same object where the list
 * is equal. At most 200 steps are kept.
 */
export function withPresent(changes: Changes, present: readonly Change[]): Changes {
  if (sameList(present, changes.present)) return changes;
  return { present, past: [...changes.past, changes.present].slice(-mostKept), future: [] };
}

/** Undoes one step, which can then be redone; the same object where there is none. */
export function undone(changes: Changes): Changes {
  const { present, past, future } = changes;
  const before = past.at(-1);
  if (before === undefined) return changes;
  return { present: before, past: past.slice(0, -1), future: [...future, present] };
}

/** Redoes the step undone last; the same object where there is none. */
export function redone(changes: Changes): Changes {
  const { present, past, future } = changes;
  const after = future.at(-1);
  if (after === undefined) return changes;
  return { present: after, past: [...past, present], future: future.slice(0, -1) };
}

/** Whether two changes are of the same kind, cell (and version) and frame. */
export const isSamePlace = (a: Change, b: Change): boolean =>
  a.frame === b.frame &&
  a.kind === b.kind &&
  cellOfChange(a) === cellOfChange(b) &&
  (a.kind === 'edit' || b.kind === 'edit' || a.version === b.version);

/** The cell that a change is of, as text: `W1[1,2]`. */
export const cellOfChange = (change: Change): string =>
  change.kind === 'edit' ? change.cell : cellName(change.name, change.cell);

const sameList = (a: readonly Change[], b: readonly Change[]): boolean =>
  a.length === b.length && a.every((one, at) => isSamePlace(one, b[at]) && Object.is(one.value, b[at].value));
