import '../formula/compile/data-cells.ts';
import { provideFastBackend } from './history/fast-backend.ts';
import { RecordedRange } from './history/recorded-range.ts';
import { fastKernel, fastStoringKernel } from './kernel/fast-kernels.ts';
import { provideTermVectors } from './step/term-vector.ts';
import { buildTermVector } from './step/term-vector-builder.ts';
import { threadLimits } from './wasm/permission.ts';

/*
 * The fast backend: fast kernels, recorded frames and sample data that is computed when it enters a frame. Importing this file
 * provides all of it from then on. Programs in Node import it at their start, a page when it opens a large model or starts
 * training, and a training worker always.
 */
provideTermVectors(buildTermVector);
provideFastBackend({
  kernels: { frameKernel: fastKernel, storingKernel: fastStoringKernel },
  threadLimits,
  frameRange: (...parts) => new RecordedRange(...parts),
});
