import { section } from '../section.ts';

/** The notices under the bar. */
export const noticeWords = section('notices', {
  close: 'Close',
  yours: 'These formulas are yours.',
  restore: 'Back to the lesson’s formulas',
  goThere: 'Go there',
  fault: (cell: string, step: number, of: number, value: string) =>
    `${cell} is not a finite number: step ${step} of ${of} stores ${value}. Everything after it is to be doubted.`,
});
