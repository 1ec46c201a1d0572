import { section } from '../section.ts';

/** The card around the compiler's messages about a model that cannot run. */
export const errorCardWords = section('error-card', {
  cannotRun: 'This model cannot run',
  mistakes: (count: number) =>
    count === 1 ? 'There is one mistake in it:' : `There are ${count} mistakes in it:`,
});
