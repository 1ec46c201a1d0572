import type { FastKernels } from '../kernel/kernel-choice.ts';
import type { Layer, LayerStart, Surroundings } from './frame-range.ts';

/** What large models need and small ones do without: a page loads it (`fast-machine.ts`) when there is a use for it. */
export interface FastWays {
  readonly kernels: FastKernels;
  /** Frames in a row that are remembered; `budget` is in bytes. */
  layer(around: Surroundings, start: LayerStart, budget: number): Layer;
}

let brought: FastWays | undefined;

/** The fast ways, once they are loaded. */
export const fastWays = (): FastWays | undefined => brought;

/** From now on, frames are run in fast ways; `fast-machine.ts` says so when it is loaded. */
export function bringFastWays(ways: FastWays | undefined): void {
  brought = ways;
}
