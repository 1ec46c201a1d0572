/** Something that is tried with many random inputs. */
export interface Subject {
  /** A sentence for the command's help: what is drawn, and what checks it. */
  readonly about: string;
  /** How many seeds are tried by default. */
  readonly count: number;
  /** Prepares what all trials share, such as a browser. */
  start(): Trials | Promise<Trials>;
}

/** A subject that has been started. */
export interface Trials {
  /**
   * Tries the input drawn from a seed (an integer from 0); throws an Error with everything needed to understand it if something
   * is wrong.
   */
  examine(seed: number): void | Promise<void>;
  /** A line for the end of the run, such as the slowest seed. */
  summary?(): string;
  /** Releases what `start` prepared. */
  stop?(): void | Promise<void>;
}
