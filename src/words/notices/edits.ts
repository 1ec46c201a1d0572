import { section } from '../section.ts';

/** Messages about changes of numbers that are not possible. */
export const editWords = section('edits', {
  empty: 'Type a number; the old one stays until then.',
  notNumber: 'This is not a number. Write it like 0.35 or -1.2e-3, with a point.',
  infinite: 'Only finite numbers can be computed with.',
  tooLarge: (most: string) => `This is larger than ${most}; nothing sensible would come of it.`,
  computed: (cell: string) => `${cell} is computed; what if it came out otherwise in this iteration?`,
  given: (cell: string) => `${cell} is given, not computed; it can be changed from this iteration on.`,
  noCell: (cell: string) => `There is no cell ${cell}.`,
  noFrame: (frame: string) => `There is no iteration ${frame}.`,
  mode: (cell: string) => `${cell} follows from training or evaluating; choose that instead.`,
});
