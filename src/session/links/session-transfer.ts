import type { Session } from '../session.ts';
import { applyPayload, payloadOf } from './full-link.ts';

/**
 * Gives a session of a rewritten model the reader's choices in the old one, as a link would: changed numbers, breakpoints, and
 * the place, found by its cell's name. Resolves once the session is there, with sentences about what does not fit the new model.
 */
export async function transferSession(from: Session, to: Session): Promise<readonly string[]> {
  const found = applyPayload(to, payloadOf(from));
  if ('message' in found) return [found.message];
  await found.arrival;
  return found.problems;
}
