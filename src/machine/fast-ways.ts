import '../formula/data-cells.ts';
import { blockOf } from './block.ts';
import { bringBlocks } from './blocks.ts';
import { fastKernel, storingKernel } from './fast-kernels.ts';
import { FramesLayer } from './frames-layer.ts';
import { bringFastWays } from './kernel.ts';

/*
 * Frames of large models, fast and remembered, and samples that are computed when they enter one. Whoever imports this has it from
 * then on: programs that run in Node do so at their start, a page when it opens a large model or is to train, and a worker that
 * trains has it always.
 */
bringBlocks(blockOf);
bringFastWays({
  frameKernel: fastKernel,
  layer: (...parts) => new FramesLayer(...parts),
  storingKernel,
});
