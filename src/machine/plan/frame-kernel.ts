import type { Slot } from '../memory/layout.ts';

/**
 * What runs the frames of one program, bit for bit as stepping does. It owns the memory it runs on: the first
 * `layout.size` numbers are a frame's memory as the layout says, what follows is the kernel's own.
 */
export interface FrameKernel {
  readonly memory: Float64Array<ArrayBuffer>;
  /** What it runs on. */
  readonly kind: 'stepping' | 'tape' | 'typed arrays' | 'WebAssembly';
  /** The names of the fast ways that were found, for tests. */
  readonly optimizations: ReadonlySet<string>;
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

/** How a kernel is to be made. */
export interface KernelOptions {
  /** Whether the lesson's storing rules hold. */
  readonly rounded?: boolean;
  /** Whether `advance` leaves a computed quantity in memory; by default all but what only updates read. */
  readonly isKept?: (slot: Slot) => boolean;
  /** Whether WebAssembly is used where the page's content policy allows it; it is if nothing is said. */
  readonly webAssembly?: boolean;
}
