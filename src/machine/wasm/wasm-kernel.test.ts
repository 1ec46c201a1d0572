import { describe, expect, it } from 'vitest';
import { difference, given, programOf, step } from '../agreement.testing.ts';
import { batchCases, sampledAdversaries } from '../batches.testing.ts';
import { Layout } from '../layout.ts';
import { leanPlan } from '../lean.ts';
import { planOf } from '../lowering.ts';
import {
  attention,
  convolution,
  gated,
  memory as lstm,
  type ModelCase,
  modelCases,
  perceptron,
} from '../models.testing.ts';
import { oddities } from '../oddities.testing.ts';
import { storeExactly } from '../store.ts';
import { wasmKernel } from './wasm-kernel.ts';

const random: ModelCase[] = Array.from({ length: 60 }, (_, n) => {
  const seed = 500 + n;
  const kinds = [perceptron, gated, convolution, attention, lstm];
  return { ...kinds[n % kinds.length](seed), name: `random model ${seed}` };
});

/** Frames with loops and without, whole ones and those that only lead on, against stepping. */
function compare({ name, text }: ModelCase, seeds: readonly number[]): void {
  const program = programOf(text);
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  const lean = leanPlan(whole, layout, () => false);
  const carry = (memory: Float64Array): void => {
    for (const { old, new: renewed } of layout.renewed)
      memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
  };
  const kernels = [1e9, ...(program.size < 4000 ? [1] : [])].map((operations) => {
    const kernel = wasmKernel(layout, operations, whole, lean);
    if (kernel === undefined) throw new Error(`no kernel for ${name}`);
    return kernel;
  });
  for (const seed of seeds) {
    const start = given(program, layout, seed);
    const first = start.slice();
    step(program, layout, first, storeExactly);
    const second = first.slice();
    carry(second);
    step(program, layout, second, storeExactly);
    for (const [n, kernel] of kernels.entries()) {
      const where = `${name}, ${['with', 'without'][n]} loops, numbers ${seed}`;
      kernel.memory.set(start);
      kernel.run();
      expect(difference(layout.slots, first, kernel.memory), where).toBeUndefined();
      kernel.memory.set(start);
      for (const [frame, expected] of [first, second].entries()) {
        kernel.advance();
        const renewed = expected.slice();
        carry(renewed);
        const kept = layout.slots.filter((slot) => slot.version === 'old' && !lean.elided.has(slot));
        const found = difference(kept, renewed, kernel.memory);
        expect(found, `${where}, frame ${frame + 1} on the way`).toBeUndefined();
      }
    }
  }
}

describe('WebAssembly gives every cell the bits of stepping', () => {
  it.each([...modelCases, ...oddities, ...batchCases, sampledAdversaries])('in $name', (one) => {
    compare(one, [0, 1, 2, 4, 8]);
  });

  it('in random models', () => {
    for (const [n, one] of random.entries()) compare(one, [1 + n]);
  }, 60_000);
});
