import type { Contestant, Data } from '../workloads/contestant.ts';
import type { Net } from '../workloads/net.ts';

/** A library from the package registry that trains nets. */
export interface Peer {
  readonly name: string;
  /** The packages it needs, each pinned to a version. */
  readonly packages: Readonly<Record<string, string>>;
  /** Loads the library. Throws if it does not run here. */
  load(packages: Packages): Promise<Loaded>;
}

/** A loaded library. */
export interface Loaded {
  /** Its contestants for a workload, one for each of its backends, or why it cannot take part. */
  contestants(net: Net, data: Data): readonly Contestant[] | string;
  /** Something a reader of the results should know. */
  readonly note?: string;
}

/** Access to the installed packages. */
export interface Packages {
  /** Imports a package by name. */
  load(name: string): Promise<unknown>;
  /** The folder of a package, with a separator at the end. */
  folder(name: string): string;
}

/** The relative tolerance for single precision: about seven digits, some of which are lost in the computation. */
export const singleTolerance = 1e-4;
