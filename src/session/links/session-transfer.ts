import type { Session } from '../session.ts';
import { applyPayload, payloadOf } from './full-link.ts';

/**
 * Takes over to a session of a rewritten model what the reader had chosen in the old one, just as a link would: all numbers that were
 * changed, breakpoints, and the place, by the words of its cell; kept once it is there. In words, what makes no sense there any more.
 */
export async function transferSession(from: Session, to: Session): Promise<readonly string[]> {
  const found = applyPayload(to, payloadOf(from));
  if ('message' in found) return [found.message];
  await found.arrival;
  return found.problems;
}
