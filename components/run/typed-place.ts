import { formatCount } from '../../src/number/format.ts';
import type { Session } from '../../src/session/session.ts';
import { typedPlaceWords as words } from '../../src/words/run/typed-place.ts';

/** Goes to the step of the present iteration that a reader has typed; returns a message where there is none. */
export function goToTypedStep(session: Session, text: string): string | undefined {
  const { size } = session.program;
  if (!/^\d+$/.test(text)) return words.wholeStep(size);
  if (Number(text) > size) return words.noStep(text, size);
  session.goTo(session.machine.stepAt(session.moment.frame, Number(text)));
  return undefined;
}

/** Goes to the same step of the iteration that a reader has typed; returns a message where it cannot be gone to. */
export function goToTypedIteration(session: Session, text: string): string | undefined {
  const { furthestReachable, furthest } = session;
  if (!/^[1-9]\d*$/.test(text)) return words.wholeIteration;
  if (Number(text) > furthestReachable) return words.untrained(formatCount(furthest), Math.max(1, furthest));
  session.goToFrame(Number(text));
  return undefined;
}
