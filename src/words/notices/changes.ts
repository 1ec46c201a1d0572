import { section } from '../section.ts';

/** Marks of changed numbers: given ones are edited from an iteration on, computed ones overridden in one iteration. */
export const changeWords = section('changes', {
  storedWith: (rule: string) => `stored with ${rule}`,
  poked: 'stored: your number',
  lesson: (value: string) => `In the lesson: ${value}`,
  differs: 'differs from the lesson',
  inLesson: 'in the lesson',
});
