/** How long, in milliseconds, a reader rests before what changed is written, and the least time between two writings. */
export const [rest, gap] = [300, 334];

/** The clock and the timers of a page; a test has its own. */
export interface Clock {
  now(): number;
  after(milliseconds: number, act: () => void): number;
  cancel(timer: number): void;
}

const pageClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, act) => window.setTimeout(act, milliseconds),
  cancel: (timer) => window.clearTimeout(timer),
};

/**
 * Writes what a reader changes once the reader rests: `rest` after the last change, and never twice within `gap`, since browsers
 * limit how often a page may change its address.
 */
export class RestingWriter {
  private timer: number | undefined;
  private written = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly write: () => void,
    private readonly clock: Clock = pageClock,
  ) {}

  /** Whether something has changed that is not written. */
  get isPending(): boolean {
    return this.timer !== undefined;
  }

  /** Something has changed. */
  changed(): void {
    this.drop();
    const wait = Math.max(rest, this.written + gap - this.clock.now());
    this.timer = this.clock.after(wait, () => this.flush());
  }

  /** Writes at once what has changed, if anything has. */
  flush(): void {
    if (!this.isPending) return;
    this.drop();
    this.written = this.clock.now();
    this.write();
  }

  /** Forgets what has changed. */
  drop(): void {
    if (this.timer !== undefined) this.clock.cancel(this.timer);
    this.timer = undefined;
  }
}
