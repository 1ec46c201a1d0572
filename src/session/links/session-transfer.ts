import type { Session } from '../session.ts';
import { applyPayload, payloadOf } from './full-link.ts';

/**
 * Gives a session of a rewritten model the reader's choices in the old one, as a link would: changed numbers, breakpoints,
 * watches, settings, and the place, found by its cell's name. Resolves once the session is there, or the reader went elsewhere,
 * with sentences about what does not fit the new model; empty where all does. Where the place is out of reach in the new model,
 * or a list is longer than links may have, nothing at all is transferred, and the only sentence is the reason.
 */
export async function transferSession(from: Session, to: Session): Promise<readonly string[]> {
  const found = applyPayload(to, payloadOf(from));
  if ('message' in found) return [found.message];
  await found.arrival;
  return found.problems;
}
