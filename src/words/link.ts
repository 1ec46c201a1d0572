import { section } from './section.ts';

/** What is said of links that cannot be followed, or not wholly. */
export const linkWords = section('link', {
  nowhere: (reason: string) => `This link leads nowhere: ${reason}.`,
  noPlace: 'This link does not name a step.',
  beyond: (last: string) => `This link leads beyond the last step, ${last}.`,
  untrained: (frame: string, last: string) =>
    `This link leads to iteration ${frame}, and without training a run can be followed to iteration ${last}. Train that far, then open the link again.`,
  partly: (problems: string) => `Not everything in this link could be used. ${problems}`,
  stray: 'This link is about a model that is not on this page.',
  cut: 'This link has been cut short on its way, so nothing was changed. Ask for it once more.',
  damaged: 'This link has been damaged on its way, so nothing was changed. Ask for it once more.',
  newer:
    'This link was made by a newer version of this page, so nothing was changed. Reload the page, or open the link where it was made.',
  tooLarge: 'There is more in this link than a page can have made, so nothing was changed.',
  unsupported: 'This browser is too old to read this link; nothing was changed.',
  left: 'A part of it comes from a newer version of this page and was left out.',
  overtaken: 'You went on before this link was read, so it was not followed.',
  stepGone: (cell: string, operations: number) =>
    `${cell} takes ${operations} operations now; the step is the last of them.`,
  cellGone: (reason: string, frame: string) =>
    `The step is no more (${reason}); this is the beginning of iteration ${frame}.`,
  given: (cell: string) => `nothing computes ${cell}`,
  textChanged:
    'This link carries changes to the lesson’s formulas, and the lesson’s own have changed since, so nothing was changed.',
  textWrong: (problem: string) =>
    `The formulas in this link do not run here (${problem}), so nothing was changed.`,
  modelChanged: 'The lesson’s model has changed since this link was made.',
});
