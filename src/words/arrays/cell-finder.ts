import { section } from '../section.ts';

/** The field for a cell's name. */
export const cellFinderWords = section('cell-finder', {
  find: 'Show cell',
  show: 'Show',
  /** A message that begins with the cell's own name leaves it as it is written. */
  problem: (message: string) =>
    `${message.replace(/^(?:this|nothing) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))}.`,
});
