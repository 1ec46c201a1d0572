import { section } from '../section.ts';

/** The less frequent step commands. */
export const moreCommandsWords = section('more-commands', {
  skip: 'pass dull steps',
  skipHint: 'Pass over multiplications by an exact 0 or 1 and additions of an exact 0',
  term: 'term',
  formula: 'formula',
  sample: 'sample',
  update: 'update',
  iteration: 'iteration',
  epoch: 'epoch',
  jumpBack: (step: string) => `back to step ${step}`,
  pace: 'pace',
  slow: 'slow',
  steady: 'steady',
  quick: 'quick',
  fast: 'fast',
  follow: 'text follows',
  followHint: 'While it plays, the text scrolls to what speaks of the step',
  times: 'steps at a time',
  timesHint: 'How many steps one press is',
});
