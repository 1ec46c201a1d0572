import type { SearchThread } from '../../src/session/breakpoints/background-search.ts';

/** Opens a worker to search in; a page's content policy may forbid it by an exception or by an error event. */
export function openSearchThread(): SearchThread | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module', name: 'search' });
}
