import type { SearchThread } from '../../src/session/breakpoints/background-search.ts';

/**
 * Opens a new worker for breakpoint search, which the caller terminates; undefined where the browser has no workers. Where the
 * content policy forbids it, this throws or the worker gets an `error` event.
 */
export function openSearchThread(): SearchThread | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module', name: 'search' });
}
