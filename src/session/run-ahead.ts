import type { SearchStatus } from './breakpoints/search-status.ts';
import { loadTraining } from './requirements.ts';
import type { SessionState } from './state.ts';
import type { TrainingControl } from './training.ts';

/** What a journey needs to know of a session. */
interface RunAheadSession {
  readonly state: Pick<SessionState, 'cursor' | 'precision' | 'mode' | 'changes'>;
  /** The furthest iteration that is gone to without being trained. */
  readonly furthestReachable: number;
  readonly furthest: number;
  readonly training: TrainingControl;
  readonly searchStatus: SearchStatus;
  subscribe(listener: () => void): () => void;
}

/**
 * Runs a session's iterations up to one that lies further ahead than is run at once, in a thread of its own or in small pieces, so
 * that nobody waits with a page that does not answer; how far that is, the lookout tells. The promise is kept once they are run, or
 * training has ended at a number that is not finite, which is the same from there on; false where the reader went elsewhere
 * meanwhile, or did not want to wait. What the reader trains themselves goes on.
 */
export function runAhead(session: RunAheadSession, frame: number): Promise<boolean> {
  const { training, searchStatus, state } = session;
  const hasLeft = (): boolean => {
    const now = session.state;
    return (['cursor', 'precision', 'mode', 'changes'] as const).some((key) => now[key] !== state[key]);
  };
  // One thing after the other: whatever was looked for, or run up to, before.
  searchStatus.progress?.cancel();
  return new Promise((resolve) => {
    let reported = -1;
    let isRunning = false;
    let isOver = false;
    const isTraining = training.status === 'running' || training.status === 'paused';
    const finish = (isThere: boolean): void => {
      isOver = true;
      leave();
      searchStatus.report(undefined);
      resolve(isThere);
    };
    const cancel = (): void => {
      if (isRunning && !isTraining) training.cancel();
      finish(false);
    };
    const update = (): void => {
      if (isOver) return;
      const { furthest, furthestReachable } = session;
      const hasEnded = isRunning && training.status !== 'running' && training.status !== 'paused';
      if (hasLeft()) cancel();
      else if (furthest >= frame) finish(true);
      else if (hasEnded) finish(training.fault !== undefined && frame <= furthestReachable);
      else if (furthest !== reported) {
        // To tell it makes the session speak again.
        reported = furthest;
        searchStatus.report({ kind: 'run', frame: furthest, last: frame, cancel });
      }
    };
    const begin = (): void => {
      if (isOver) return;
      if (isTraining && training.target >= frame) training.resume();
      else training.start(frame - session.furthest);
      isRunning = true;
      update();
    };
    const leave = session.subscribe(update);
    update();
    // Without what makes it fast it takes longer, and gets there all the same.
    loadTraining().then(begin, begin);
  });
}
