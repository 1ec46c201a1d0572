import type { Change } from '../../src/machine/machine.ts';
import { format, formatCount } from '../../src/number/format.ts';
import { type Changes, cellOfChange, isSamePlace } from '../../src/session/changes.ts';
import { whatIfWords as words } from '../../src/words/notices/what-if.ts';

/** A change in words, plain text in the page's language, with all digits that distinguish its number. */
export function changeText(change: Change): string {
  const [cell, value, iteration] = [cellOfChange(change), format(change.value), formatCount(change.frame)];
  if (change.kind === 'poke') return words.poked(cell, value, iteration);
  return change.frame === 1 ? words.edited(cell, value) : words.editedFrom(cell, value, iteration);
}

/**
 * A sentence, plain text, about the last action on the list of changes: made, undone, redone, or all removed. `before` and
 * `now` are the list with its history just before and after that one action.
 */
export function changeSentence(before: Changes, now: Changes): string {
  if (now.future.length > before.future.length) return words.undone(newest(before.present, now.present));
  if (now.present.length === 0) return words.restored;
  const what = newest(now.present, before.present);
  return now.future.length < before.future.length && now.future.length > 0
    ? words.redone(what)
    : words.announced(what);
}

/** In words, the changes that a list has and another has not. */
function newest(list: readonly Change[], other: readonly Change[]): string {
  const own = list.filter(
    (one) => !other.some((each) => isSamePlace(one, each) && Object.is(one.value, each.value)),
  );
  if (own.length === 1) return changeText(own[0]);
  return words.several(formatCount(own.length > 0 ? own.length : Math.abs(list.length - other.length)));
}
