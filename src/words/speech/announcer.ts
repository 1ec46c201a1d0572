import { section } from '../section.ts';

/** What is announced, but for the step itself. A `phase` may be empty. */
export const announcerWords = section('announcer', {
  on: (phase: string, step: string) => (phase === '' ? step : `${phase}: ${step}`),
  back: (phase: string, step: string) => `Back${phase === '' ? '' : ` to ${phase}`}: ${step}`,
  phase: (phase: string) => `${phase}.`,
  paused: (step: string) => `Paused: ${step}`,
  start: 'This is the start.',
  end: 'This is the end.',
  lesson: 'Lecture rounding.',
  full: 'Full precision.',
  train: 'As in training.',
  evaluate: 'As in evaluation.',
  sample: (row: string) => `Sample ${row}, as it is evaluated.`,
});
