import { section } from '../section.ts';

/** The less frequent step commands. */
export const moreCommandsWords = section('more-commands', {
  skip: 'pass dull steps',
  skipHint: 'Pass over multiplications by an exact 0 or 1 and additions of an exact 0',
  cell: 'cell',
  phase: 'pass',
  over: 'a whole function',
  out: 'out of a function',
  ends: 'start and end',
  run: 'breakpoint',
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
  followHint: 'With each step the text scrolls to what speaks of it; not after a link in the text',
  times: 'steps at a time',
  timesHint: 'How many steps one press is',
});
