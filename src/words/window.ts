import { section } from './section.ts';

/** A window on a large array. */
export const windowWords = section('window', {
  slices: 'slice',
  rows: 'rows',
  columns: 'columns',
  entries: 'entries',
  next: (what: string, name: string) => `Next ${what} of ${name}`,
  previous: (what: string, name: string) => `Previous ${what} of ${name}`,
});
