import { section } from '../section.ts';

/** Arrays as grids of shades or of numbers. */
export const tensorGridWords = section('tensor-grid', {
  shownAs: 'Shown as',
  shades: 'shades',
  numbers: 'numbers',
  computed: 'computed',
  read: 'read',
  of: (shape: string, role: string) => `${shape}, ${role}`,
  notYet: 'not yet',
  nothing: 'nothing computed yet',
  range: (least: string, most: string) => `from ${least} to ${most}`,
  and: ' and ',
  computing: (cells: string) => `computing ${cells}`,
  reading: (cells: string) => `reading ${cells}`,
  grid: (name: string, range: string, now: string) =>
    `${name}, ${range}${now === '' ? '' : `; ${now}`}. The choice of numbers shows a table.`,
});
