import type { Contestant, Data } from '../workloads/contestant.ts';
import type { Net } from '../workloads/net.ts';

/** A library from the registry that trains nets. */
export interface Peer {
  readonly name: string;
  /** What is installed for it, each pinned to a version. */
  readonly packages: Readonly<Record<string, string>>;
  /** Loads it, once. Throws where it does not run here. */
  load(packages: Packages): Promise<Loaded>;
}

export interface Loaded {
  /** The peer in a workload, once for each of its backends, or why it cannot take part. */
  contestants(net: Net, data: Data): readonly Contestant[] | string;
  /** What else a reader should know. */
  readonly note?: string;
}

/** Where the packages of the peers lie. */
export interface Packages {
  load(name: string): Promise<unknown>;
  /** The folder of a package. */
  folder(name: string): string;
}

/** Single precision: about seven digits, and some are lost on the way. */
export const singleTolerance = 1e-4;
