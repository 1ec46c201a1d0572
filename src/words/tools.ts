import { section } from './section.ts';

/** The drawers under the stage. */
export const toolWords = section('tools', {
  tools: 'Tools',
  train: 'Train',
  formulas: 'Formulas',
  breakpoints: 'Breakpoints',
  why: 'Why?',
  watches: 'Watches',
  compare: 'Compare',
  gradient: 'Check the gradient',
  decision: 'Decision boundary',
  time: 'Through time',
  close: (title: string) => `Close: ${title}`,
  loading: 'A moment…',
  failed: 'This part could not be loaded. Is the page still connected?',
  again: 'Try again',
});
