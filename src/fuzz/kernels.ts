import { examineGraph } from '../machine/testing/graph-trial.testing.ts';
import type { Subject } from './subject.ts';

/** Random models run by every kernel, compared bit by bit with the slow recorder. */
export const kernels: Subject = {
  about:
    'random models of formulas, in every way in which frames are computed: the slow recorder judges, bit by bit',
  count: 3000,
  start() {
    let [tried, compiled] = [0, 0];
    return {
      examine(seed) {
        tried += 1;
        if (examineGraph(seed)) compiled += 1;
      },
      summary: () => `${compiled} of ${tried} are models; each that failed is one, too`,
    };
  },
};
