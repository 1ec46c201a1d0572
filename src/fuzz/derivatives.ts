import { checkGraphDerivatives } from '../machine/testing/graph-derivatives.testing.ts';
import type { Subject } from './subject.ts';

/** Derivatives derived for random models, compared with difference quotients. */
export const derivatives: Subject = {
  about: 'derivatives found for random models of formulas, judged by difference quotients',
  count: 10_000,
  start() {
    let [agreeing, undecided] = [0, 0];
    return {
      examine(seed) {
        const judged = checkGraphDerivatives(seed);
        agreeing += judged.agreeing;
        undecided += judged.undecided;
      },
      summary: () =>
        `${agreeing} cells of derivatives are right; at ${undecided} a difference quotient decides nothing`,
    };
  },
};
