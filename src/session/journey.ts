import type { Lookout } from './lookout.ts';
import { bringTraining } from './requirements.ts';
import type { TrainingControl } from './training.ts';

/** What a journey needs to know of a session. */
interface Traveller {
  readonly state: object;
  readonly furthest: number;
  readonly training: TrainingControl;
  readonly lookout: Lookout;
  subscribe(listener: () => void): () => void;
}

/** The journeys that are going on. */
const going = new WeakMap<Traveller, () => void>();

/**
 * Runs a session's iterations up to one that lies further ahead than is run at once, in a thread of its own or in small pieces, so
 * that nobody waits with a page that does not answer; how far that is, the lookout tells. The promise is kept once they are run,
 * false where the reader went elsewhere meanwhile, or did not want to wait.
 */
export function travel(session: Traveller, frame: number): Promise<boolean> {
  going.get(session)?.();
  const { state, training, lookout } = session;
  return new Promise((resolve) => {
    let told = -1;
    let isRunning = false;
    const arrive = (isThere: boolean): void => {
      leave();
      going.delete(session);
      lookout.tell(undefined);
      resolve(isThere);
    };
    const cancel = (): void => {
      if (isRunning) training.cancel();
      arrive(false);
    };
    const begin = (): void => {
      if (going.get(session) !== cancel) return;
      training.start(frame - session.furthest);
      isRunning = true;
      look();
    };
    const look = (): void => {
      const { furthest } = session;
      if (session.state !== state) cancel();
      else if (isRunning && training.status !== 'running' && training.status !== 'paused')
        arrive(furthest >= frame);
      else if (furthest !== told) {
        // To tell it makes the session speak again.
        told = furthest;
        lookout.tell({ kind: 'run', frame: furthest, last: frame, cancel });
      }
    };
    const leave = session.subscribe(look);
    going.set(session, cancel);
    look();
    // Without what makes it fast it takes longer, and gets there all the same.
    bringTraining().then(begin, begin);
  });
}
