/** Under this key the entry of the page's history keeps where each debugger was left: only one of them is in the address. */
export const entryKey = 'backstep';

/** Where a page that was left before its address was written keeps what it would have written, until it is loaded again. */
export const unwrittenKey = 'backstep:unwritten';

/** Whether any debugger of this page was left somewhere before the page was loaded again. */
export function isLeft(): boolean {
  try {
    return history.state?.[entryKey] !== undefined || sessionStorage.getItem(unwrittenKey) !== null;
  } catch {
    return false;
  }
}

/** What all debuggers of the page know of its address. */
export const address = {
  /** The hash that was followed or written last: another one is of a link that is still to be followed. */
  known: location.hash,
  /** When a link was clicked, as of `performance.now()`, until the hash has changed. */
  clicked: Number.NEGATIVE_INFINITY,
  /** The debugger that the reader has dealt with last; undefined while a link is being followed. */
  latest: undefined as Element | undefined,
};
