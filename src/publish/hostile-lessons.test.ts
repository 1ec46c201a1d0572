import { describe, expect, it } from 'vitest';
import { tryHostileLesson } from './hostile-lessons.testing.ts';

describe('the page of a hostile lesson', () => {
  const [count, part] = [200, 20];
  it.each(Array.from({ length: count / part }, (_, at) => at * part))(
    'holds nothing that no page may hold, and says what it left out, from seed %i on',
    (from) => {
      for (let seed = from; seed < from + part; seed++) {
        try {
          tryHostileLesson(seed);
        } catch (fault) {
          throw new Error(
            `again: npm run fuzz -- lessons --from ${seed} --count 1\n${(fault as Error).message}`,
            { cause: fault },
          );
        }
      }
      expect(from).toBeLessThan(count);
    },
  );
});
