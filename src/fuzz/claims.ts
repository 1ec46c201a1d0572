import { checkRewritten } from '../check/testing/rewritten-claims.testing.ts';
import type { Subject } from './subject.ts';

/** Rewritten or wrong backward passes, checked as claims; a dual-number evaluation is the reference. */
export const claims: Subject = {
  about: 'backward passes rewritten or with a mistake, judged by dual numbers',
  count: 10_000,
  start() {
    const counts = new Map<string, number>();
    return {
      examine(seed) {
        for (const kind of ['rearranged', 'mistaken'] as const) {
          const key = `${kind} ${checkRewritten(seed, kind)}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      },
      summary: () => [...counts].map(([key, count]) => `${key}: ${count}`).join(', '),
    };
  },
};
