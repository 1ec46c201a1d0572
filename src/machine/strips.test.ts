import { describe, expect, it } from 'vitest';
import { difference, given, programOf, step } from './agreement.testing.ts';
import { Layout } from './layout.ts';
import { planOf } from './lowering.ts';
import { attention, convolution, gated, memory as lstm, modelCases, perceptron } from './models.testing.ts';
import { oddities } from './oddities.testing.ts';
import { storeByRules, storeExactly } from './store.ts';
import { Strips } from './strips.ts';

describe('strips', () => {
  const cases = [...modelCases, ...oddities];
  it.each(cases)('give every cell the bits of stepping: $name', ({ text }) => {
    const program = programOf(text);
    const layout = new Layout(program.model);
    for (const store of [storeExactly, storeByRules(program.model)]) {
      const strips = new Strips(planOf(program, layout), layout.size, () =>
        store === storeExactly ? undefined : store,
      );
      for (const seed of [0, 1, 2, 3, 4, 8]) {
        const expected = given(program, layout, seed);
        strips.memory.set(expected);
        step(program, layout, expected, store);
        strips.run();
        expect(difference(layout, expected, strips.memory), `numbers ${seed}`).toBeUndefined();
      }
    }
  });
});
