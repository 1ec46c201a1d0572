import { section } from '../section.ts';

/** Links that cannot be followed, or only in part. */
export const linkWords = section('link', {
  nowhere: (reason: string) => `This link leads nowhere: ${reason}.`,
  noPlace: 'This link does not name a step.',
  beyond: (last: string) => `This link leads beyond the last step, ${last}.`,
  partly: (problems: string) => `Not everything in this link could be used. ${problems}`,
  more: (count: string) => `And ${count} more.`,
  onTheWay: 'This link leads far ahead; the iterations up to there are being run.',
  stray: 'This link is about a model that is not on this page.',
  overtaken: 'You went on before this link was read, so it was not followed.',
  textWrong: (problem: string) =>
    `The formulas in this link do not run here (${problem}), so nothing was changed.`,
});
