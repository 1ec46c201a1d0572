import { section } from '../section.ts';

/** Training for many iterations. */
export const trainingWords = section('training', {
  train: 'Train',
  pause: 'Pause',
  goOn: 'Go on',
  trainFor: 'Train for',
  watch: 'Watch',
  watchHint: 'Play forwards by whole iterations, in all views; any key stops it',
  watchBack: 'Play backwards by whole iterations, in all views; any key stops it',
  rateOf: (name: string) => `${name}, from here on`,
  iterations: 'iterations',
  cancel: 'Cancel',
  rate: (perSecond: string) => `, ${perSecond} a second`,
  failed: (why: string) => `Training could not go on: ${why}`,
  stopped: (iteration: string, cell: string, value: string) =>
    `Stopped at iteration ${iteration}: ${cell} became ${value}.`,
  untrained: 'Nothing is trained yet. Every step of what is trained can be visited afterwards.',
  nothing: 'Nothing is trained yet.',
  trained: (iterations: string) => `${iterations} iterations are trained.`,
  pausedAt: (iteration: string, of: string) => `Paused at iteration ${iteration} of ${of}`,
  at: (iteration: string, of: string) => `Iteration ${iteration} of ${of}`,
  training: 'Training',
  byIteration: 'by iteration',
  lossAt: (iteration: string, loss: string) => `; at ${iteration}: ${loss}`,
  iteration: 'Iteration',
  scrubbed: (iteration: number, of: number) => `iteration ${iteration} of ${of}`,
  loss: (loss: string) => `, loss ${loss}`,
  inNumbers: 'The same in numbers',
  inPart: (rows: string, all: string) => `The same in numbers: ${rows} of ${all} iterations`,
  notWhole: 'Type a whole number of iterations, such as 100.',
  atMost: (count: string) => `At most ${count} in one go; more can follow.`,
});
