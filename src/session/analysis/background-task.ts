import type { SlicedWork } from '../../machine/step/sliced-work.ts';
import { nextTask } from './next-task.ts';

export type { SlicedWork } from '../../machine/step/sliced-work.ts';

/** How long a time slice lasts before the page gets its thread back, in milliseconds. */
const sliceDuration = 12;

/**
 * Does work in time slices of 12 ms, so that the page stays responsive; its progress is not reported. `isWanted` is asked
 * before each slice, also the first; the result is undefined once it returns false. What the work throws rejects the promise.
 */
export async function runInSlices<Result>(
  work: SlicedWork<Result>,
  isWanted: () => boolean,
): Promise<Result | undefined> {
  while (isWanted()) {
    const next = runSlice(work);
    if (next.done === true) return next.value;
    await nextTask();
  }
  return undefined;
}

/** Runs one time slice; returns the last progress, or the result. */
function runSlice<Result>(work: SlicedWork<Result>): IteratorResult<number, Result> {
  const end = performance.now() + sliceDuration;
  let next = work.next();
  while (next.done !== true && performance.now() < end) next = work.next();
  return next;
}

/** Long work done in time slices of 12 ms, with progress. It starts by itself, in a later task, and can be cancelled. */
export class BackgroundTask<Result> {
  /** `running` from the beginning; the other three are final. */
  status: 'running' | 'done' | 'cancelled' | 'failed' = 'running';
  /** From 0 to 1. */
  progress = 0;
  /** Defined once `status` is `done`. */
  result: Result | undefined;
  /** What the work has thrown, as text, where `status` is `failed`. */
  failure: string | undefined;
  private timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly work: SlicedWork<Result>,
    /** Called after every time slice; not after `cancel`. */
    private readonly onChange: (task: BackgroundTask<Result>) => void,
  ) {
    this.timer = setTimeout(() => this.advance(), 0);
  }

  /** Ends it where it is, without calling `onChange`. Does nothing once it has ended. */
  cancel(): void {
    if (this.status !== 'running') return;
    clearTimeout(this.timer);
    this.status = 'cancelled';
  }

  private advance(): void {
    try {
      const next = runSlice(this.work);
      if (next.done === true) {
        this.status = 'done';
        this.progress = 1;
        this.result = next.value;
      } else this.progress = next.value;
    } catch (error) {
      this.status = 'failed';
      this.failure = String(error);
    }
    if (this.status === 'running') this.timer = setTimeout(() => this.advance(), 0);
    this.onChange(this);
  }
}
