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

/** The hash that the page has followed or written last: another one is of a link that is still to be followed. */
let known = location.hash;

/** Whether the page's hash is of a link that nobody has seen yet: a click changes it at once, and is told of later. */
export const isUnseen = (): boolean => location.hash !== known;

/** The page's hash is seen. */
export function see(): void {
  known = location.hash;
}
