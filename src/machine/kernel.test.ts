import { describe, expect, it } from 'vitest';
import { difference, given, programOf, step } from './agreement.testing.ts';
import { type FrameKernel, stripKernel, tapeKernel } from './kernel.ts';
import { Layout } from './layout.ts';
import { leanPlan } from './lean.ts';
import { planOf } from './lowering.ts';
import {
  attention,
  convolution,
  gated,
  memory as lstm,
  type ModelCase,
  modelCases,
  perceptron,
} from './models.testing.ts';
import { oddities } from './oddities.testing.ts';
import { roundedQuantities, storeByRules, storeExactly } from './store.ts';

const makers = { strips: stripKernel, tape: tapeKernel };

/** Random models by seed: mostly nets, and some of everything that has indices in odd places. */
const random: ModelCase[] = Array.from({ length: 200 }, (_, n) => {
  const seed = 100 + n;
  const kinds = [perceptron, perceptron, perceptron, gated, convolution, attention, perceptron, lstm];
  return { ...kinds[n % kinds.length](seed), name: `random model ${seed}` };
});

/** Runs a program in every way and compares it with stepping: whole frames, and frames that only lead on. */
function compare({ text }: ModelCase, seeds: readonly number[]): void {
  const program = programOf(text);
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  for (const rounded of [false, true]) {
    const rules = rounded ? roundedQuantities(program.model) : new Set<string>();
    const store = rounded ? storeByRules(program.model) : storeExactly;
    // Nothing is kept that need not be, so that leaving out is tried on small models too.
    const lean = leanPlan(whole, layout, ({ name }) => rules.has(name));
    const kernels = Object.entries(makers).map(([way, make]) => {
      const kernel = make(layout, whole, lean, ({ formula }) =>
        rules.has(formula.target) ? store : undefined,
      );
      return [way, kernel as FrameKernel] as const;
    });
    for (const seed of seeds) {
      const start = given(program, layout, seed);
      const first = start.slice();
      step(program, layout, first, store);
      const second = first.slice();
      carry(layout, second);
      step(program, layout, second, store);
      for (const [way, kernel] of kernels) {
        const where = `${way}, ${rounded ? 'rounded' : 'exact'}, numbers ${seed}`;
        kernel.memory.set(start);
        kernel.forget();
        kernel.run();
        expect(difference(layout.slots, first, kernel.memory), where).toBeUndefined();
        kernel.memory.set(start);
        kernel.forget();
        for (const [frame, expected] of [first, second].entries()) {
          kernel.advance();
          const renewed = expected.slice();
          carry(layout, renewed);
          const kept = layout.slots.filter((slot) => slot.version === 'old' && !lean.elided.has(slot));
          expect(
            difference(kept, renewed, kernel.memory),
            `${where}, frame ${frame + 1} on the way`,
          ).toBeUndefined();
        }
      }
    }
  }
}

/** What a frame has renewed becomes old. */
function carry(layout: Layout, memory: Float64Array): void {
  for (const { old, new: renewed } of layout.renewed)
    memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
}

describe('every kernel gives every cell the bits of stepping', () => {
  it.each([...modelCases, ...oddities])('in $name', (one) => {
    compare(one, [0, 1, 2, 4, 8]);
  });

  it('in 200 random models', () => {
    for (const [n, one] of random.entries()) compare(one, [1 + n]);
  }, 60_000);
});
