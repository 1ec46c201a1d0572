import { changeWords } from '../words/changes.ts';
import { clayWords as words } from '../words/clay.ts';
import { nameOf } from './changes.ts';
import { placeOf } from './link.ts';
import { stepOfPlace } from './place.ts';
import type { Session } from './session.ts';

/**
 * Takes over to a session of a rewritten model what the reader had chosen in the old one: run, mode, digits, the numbers that were
 * changed, and the place, by the words of its cell. In words, what makes no sense there any more.
 */
export function keep(from: Session, to: Session): string[] {
  const lost: string[] = [];
  const { state } = from;
  to.setRun(state.run);
  to.setDigits(state.digits);
  if (to.hasModes) to.setMode(state.mode);
  // What the new model cannot read says so in its place.
  to.setWatches(state.watches);
  for (const change of to.setChanges(from.changes))
    lost.push(words.numberLost(nameOf(change), changeWords.refused));
  const place = placeOf(from);
  const found = stepOfPlace(to.program, place);
  if ('step' in found) to.goTo(Math.min(found.step, to.end));
  else {
    lost.push(words.placeLost(`${found.message}.`));
    to.goTo(Math.max(0, place.frame - 1) * to.program.size);
  }
  return lost;
}
