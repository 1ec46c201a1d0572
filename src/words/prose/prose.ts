import { section } from '../section.ts';

/** The text of a lesson, which goes along with the debugger. */
export const proseWords = section('prose', {
  above: 'The text on this step is further up',
  below: 'The text on this step is further down',
  here: 'The text is here',
  done: (phase: string) => `${phase}, stepped through`,
});
