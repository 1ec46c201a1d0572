import type { Session } from './session.ts';

/**
 * Has a session stand at the end of the last iteration that a training, which has been started, runs, once it has reached its target.
 * A reader who has moved on meanwhile stays where they are, as does one whose training was cancelled or came to no finite number.
 */
export function standAtItsEnd(session: Session): void {
  const { state, training } = session;
  const stop = session.subscribe(() => {
    if (session.state === state && training.status !== 'ended') return;
    stop();
    const { furthest, program } = session;
    const hasArrived = furthest >= training.target && training.fault === undefined;
    if (session.state === state && hasArrived)
      // Those who are told of the training's end are told before the session moves.
      queueMicrotask(() => session.goToCursor(session.cursorAt(furthest * program.size)));
  });
}
