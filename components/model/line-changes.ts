import type { ChangeSet } from '@codemirror/state';

/**
 * Whether changes write into the lines from an offset to another (the start of a line and the end of one, before the changes), or
 * join others to them. New lines before and behind them leave them alone.
 */
export function areWritten(changes: ChangeSet, from: number, to: number): boolean {
  let found = false;
  changes.iterChanges((start, end, _from, _to, inserted) => {
    if (end < from || start > to) return;
    const isBefore = end === from && inserted.lines > 1 && inserted.line(inserted.lines).length === 0;
    const isBehind = start === to && inserted.lines > 1 && inserted.line(1).length === 0;
    if (!isBefore && !isBehind) found = true;
  });
  return found;
}
