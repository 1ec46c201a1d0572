import { section } from '../section.ts';

/** A recurrent model unrolled in time. */
export const unrolledTimeWords = section('unrolled-time', {
  moment: (at: number) => `moment ${at}`,
  shown: (low: number, high: number, of: number) => `moments ${low}–${high} of ${of}`,
  earlier: 'Earlier moments',
  later: 'Later moments',
  picture: (moments: number, now: string) =>
    `The same formulas at ${moments} moments, each reading the one before.${now === '' ? '' : ` Now computing ${now}.`} A table of the same numbers follows.`,
  legend: 'Beside a number stands the derivative of the loss with respect to it, once it is there.',
  inNumbers: 'The same in numbers',
  cell: 'cell',
  notYet: 'not yet',
});
