import { section } from '../section.ts';

/** What a window of a large array shows, and the buttons that move it. */
export const arrayWindowWords = section('array-window', {
  slices: 'slice',
  rows: 'rows',
  columns: 'columns',
  entries: 'entries',
  slice: (indices: string) => `slice [${indices},·,·]`,
  row: (at: number, size: string) => `row ${at} of ${size}`,
  rowsOf: (low: number, high: number, size: string) => `rows ${low}–${high} of ${size}`,
  column: (at: number, size: string) => `column ${at} of ${size}`,
  columnsOf: (low: number, high: number, size: string) => `columns ${low}–${high} of ${size}`,
  entry: (at: number, size: string) => `entry ${at} of ${size}`,
  entriesOf: (low: number, high: number, size: string) => `entries ${low}–${high} of ${size}`,
  next: (what: string, name: string) => `Next ${what} of ${name}`,
  previous: (what: string, name: string) => `Previous ${what} of ${name}`,
});
