import type { SearchStatus } from './breakpoints/search-status.ts';
import { loadTraining } from './requirements.ts';
import type { SessionState } from './state.ts';
import type { TrainingControl } from './training.ts';

/** What running ahead needs of a session. */
interface RunAheadSession {
  readonly state: Pick<SessionState, 'cursor' | 'precision' | 'mode' | 'changes'>;
  /** The furthest frame that can be gone to without training. */
  readonly furthestReachable: number;
  /** The furthest frame that has been run. */
  readonly furthest: number;
  readonly training: TrainingControl;
  readonly searchStatus: SearchStatus;
  subscribe(listener: () => void): () => void;
}

/**
 * Runs a session's frames up to `frame` (from 1), in a thread of its own or in time slices, so that the page stays responsive;
 * reports progress to the search status, after cancelling an earlier search or run ahead there. Training that is going on is
 * used: resumed where it is paused, replaced where its target is below `frame`; it goes on when the run ahead is cancelled.
 *
 * Resolves to true once the frames are run, or once training has ended at a number that is not finite and `frame` is within
 * `furthestReachable`, so that it can be shown all the same. To false where training has ended otherwise (it failed or was
 * cancelled, or `frame` is beyond reach), and where the reader cancelled or went elsewhere: another cursor, precision, mode, or
 * other changes.
 */
export function runAhead(session: RunAheadSession, frame: number): Promise<boolean> {
  const { training, searchStatus, state } = session;
  const hasLeft = (): boolean => {
    const now = session.state;
    return (['cursor', 'precision', 'mode', 'changes'] as const).some((key) => now[key] !== state[key]);
  };
  // Ends an earlier search or run ahead.
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
        // Reporting it notifies the session's listeners again, this function among them.
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
    // Without the fast backend it takes longer, and gets there all the same.
    loadTraining().then(begin, begin);
  });
}
