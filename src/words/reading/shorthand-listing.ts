import { section } from '../section.ts';

/** The listing of shorthand beside the formulas that it stands for. */
export const shorthandListingWords = section('shorthand-listing', {
  asWritten: 'Written',
  formulas: 'These formulas',
});
