import type { Cursor } from './navigation.ts';
import type { Session } from './session.ts';

/**
 * Goes to where a link leads. What lies further ahead than is run at once is trained first, in a thread of its own or in small pieces,
 * so that nobody waits with a page that does not answer. The promise is kept on arrival, false where the reader went elsewhere
 * meanwhile; undefined where the session is there already.
 */
export function travel(session: Session, cursor: Cursor): Promise<boolean> | undefined {
  const { program, training } = session;
  const frame = Math.ceil(cursor.step / program.size);
  if (frame <= session.reach) {
    session.take({ ...session.state, cursor });
    return undefined;
  }
  const { state } = session;
  training.start(frame - session.furthest);
  return new Promise((resolve) => {
    const leave = session.subscribe(() => {
      const isOver = training.status === 'ended' || training.status === 'idle';
      if (session.state === state && !isOver) return;
      leave();
      const isThere = session.state === state && frame <= session.reach;
      if (isThere) session.take({ ...state, cursor });
      resolve(isThere);
    });
  });
}
