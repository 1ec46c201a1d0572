import { section } from '../section.ts';

/** The field that overrides a number, and the bar that lists the reader's changes. */
export const whatIfWords = section('what-if', {
  what: 'What if it were …?',
  poke: (cell: string) => `What if ${cell} were`,
  renewed: (cell: string) => `What if ${cell} became`,
  edit: (cell: string) => `Change ${cell} to`,
  chosen: 'The sample that is shown',
  sample: (row: string) => `Sample ${row} of the data, as each iteration evaluates it.`,
  trainAgain: 'Back to the training',
  computed: (value: string, iteration: string) => `In iteration ${iteration}, where ${value} is computed.`,
  drawn: (value: string, iteration: string) => `In iteration ${iteration}, where ${value} is drawn.`,
  tryIt: 'Try it',
  asComputed: 'As computed',
  cancel: 'Cancel',
  holds: 'It holds',
  whole: 'in the whole run',
  fromHere: (iteration: string) => `from iteration ${iteration} on`,
  nothing: 'Point at a number, or take a step, and ask again.',
  changes: 'Your changes',
  changed: 'Changed:',
  none: 'These are the lesson’s numbers.',
  edited: (cell: string, value: string) => `${cell} = ${value}`,
  editedFrom: (cell: string, value: string, iteration: string) =>
    `${cell} = ${value} from iteration ${iteration} on`,
  poked: (cell: string, value: string, iteration: string) => `${cell} = ${value} in iteration ${iteration}`,
  more: (count: string) => `and ${count} more`,
  marked:
    'What differs from the lesson has a dotted line below it; under Numbers it is marked ≠, with the lesson’s number below.',
  revert: (change: string) => `Take back ${change}`,
  undo: 'Undo',
  redo: 'Redo',
  reset: 'Back to the lesson’s numbers',
  effect: (loss: string, now: string, lesson: string) =>
    `In this iteration ${loss} is ${now}; in the lesson ${lesson}.`,
  announced: (change: string) => `Changed: ${change}.`,
  undone: (change: string) => `Undone: ${change}.`,
  redone: (change: string) => `Done again: ${change}.`,
  restored: 'Back to the lesson’s numbers.',
  several: (count: string) => `${count} changes`,
});
