import type { Lookout } from './breakpoints/search-status.ts';
import { bringTraining } from './requirements.ts';
import type { State } from './state.ts';
import type { TrainingControl } from './training.ts';

/** What a journey needs to know of a session. */
interface Traveller {
  readonly state: Pick<State, 'cursor' | 'run' | 'mode' | 'changes'>;
  /** The furthest iteration that is gone to without being trained. */
  readonly reach: number;
  readonly furthest: number;
  readonly training: TrainingControl;
  readonly lookout: Lookout;
  subscribe(listener: () => void): () => void;
}

/**
 * Runs a session's iterations up to one that lies further ahead than is run at once, in a thread of its own or in small pieces, so
 * that nobody waits with a page that does not answer; how far that is, the lookout tells. The promise is kept once they are run, or
 * training has ended at a number that is not finite, which is the same from there on; false where the reader went elsewhere
 * meanwhile, or did not want to wait. What the reader trains themselves goes on.
 */
export function travel(session: Traveller, frame: number): Promise<boolean> {
  const { training, lookout, state } = session;
  const hasLeft = (): boolean => {
    const now = session.state;
    return (['cursor', 'run', 'mode', 'changes'] as const).some((key) => now[key] !== state[key]);
  };
  // One thing after the other: whatever was looked for, or run up to, before.
  lookout.search?.cancel();
  return new Promise((resolve) => {
    let told = -1;
    let isRunning = false;
    let isOver = false;
    const isTraining = training.status === 'running' || training.status === 'paused';
    const arrive = (isThere: boolean): void => {
      isOver = true;
      leave();
      lookout.tell(undefined);
      resolve(isThere);
    };
    const cancel = (): void => {
      if (isRunning && !isTraining) training.cancel();
      arrive(false);
    };
    const look = (): void => {
      if (isOver) return;
      const { furthest, reach } = session;
      const hasEnded = isRunning && training.status !== 'running' && training.status !== 'paused';
      if (hasLeft()) cancel();
      else if (furthest >= frame) arrive(true);
      else if (hasEnded) arrive(training.fault !== undefined && frame <= reach);
      else if (furthest !== told) {
        // To tell it makes the session speak again.
        told = furthest;
        lookout.tell({ kind: 'run', frame: furthest, last: frame, cancel });
      }
    };
    const begin = (): void => {
      if (isOver) return;
      if (isTraining && training.target >= frame) training.resume();
      else training.start(frame - session.furthest);
      isRunning = true;
      look();
    };
    const leave = session.subscribe(look);
    look();
    // Without what makes it fast it takes longer, and gets there all the same.
    bringTraining().then(begin, begin);
  });
}
