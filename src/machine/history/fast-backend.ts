import type { FastKernels } from '../kernel/kernel-choice.ts';
import type { WebAssemblyUse } from '../plan/frame-kernel.ts';
import type { FrameRange, RangeContext, RangeStart } from './frame-range.ts';

/** What large models and training need and small models do without; a page loads it (`fast-machine.ts`) when it needs it. */
export interface FastBackend {
  /** Kernels faster than the stepping kernel, with the same bits. */
  readonly kernels: FastKernels;
  /** A machine's limits for one like it in another thread: see machine/wasm/permission.ts. */
  threadLimits<Own extends WebAssemblyUse>(machine: Own): Own['limits'];
  /** Creates a frame range that records its frames; `budget` is in bytes. */
  frameRange(around: RangeContext, start: RangeStart, budget: number): FrameRange;
}

let provided: FastBackend | undefined;

/** The fast backend; undefined until it is loaded. */
export const fastBackend = (): FastBackend | undefined => provided;

/**
 * Sets the backend that machines made later use; `fast-machine.ts` calls it when it is loaded. Tests pass undefined to remove it.
 */
export function provideFastBackend(backend: FastBackend | undefined): void {
  provided = backend;
}
