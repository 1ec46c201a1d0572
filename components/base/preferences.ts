import type { RunPrecision } from '../../src/machine/machine.ts';

const precisionKey = 'backstep:run';
const lettersKey = 'backstep:letters';
const shareKey = 'backstep:share';

/** What is stored under a key; undefined where nothing is, or storage is blocked. */
export function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores a text for later pages. Where storage is blocked, a choice lasts until the page is closed. */
export function store(key: string, text: string): void {
  try {
    if (localStorage.getItem(key) !== text) localStorage.setItem(key, text);
  } catch {
    // As said above.
  }
}

/** The precision that the reader chose last; undefined where none is stored or storage is blocked. */
export function rememberedPrecision(): RunPrecision | undefined {
  const kept = stored(precisionKey);
  return kept === 'full' || kept === 'lesson' ? kept : undefined;
}

/** Stores the reader's choice of precision for later pages; does nothing where storage is blocked. */
export const rememberPrecision = (precision: RunPrecision): void => store(precisionKey, precision);

/** What was chosen on this page; where storage is blocked there is nothing else. */
let lettersOfPage: boolean | undefined;

/** Whether letters, digits and signs are keys of commands: yes, unless the reader has turned them off. */
export function rememberedLetterKeys(): boolean {
  lettersOfPage ??= stored(lettersKey) !== 'off';
  return lettersOfPage;
}

/** Turns letters, digits and signs on or off as keys of commands, for this page at once and, where storage is not blocked, for later ones. */
export function rememberLetterKeys(areOn: boolean): void {
  lettersOfPage = areOn;
  store(lettersKey, areOn ? 'on' : 'off');
}

/**
 * The first view's part of the width that it shares with its neighbour, in percent; undefined where nothing is stored or storage is
 * blocked.
 */
export function rememberedShare(): number | undefined {
  const kept = Number(stored(shareKey) ?? Number.NaN);
  return Number.isFinite(kept) ? kept : undefined;
}

/** Stores the first view's part of the width, in percent; does nothing where storage is blocked. */
export const rememberShare = (share: number): void => store(shareKey, String(share));

const followKey = 'backstep:text-follows';

let followsOfPage: boolean | undefined;

/** Whether the page's text follows the steps: no, unless the reader has turned it on. */
export function textFollows(): boolean {
  followsOfPage ??= stored(followKey) === 'on';
  return followsOfPage;
}

/** Has the text follow, or not, on this page at once and, where storage is not blocked, on later ones. */
export function setTextFollows(follows: boolean): void {
  followsOfPage = follows;
  store(followKey, follows ? 'on' : 'off');
}
