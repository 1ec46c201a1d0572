/** Something that is tried with many inputs drawn at random. */
export interface Subject {
  /** In a sentence: what is drawn, and who judges. */
  readonly about: string;
  /** How many are tried unless another number is asked for. */
  readonly count: number;
  /** Starts what all trials share, such as a browser. */
  start(): Trials | Promise<Trials>;
}

/** Trials that have been started. */
export interface Trials {
  /** Tries what a seed (a whole number from 0) draws; throws where something is wrong, with all it takes to see it. */
  examine(seed: number): void | Promise<void>;
  /** What is to be told at the end, such as the slowest. */
  summary?(): string;
  /** Ends what was started. */
  stop?(): void | Promise<void>;
}
