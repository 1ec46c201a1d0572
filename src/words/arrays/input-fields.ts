import { section } from '../section.ts';

/** The panel of given numbers, weights and rates. */
export const inputFieldsWords = section('input-fields', {
  find: 'Change cell',
  hint: 'Change any number: everything that depends on it follows.',
  reset: 'Back to the lesson’s numbers',
  holds: 'A new number holds',
  whole: 'in the whole run',
  fromHere: (iteration: string) => `from iteration ${iteration} on`,
  begins: 'These are the numbers with which the run begins.',
  finds: (iteration: string) => `These are the numbers that iteration ${iteration} finds.`,
  lesson: 'lesson:',
  later: (value: string, iteration: string) => `${value} from iteration ${iteration} on`,
});
