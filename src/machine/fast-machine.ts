import '../formula/compile/data-cells.ts';
import { bringFastWays } from './history/fast-ways.ts';
import { FramesLayer } from './history/recorded-range.ts';
import { fastKernel, storingKernel } from './kernel/fast-kernels.ts';
import { blockOf } from './step/block.ts';
import { bringBlocks } from './step/blocks.ts';

/*
 * Frames of large models, fast and remembered, and samples that are computed when they enter one. Whoever imports this has it from
 * then on: programs that run in Node do so at their start, a page when it opens a large model or is to train, and a worker that
 * trains has it always.
 */
bringBlocks(blockOf);
bringFastWays({
  kernels: { frameKernel: fastKernel, storingKernel },
  layer: (...parts) => new FramesLayer(...parts),
});
