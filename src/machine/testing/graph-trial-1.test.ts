import { expect, it } from 'vitest';
import { examineGraphs } from './graph-trial.testing.ts';

// In files of their own, so that they are tried side by side; `npm run fuzz -- kernels` goes on.
it('every way to compute a frame gives the recorder’s bits in the first 250 random graphs', () => {
  expect(examineGraphs(0, 250)).toBeGreaterThan(200);
}, 3_600_000);
