/** Something that trains a workload's net: the plain loop, the engine, or a peer. */
export interface Contestant {
  readonly name: string;
  /** The largest relative difference of its loss from the plain loop's; 1e-9 if absent, more for single precision. */
  readonly tolerance?: number;
  /** How it trains differently from the workload, if it does. Its loss is then compared before training only. */
  readonly deviation?: string;
  /** Returns to the workload's initial weights and first batch; not timed. */
  start(): void | Promise<void>;
  /** Trains this many more frames: forward, backward, update. */
  train(frames: number): void | Promise<void>;
  /** The mean loss of the next samples at the current weights. May advance the training: called once, after the last frame. */
  loss(): number | Promise<number>;
}

/** The numbers that a model's text declares, row by row, by the quantity's name. */
export type Data = (name: string) => Float64Array;
