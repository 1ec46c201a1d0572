import type { SlicedWork } from '../../machine/step/sliced-work.ts';

export type { SlicedWork } from '../../machine/step/sliced-work.ts';

/** How long a piece lasts before the page gets its thread back, in milliseconds. */
const sliceDuration = 12;

/** Does work bit by bit, so that the page stays alive; undefined once nobody wants it any more. */
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

/** As much as a piece lasts, and what was told last. */
function runSlice<Result>(work: SlicedWork<Result>): IteratorResult<number, Result> {
  const end = performance.now() + sliceDuration;
  let next = work.next();
  while (next.done !== true && performance.now() < end) next = work.next();
  return next;
}

/** The page's other work comes first. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A long piece of work that leaves the page alive: done bit by bit, with progress, and it can be cancelled. */
export class BackgroundTask<Result> {
  status: 'running' | 'done' | 'cancelled' | 'failed' = 'running';
  /** From 0 to 1. */
  progress = 0;
  result: Result | undefined;
  /** Why it could not go on, if it could not. */
  failure: string | undefined;
  private timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly work: SlicedWork<Result>,
    /** Told of every change. */
    private readonly onChange: (task: BackgroundTask<Result>) => void,
  ) {
    this.timer = setTimeout(() => this.advance(), 0);
  }

  /** Ends it where it is; nobody is told. */
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
