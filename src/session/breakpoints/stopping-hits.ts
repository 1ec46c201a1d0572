import type { Breakpoint } from './breakpoint.ts';

/**
 * The number of the first hit after hit `hits` (0: from the beginning) at which the breakpoint stops; hits count from 1.
 * Undefined where none does. Whether it is enabled does not matter.
 */
export function nextStoppingHit({ nth, every }: Breakpoint, hits: number): number | undefined {
  if (nth !== undefined) return hits < nth ? nth : undefined;
  return every === undefined ? hits + 1 : (Math.floor(hits / every) + 1) * every;
}

/**
 * The number, from 1, of the last hit among the first `hits` (inclusive) at which the breakpoint stops; undefined where none
 * does. Whether it is enabled does not matter.
 */
export function lastStoppingHit({ nth, every }: Breakpoint, hits: number): number | undefined {
  if (nth !== undefined) return nth <= hits ? nth : undefined;
  const last = every === undefined ? hits : Math.floor(hits / every) * every;
  return last > 0 ? last : undefined;
}
