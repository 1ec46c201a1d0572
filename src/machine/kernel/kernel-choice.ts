import { type Formula, sizeOf } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layout } from '../memory/layout.ts';
import { type Store, storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel, KernelOptions } from '../plan/frame-kernel.ts';
import { steppingKernel } from '../step/stepping-kernel.ts';

/** Beyond this many operations in a frame, or cells in an array, loading the fast backend pays. */
const mostOperations = 1000;
const mostCells = 1024;

/**
 * Whether a program should run only with the fast backend: its frames take long (over 1000 operations), or it has an array too
 * large to record in every frame (over 1024 cells).
 */
export const needsFastBackend = ({ size, model }: Program): boolean =>
  size > mostOperations || [...model.quantities.values()].some(({ shape }) => sizeOf(shape) > mostCells);

/** The kernels of the fast backend, with the same bits as the stepping kernel; see `frameKernel` and `storingKernel` below. */
export interface FastKernels {
  frameKernel(program: Program, layout: Layout, options: KernelOptions): FrameKernel;
  storingKernel(
    program: Program,
    layout: Layout,
    store: Store,
    isStored: (formula: Formula) => boolean,
  ): FrameKernel;
}

/**
 * A kernel, on a new memory, that stores what `store` returns for values as they are written: a fast one for a large program if
 * `fast` is loaded, else the stepping kernel. That passes every value, a fast one only those of the formulas selected by
 * `isStored`; `store` must leave all others unchanged. Call `run`, not `advance`.
 */
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

/**
 * The best kernel for a program, on a new memory: a fast one if `fast` is given, else the stepping kernel. All give the same
 * bits.
 */
export function frameKernel(
  program: Program,
  layout: Layout,
  options: KernelOptions,
  fast: FastKernels | undefined,
): FrameKernel {
  if (fast !== undefined) return fast.frameKernel(program, layout, options);
  return steppingKernel(program, layout, options.rounded ? storeByRules(program.model) : storeExactly);
}
