import type { FastKernels } from '../kernel/kernel-choice.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';

/** What large models need and small ones do without: a page loads it (`fast-machine.ts`) when there is a use for it. */
export interface FastBackend {
  readonly kernels: FastKernels;
  /** Frames in a row that are remembered; `budget` is in bytes. */
  frameRange(around: RangeContext, start: RangeStart, budget: number): FrameRange;
}

let provided: FastBackend | undefined;

/** The fast ways, once they are loaded. */
export const fastBackend = (): FastBackend | undefined => provided;

/** From now on, frames are run in fast ways; `fast-machine.ts` says so when it is loaded. */
export function provideFastBackend(backend: FastBackend | undefined): void {
  provided = backend;
}
