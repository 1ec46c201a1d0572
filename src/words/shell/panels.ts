import { section } from '../section.ts';

/** The panels below the stage. */
export const panelWords = section('panels', {
  debugger: 'Debugger',
  skip: 'Skip the instrument',
  end: 'End of the instrument',
  fullScreen: 'Full screen',
  code: 'Pseudo-code',
  cells: 'All numbers',
  inputs: 'Change the numbers',
  asWritten: 'Written',
  formulas: 'These formulas',
  written: 'The shorthand and the formulas it stands for',
});
