import { section } from '../section.ts';

/** The choice of precision, mode and digits. */
export const precisionWords = section('precision-bar', {
  computedWith: 'Computed with',
  lesson: 'Lecture rounding',
  lessonHint: 'Stored values are rounded as on the slides, and carried on so',
  full: 'Full precision',
  fullHint: 'Every value keeps all 64 bits',
  shownAs: 'Shown as',
  train: 'Training',
  trainHint: 'Each iteration as it is while training',
  evaluate: 'Evaluating',
  evaluateHint: 'The same iteration with the same parameters, but as the network is put to use',
  spoken: 'Spoken',
  short: 'short',
  shortHint: 'A screen reader says the number of a step and what it is',
  middle: 'middle',
  middleHint: 'A screen reader also says how the number was computed',
  detailed: 'full',
  detailedHint: 'A screen reader says all: the pass, the storing rule and the place of the step, too',
  digits: 'Significant digits',
  digitsHint: 'How many are shown of a number for which the lesson has no rule',
});
