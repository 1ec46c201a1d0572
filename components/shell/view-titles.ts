import { section } from '../../src/words/section.ts';

/** Titles of tools and dialogs. They are shown before the views are loaded, which have their own words. */
export const titles = section('titles', {
  code: 'Pseudo-code',
  why: 'Why?',
  train: 'Train',
  examine: 'Examine',
  inputs: 'Change the numbers',
  cells: 'All numbers',
  formulas: 'Formulas',
  compare: 'Compare',
  gradient: 'Check the gradient',
  watches: 'Watches',
  breakpoints: 'Breakpoints',
  decision: 'Decision boundary',
  written: 'The shorthand and the formulas it stands for',
  takeAway: 'Take it away, as a program or as data',
  keys: 'Keys',
});

/** What stands on the tabs, and on the buttons of dialogs: the same in a word or two. */
export const tabs = section('tabs', {
  code: 'Code',
  why: 'Why?',
  train: 'Train',
  examine: 'Examine',
  inputs: 'Change',
  cells: 'Numbers',
  formulas: 'Formulas',
  compare: 'Compare',
  gradient: 'Check',
  watches: 'Watch',
  breakpoints: 'Stops',
  decision: 'Boundary',
  written: 'Shorthand',
  takeAway: 'Take it away',
  keys: 'Keys',
});
