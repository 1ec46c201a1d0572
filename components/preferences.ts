import type { Run } from '../src/machine/machine.ts';

const key = 'backstep:run';
const panelsKey = 'backstep:panels';

/** The run that the reader chose last; undefined where nothing is kept or storage is blocked. */
export function rememberedRun(): Run | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'full' || kept === 'lesson' ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function rememberRun(run: Run): void {
  try {
    if (localStorage.getItem(key) !== run) localStorage.setItem(key, run);
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
