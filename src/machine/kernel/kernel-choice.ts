import { type Formula, sizeOf } from '../../formula/model.ts';
import type { Program } from '../../program/program.ts';
import type { Layer, LayerStart, Surroundings } from '../history/frame-range.ts';
import type { Layout, Slot } from '../memory/layout.ts';
import { type Store, storeByRules, storeExactly } from '../memory/store.ts';
import { plainKernel } from '../step/stepping-kernel.ts';

/**
 * What runs the frames of one program, bit for bit as stepping does. It owns the memory it runs on: the first
 * `layout.size` numbers are a frame's memory as the layout says, what follows is the kernel's own.
 */
export interface FrameKernel {
  readonly memory: Float64Array<ArrayBuffer>;
  /** What it runs on. */
  readonly kind: 'stepping' | 'tape' | 'typed arrays' | 'WebAssembly';
  /** The names of the fast ways that were found, for tests. */
  readonly ways: ReadonlySet<string>;
  /** Computes one frame from the data and the old versions in memory; every cell of it can be read afterwards. */
  run(): void;
  /**
   * Computes one frame for its results only, and makes them the next frame's old versions: afterwards the old versions
   * hold what the frame has renewed, and the small quantities (`isKept`) hold this frame's values. The new versions and
   * the larger quantities hold nothing in particular. A quantity that is not written is one that would make a renewed
   * one not finite if it were not finite itself, so looking for what is not finite in what is there misses no frame.
   *
   * Between calls only what enters a frame (samples, random numbers, the mode) may be written into memory; after
   * anything else is written, say so by `forget`.
   */
  advance(): void;
  /** What is known about the numbers in memory no longer holds. */
  forget(): void;
}

export interface KernelOptions {
  /** Whether the lesson's storing rules hold. */
  readonly rounded?: boolean;
  /** Whether `advance` leaves a computed quantity in memory; by default all but what only updates read. */
  readonly isKept?: (slot: Slot) => boolean;
  /** Whether WebAssembly is used where the page's content policy allows it; it is if nothing is said. */
  readonly webAssembly?: boolean;
}

/** What large models need and small ones do without: a page loads it (`fast-ways.ts`) when there is a use for it. */
export interface FastWays {
  frameKernel(program: Program, layout: Layout, options: KernelOptions): FrameKernel;
  layer(around: Surroundings, start: LayerStart, budget: number): Layer;
  storingKernel(
    program: Program,
    layout: Layout,
    store: Store,
    isStored: (formula: Formula) => boolean,
  ): FrameKernel;
}

let brought: FastWays | undefined;

/** The fast ways, once they are loaded. */
export const fastWays = (): FastWays | undefined => brought;

/** From now on, frames are run in fast ways; `fast-ways.ts` says so when it is loaded. */
export function bringFastWays(ways: FastWays | undefined): void {
  brought = ways;
}

/** Operations of a frame, and cells of an array, from which on fast ways are worth being loaded. */
const mostOperations = 1000;
const mostCells = 1024;

/** Whether a program is to be run in fast ways only: it takes long, or has arrays that are not noted in every frame. */
export const needsFastWays = ({ size, model }: Program): boolean =>
  size > mostOperations || [...model.quantities.values()].some(({ shape }) => sizeOf(shape) > mostCells);

/** A kernel that writes what `store` makes of each value; a faster one asks it for some formulas only. */
export function storingKernel(
  program: Program,
  layout: Layout,
  store: Store,
  isStored: (formula: Formula) => boolean,
): FrameKernel {
  if (brought === undefined || !needsFastWays(program)) return plainKernel(program, layout, store);
  return brought.storingKernel(program, layout, store, isStored);
}

/** The best kernel for a program that there is so far: they all give the same bits. */
export function frameKernel(program: Program, layout: Layout, options: KernelOptions = {}): FrameKernel {
  if (brought !== undefined) return brought.frameKernel(program, layout, options);
  return plainKernel(program, layout, options.rounded ? storeByRules(program.model) : storeExactly);
}
