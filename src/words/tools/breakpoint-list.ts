import { section } from '../section.ts';

/** The list of breakpoints. */
export const breakpointListWords = section('breakpoint-list', {
  where: 'Stop where',
  add: 'Add',
  hint: (formula: string, cells: string, condition: string) =>
    `a line (${formula}), cells (${cells}), a pass (backward), or what has to hold (${condition})`,
  examples: 'For example',
  column: (column: number, message: string) => `At character ${column}: ${message}.`,
  twice: 'This breakpoint is there already.',
  empty: 'There are none yet. A click beside a line of the code sets one, too.',
  list: 'Breakpoints',
  on: (text: string) => `Stop at ${text}`,
  formula: 'line',
  cells: 'cells',
  phase: 'pass',
  condition: 'condition',
  which: (text: string) => `Which hits of ${text} stop the run`,
  each: 'each time',
  nth: 'only the n-th time, n =',
  every: 'every n-th time, n =',
  count: (text: string) => `n for ${text}`,
  wholeCount: 'Type a whole number from 1, such as 3.',
  remove: (text: string) => `Remove: ${text}`,
  back: 'Back to the stop before',
  further: 'On to the next stop',
  unresolved: 'means nothing in this model any more:',
});
