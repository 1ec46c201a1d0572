import { section } from '../section.ts';

/** The field for a cell's name. */
export const cellFinderWords = section('cell-finder', {
  find: 'Show cell',
  show: 'Show',
  /** The message as a sentence; a cell's name at its start stays as written. */
  problem: (message: string) =>
    `${message.replace(/^(?:this|nothing) /, (word) => word.charAt(0).toUpperCase() + word.slice(1))}.`,
});
