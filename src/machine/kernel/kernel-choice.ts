import { type Formula, sizeOf } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout } from '../memory/layout.ts';
import { type Store, storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel, KernelOptions } from '../plan/frame-kernel.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';

/** Operations of a frame, and cells of an array, from which on fast ways are worth being loaded. */
const mostOperations = 1000;
const mostCells = 1024;

/** Whether a program is to be run in fast ways only: it takes long, or has arrays that are not noted in every frame. */
export const needsFastBackend = ({ size, model }: Program): boolean =>
  size > mostOperations || [...model.quantities.values()].some(({ shape }) => sizeOf(shape) > mostCells);

/** The fast kernels, which large models need and small ones do without. */
export interface FastKernels {
  frameKernel(program: Program, layout: Layout, options: KernelOptions): FrameKernel;
  storingKernel(
    program: Program,
    layout: Layout,
    store: Store,
    isStored: (formula: Formula) => boolean,
  ): FrameKernel;
}

/** A kernel that writes what `store` makes of each value; a faster one, where there is one, asks it for some formulas only. */
export function storingKernel(
  program: Program,
  layout: Layout,
  store: Store,
  isStored: (formula: Formula) => boolean,
  fast: FastKernels | undefined,
): FrameKernel {
  if (fast === undefined || !needsFastBackend(program)) return steppingKernel(program, layout, store);
  return fast.storingKernel(program, layout, store, isStored);
}

/** The best kernel for a program out of those that are loaded: they all give the same bits. */
export function frameKernel(
  program: Program,
  layout: Layout,
  options: KernelOptions,
  fast: FastKernels | undefined,
): FrameKernel {
  if (fast !== undefined) return fast.frameKernel(program, layout, options);
  return steppingKernel(program, layout, options.rounded ? storeByRules(program.model) : storeExactly);
}
