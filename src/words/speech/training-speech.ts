import { section } from '../section.ts';

/** Training, as announced. */
export const trainingSpeechWords = section('training-speech', {
  loss: (loss: string) => ` The loss is ${loss}.`,
  running: (target: number) => `Training, to iteration ${target}.`,
  paused: (frame: number, target: number, loss: string) =>
    `Training paused at iteration ${frame} of ${target}.${loss}`,
  stopped: (frame: number, cell: string) =>
    `Training stopped at iteration ${frame}: ${cell} is not a finite number.`,
  ended: (frame: number, loss: string) => `Training ended at iteration ${frame}.${loss}`,
});
