import type { RunPrecision } from '../../src/machine/machine.ts';

const precisionKey = 'backstep:run';
const panelsKey = 'backstep:panels';
const lettersKey = 'backstep:letters';
const shareKey = 'backstep:share';

/** The precision that the reader chose last; undefined where none is stored or storage is blocked. */
export function rememberedPrecision(): RunPrecision | undefined {
  try {
    const kept = localStorage.getItem(precisionKey);
    return kept === 'full' || kept === 'lesson' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Stores the reader's choice of precision for later pages; does nothing where storage is blocked. */
export function rememberPrecision(precision: RunPrecision): void {
  try {
    if (localStorage.getItem(precisionKey) !== precision) localStorage.setItem(precisionKey, precision);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
}

/** What was chosen on this page; where storage is blocked there is nothing else. */
let lettersOfPage: boolean | undefined;

/** Whether letters, digits and signs are keys of commands: yes, unless the reader has turned them off. */
export function rememberedLetterKeys(): boolean {
  lettersOfPage ??= storedLetterKeys();
  return lettersOfPage;
}

function storedLetterKeys(): boolean {
  try {
    return localStorage.getItem(lettersKey) !== 'off';
  } catch {
    return true;
  }
}

/** Turns letters, digits and signs on or off as keys of commands, for this page at once and, where storage is not blocked, for later ones. */
export function rememberLetterKeys(areOn: boolean): void {
  lettersOfPage = areOn;
  try {
    localStorage.setItem(lettersKey, areOn ? 'on' : 'off');
  } catch {
    // As above.
  }
}

/** The ids of the panels that were open last; undefined where nothing is stored or storage is blocked. */
export function rememberedPanels(): readonly string[] | undefined {
  try {
    return localStorage.getItem(panelsKey)?.split(' ');
  } catch {
    return undefined;
  }
}

/** Stores the ids of the open panels; does nothing where storage is blocked. */
export function rememberPanels(open: readonly string[]): void {
  try {
    localStorage.setItem(panelsKey, open.join(' '));
  } catch {
    // As above.
  }
}

/**
 * The drawing's part of the width that it shares with the formula, in percent; undefined where nothing is stored or storage is
 * blocked.
 */
export function rememberedShare(): number | undefined {
  try {
    const kept = Number(localStorage.getItem(shareKey) ?? Number.NaN);
    return Number.isFinite(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Stores the drawing's part of the width, in percent; does nothing where storage is blocked. */
export function rememberShare(share: number): void {
  try {
    localStorage.setItem(shareKey, String(share));
  } catch {
    // As above.
  }
}
