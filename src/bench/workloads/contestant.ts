/** Something that trains a workload's net: the plain loop, the engine, a peer. */
export interface Contestant {
  readonly name: string;
  /** How far its loss may lie from the plain loop's, relatively; 1e-9 where left out, more for single precision. */
  readonly tolerance?: number;
  /** Where it trains in another way than the workload says: how. Its loss is then compared before training only. */
  readonly deviation?: string;
  /** Back to the workload's first weights; not timed. */
  start(): void | Promise<void>;
  /** So many frames more: forward, backward, update. */
  train(frames: number): void | Promise<void>;
  /** The mean loss of the samples that are next, at the weights as they are now. Called once, after the last frame. */
  loss(): number | Promise<number>;
}

/** The numbers a model's text declares, row by row, by the quantity's name. */
export type Data = (name: string) => Float64Array;
