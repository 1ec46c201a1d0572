import { section } from '../section.ts';

/** Full links that are damaged or no longer fit the model. */
export const fullLinkWords = section('full-link', {
  untrained: (frame: string, last: string) =>
    `This link leads to iteration ${frame}, and without training a run can be followed to iteration ${last}. Train that far, then open the link again.`,
  cut: 'This link has been cut short on its way, so nothing was changed. Ask for it once more.',
  damaged: 'This link has been damaged on its way, so nothing was changed. Ask for it once more.',
  newer:
    'This link was made by a newer version of this page, so nothing was changed. Reload the page, or open the link where it was made.',
  tooLarge: 'There is more in this link than a page can have made, so nothing was changed.',
  unsupported: 'This browser is too old to read this link; nothing was changed.',
  newerPart: 'A part of it comes from a newer version of this page and was left out.',
  stepGone: (cell: string, operations: number) =>
    `${cell} takes ${operations} operations now; the step is the last of them.`,
  cellGone: (reason: string, frame: string) =>
    `The step is no more (${reason}); this is the beginning of iteration ${frame}.`,
  given: (cell: string) => `nothing computes ${cell}`,
  textChanged:
    'This link carries changes to the lesson’s formulas, and the lesson’s own have changed since, so nothing was changed.',
  modelChanged: 'The lesson’s model has changed since this link was made.',
});
