import { describe, expect, it } from 'vitest';
import { checkRewritten, type RewriteOutcome } from './testing/rewritten-claims.testing.ts';

/*
 * A thousand backward passes with a mistake, and a thousand with one line rewritten equivalently, on networks that are drawn
 * and differentiated without the engine; `npm run fuzz -- claims` tries more.
 */

const count = 1000;
const parts = 4;
const starts = Array.from({ length: parts }, (_, part) => (part * count) / parts);

/** What became of a part of the seeds; all that went wrong, each with its seed. */
function outcomes(start: number, kind: 'rearranged' | 'mistaken') {
  const found: Record<RewriteOutcome, number> = { refused: 0, accepted: 0, 'left out': 0 };
  const faults: string[] = [];
  for (let seed = start; seed < start + count / parts; seed++) {
    try {
      found[checkRewritten(seed, kind)] += 1;
    } catch (fault) {
      faults.push(`seed ${seed}, ${kind}: ${(fault as Error).message}`);
    }
  }
  expect(faults).toEqual([]);
  return found;
}

describe('a backward pass written by hand', () => {
  it.each(starts)(
    'with a mistake is neither accepted by check nor passed over by the page, from seed %i on',
    (start) => {
      expect(outcomes(start, 'mistaken').refused).toBeGreaterThan((0.6 * count) / parts);
    },
  );

  it.each(starts)('that is right is neither refused nor accused, from seed %i on', (start) => {
    expect(outcomes(start, 'rearranged').accepted).toBeGreaterThan((0.7 * count) / parts);
  });
});
