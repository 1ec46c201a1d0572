import { section } from './section.ts';

/** The field for a cell's name. */
export const finderWords = section('finder', {
  find: 'Show cell',
  show: 'Show',
  problem: (message: string) => `${message}.`,
  computed: (cell: string) => `${cell} is computed; only given numbers can be changed.`,
});
