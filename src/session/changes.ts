import { givenValue } from '../formula/compile/given-cell.ts';
import { cellName, type Model } from '../formula/model.ts';
import { type Change, canChange, type Edit, type Machine } from '../machine/machine.ts';

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
 * The list that results from making the changes one after the other from none, as `withChange` does; those that the layout's
 * model cannot have are left out and returned as `refused`.
 */
export function withAll(
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

/** Whether two changes are of the same kind, cell (and version, for overrides) and frame; their values do not matter. */
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
