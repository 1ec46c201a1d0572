import type { RunPrecision } from '../../src/machine/machine.ts';

const precisionKey = 'backstep:run';
const panelsKey = 'backstep:panels';
const shareKey = 'backstep:share';

/** The run that the reader chose last; undefined where nothing is kept or storage is blocked. */
export function rememberedPrecision(): RunPrecision | undefined {
  try {
    const kept = localStorage.getItem(precisionKey);
    return kept === 'full' || kept === 'lesson' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function rememberPrecision(precision: RunPrecision): void {
  try {
    if (localStorage.getItem(precisionKey) !== precision) localStorage.setItem(precisionKey, precision);
  } catch {
    // A page that may not store anything works all the same; the choice lasts until it is closed.
  }
}

/** The panels that the reader had open last; undefined where nothing is kept or storage is blocked. */
export function rememberedPanels(): readonly string[] | undefined {
  try {
    return localStorage.getItem(panelsKey)?.split(' ');
  } catch {
    return undefined;
  }
}

export function rememberPanels(open: readonly string[]): void {
  try {
    localStorage.setItem(panelsKey, open.join(' '));
  } catch {
    // As above.
  }
}

/** How much of the room the drawing has beside the formula, in percent; undefined where nothing is kept or storage is blocked. */
export function rememberedShare(): number | undefined {
  try {
    const kept = Number(localStorage.getItem(shareKey) ?? Number.NaN);
    return Number.isFinite(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function rememberShare(share: number): void {
  try {
    localStorage.setItem(shareKey, String(share));
  } catch {
    // As above.
  }
}
