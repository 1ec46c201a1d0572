import { section } from '../section.ts';

/** The course's first page. */
export const indexWords = section('index', {
  claim: 'Backpropagation, one operation at a time',
  what: 'A course that is its own debugger. Beside the text of every lesson stands a network whose forward pass, sensitivities and updates you step through, forwards and back again, with the very numbers that the lectures print.',
  begin: 'Begin with',
  minutes: (minutes: number) => `${minutes} minutes`,
  after: 'after',
});
