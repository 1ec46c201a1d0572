import { carriedBy, takeOver } from './sealed-link.ts';
import type { Session } from './session.ts';

/**
 * Takes over to a session of a rewritten model what the reader had chosen in the old one, just as a link would: all numbers that were
 * changed, breakpoints, and the place, by the words of its cell. In words, what makes no sense there any more.
 */
export function keep(from: Session, to: Session): readonly string[] {
  const found = takeOver(to, carriedBy(from));
  return 'message' in found ? [found.message] : found.problems;
}
