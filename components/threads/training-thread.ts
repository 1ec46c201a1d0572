import type { TrainingThread } from '../../src/session/training.ts';

/**
 * Opens a new worker for training, which the caller terminates; undefined where the browser has no workers. Where the content
 * policy forbids it, this throws or the worker gets an `error` event.
 */
export function openTrainingThread(): TrainingThread | undefined {
  if (typeof Worker === 'undefined') return undefined;
  return new Worker(new URL('./training-worker.ts', import.meta.url), { type: 'module', name: 'training' });
}
