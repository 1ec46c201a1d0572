import '../formula/data-cells.ts';
import { fastKernel, storingKernel } from './fast-kernels.ts';
import { bringFastWays } from './kernel.ts';
import { Sweep } from './sweep.ts';

/*
 * Frames of large models, fast, and samples that are computed when they enter one. Whoever imports this has them from then on: programs that run in Node do so at their start, a page
 * when it opens a large model or is to train, and a worker that trains has them always.
 */
bringFastWays({
  frameKernel: fastKernel,
  storingKernel,
  sweeper: (...parts) => new Sweep(...parts),
});
