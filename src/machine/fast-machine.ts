import '../formula/compile/data-cells.ts';
import { provideFastBackend } from './history/fast-backend.ts';
import { RecordedRange } from './history/recorded-range.ts';
import { fastKernel, fastStoringKernel } from './kernel/fast-kernels.ts';
import { provideTermVectors } from './step/term-vector.ts';
import { buildTermVector } from './step/term-vector-builder.ts';

/*
 * Frames of large models, fast and remembered, and samples that are computed when they enter one. Whoever imports this has it from
 * then on: programs that run in Node do so at their start, a page when it opens a large model or is to train, and a worker that
 * trains has it always.
 */
provideTermVectors(buildTermVector);
provideFastBackend({
  kernels: { frameKernel: fastKernel, storingKernel: fastStoringKernel },
  frameRange: (...parts) => new RecordedRange(...parts),
});
