import type { TrainingThread } from '../../src/session/training.ts';

/** Opens a worker to train in; a page's content policy may forbid it by an exception or by an error event. */
export function openTrainingThread(): TrainingThread | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module', name: 'training' });
}
