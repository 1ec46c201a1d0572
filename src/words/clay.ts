import { section } from './section.ts';

/** Writing the model's formulas in the page. */
export const clayWords = section('clay', {
  tool: 'Formulas',
  editor: 'The model’s formulas',
  apply: 'Apply',
  restore: 'Back to the lesson’s formulas',
  restored: 'These are the lesson’s formulas again.',
  discard: 'Forget the changes',
  keys: 'Escape leaves the text, Tab goes on, Control Space suggests names, \\delta becomes δ.',
  draft: 'Changed, and not applied yet: the debugger runs what stood here before.',
  running: 'This is what the debugger runs.',
  overtaken: 'The model has changed meanwhile. What you have typed is still here, and not applied.',
  expansion: 'The formulas that this stands for',
  reading: 'A moment…',
  mistakes: (count: number) => (count === 1 ? '1 mistake' : `${count} mistakes`),
  place: (line: number, column: number) => `line ${line}, column ${column}`,
  unchanged: 'The debugger still runs what was applied before.',
  yours: 'These formulas are yours.',
  applied: 'These formulas are yours now.',
  kept: (what: string) => `Kept: ${what}.`,
  lost: (what: string) => `Not kept: ${what}`,
  placeLost: (why: string) => `your place in the run, since ${why}`,
  numberLost: (cell: string, why: string) => `${cell}: ${why}`,
  failed: 'The formulas could not be read: a part of the page could not be loaded. Is it still connected?',
});
