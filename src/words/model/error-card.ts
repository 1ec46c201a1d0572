import { section } from '../section.ts';

/** Around the compiler's own messages. */
export const errorCardWords = section('error-card', {
  cannotRun: 'This model cannot run',
  mistakes: (count: number) =>
    count === 1 ? 'There is one mistake in it:' : `There are ${count} mistakes in it:`,
});
