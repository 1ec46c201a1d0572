import { section } from '../section.ts';

/** The table of all numbers. */
export const cellTableWords = section('cell-table', {
  rounded: 'Lecture rounding',
  full: 'Full precision',
  value: 'Value',
  cell: 'Cell',
  caption: 'All cells at this step. Those not computed yet show a dot.',
  go: (cell: string) => `Go to where ${cell} is computed; C changes it`,
  becomes: 'becomes',
  notYet: 'not yet',
});
