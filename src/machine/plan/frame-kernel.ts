import type { Slot } from '../memory/layout.ts';

/**
 * Runs the frames of one program, with the same bits as stepping. It owns the memory it runs on: the first `layout.size` numbers
 * are a frame's memory as the layout says, the rest is the kernel's own.
 */
export interface FrameKernel {
  /** The memory; read and write it in place between runs. */
  readonly memory: Float64Array<ArrayBuffer>;
  /** The kind of implementation. */
  readonly kind: 'stepping' | 'tape' | 'typed arrays' | 'WebAssembly';
  /** The names of the optimizations that apply, for tests. */
  readonly optimizations: ReadonlySet<string>;
  /** Computes one frame from the data and the old versions in memory; afterwards every cell of it can be read. */
  run(): void;
  /**
   * Computes one frame for its results only, and makes them the next frame's old versions: afterwards the old versions hold the
   * renewed numbers, and the quantities selected by `isKept` hold this frame's values. The new versions and all other quantities
   * are undefined. A store is eliminated only where a non-finite number would make a renewed one non-finite, too, so checking
   * what is left misses no frame.
   *
   * Between calls only what enters a frame (samples, random numbers, the mode) may be written into memory; after anything else is
   * written, call `forget`.
   */
  advance(): void;
  /** Drops all cached knowledge about the numbers in memory. */
  forget(): void;
}

/** What decides whether a machine may use WebAssembly. */
export interface WebAssemblyUse {
  readonly precision: 'lesson' | 'full';
  readonly limits: Pick<KernelOptions, 'webAssembly'>;
}

/** Options for making a kernel. */
export interface KernelOptions {
  /** Whether the lesson's storing rules apply; false by default. */
  readonly rounded?: boolean;
  /** Whether `advance` leaves a quantity's values in memory; by default all but those that only updates read. */
  readonly isKept?: (slot: Slot) => boolean;
  /** Whether WebAssembly is used where the page's content policy allows it; true by default. */
  readonly webAssembly?: boolean;
}
