import { section } from '../section.ts';

/**
 * Changes of numbers (given ones are edited from an iteration on, computed ones overridden in one iteration): their marks, and
 * messages about invalid ones.
 */
export const changeWords = section('changes', {
  empty: 'Type a number; the old one stays until then.',
  notNumber: 'This is not a number. Write it like 0.35 or -1.2e-3, with a point.',
  infinite: 'Only finite numbers can be computed with.',
  tooLarge: (most: string) => `This is larger than ${most}; nothing sensible would come of it.`,
  computed: (cell: string) => `${cell} is computed; what if it came out otherwise in this iteration?`,
  given: (cell: string) => `${cell} is given, not computed; it can be changed from this iteration on.`,
  noCell: (cell: string) => `There is no cell ${cell}.`,
  noFrame: (frame: string) => `There is no iteration ${frame}.`,
  whatIf: 'What if it were …?',
  storedWith: (rule: string) => `stored with ${rule}`,
  poked: 'stored: your number',
  lesson: (value: string) => `In the lesson: ${value}`,
  differs: 'differs from the lesson',
  inLesson: 'in the lesson',
  mode: (cell: string) => `${cell} follows from training or evaluating; choose that instead.`,
});
