/** Work in time slices: yields the share that is done (0 to 1; 0 where it is unknown) after each slice and returns the result. */
export type SlicedWork<Result> = Generator<number, Result>;

/** Does all of the work at once and returns its result. */
export function runToEnd<Result>(work: SlicedWork<Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
