/** Work that tells after each piece which share of it is done, if that is known, and in the end what came of it. */
export type SlicedWork<Result> = Generator<number, Result>;

/** Does all of it at once. */
export function runToEnd<Result>(work: SlicedWork<Result>): Result {
  for (;;) {
    const next = work.next();
    if (next.done === true) return next.value;
  }
}
