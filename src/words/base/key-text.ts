import { section } from '../section.ts';

/** Keys as printed on a keyboard, by their names in `KeyboardEvent.key`. */
export const keyWords = section('keys', {
  Control: 'Ctrl',
  Shift: 'Shift',
  Alt: 'Alt',
  Escape: 'Escape',
  Enter: 'Enter',
  Home: 'Home',
  End: 'End',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  with: (what: string, keys: string) => `${what} (${keys})`,
});
