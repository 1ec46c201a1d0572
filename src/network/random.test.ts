import { describe, expect, it } from 'vitest';
import { verifyClaims } from '../check/claim-check.ts';
import {
  compareDirection,
  compareGradients,
  compareSchedule,
  rounding,
  schedulesOf,
} from './moment-comparison.testing.ts';
import { randomModel } from './random.testing.ts';

const models = 200;
const together = 5;
let onKinks = 0;

describe('random models in shorthand', () => {
  const firsts = Array.from({ length: models / together }, (_, n) => n * together + 1);
  it.each(firsts)('from seed %i', (first) => {
    for (let seed = first; seed < first + together; seed++) {
      const model = randomModel(seed);
      const schedules = schedulesOf(model);
      const schedule = schedules[Math.floor(seed / 2) % schedules.length];
      if (seed % 2 === 0) compareSchedule(model, 'full', schedule, 1, 300);
      else compareSchedule(rounding(model), 'lesson', schedule, 1, 300);
      if (!compareDirection(model, seed)) {
        onKinks += 1;
        compareGradients(model, 3);
      }
      expect(verifyClaims(model.text), `${model.name}\n${model.text}`).toEqual([]);
    }
  });

  it('hardly ever lie on a kink', () => expect(onKinks).toBeLessThan(models / 20));
});
