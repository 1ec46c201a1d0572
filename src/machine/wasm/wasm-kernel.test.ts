import { afterEach, describe, expect, it, vi } from 'vitest';
import { operations } from '../../formula/operation.ts';
import type { Program } from '../../program/program.ts';
import { fastKernel } from '../kernel/fast-kernels.ts';
import { Inputs } from '../memory/inputs.ts';
import { Layout } from '../memory/layout.ts';
import { storeExactly } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { planOf } from '../plan/lowering.ts';
import { trainingPlan } from '../plan/training-plan.ts';
import { difference, given, programOf, stepFrame } from '../testing/agreement.testing.ts';
import { batchCases, sampledAdversaries } from '../testing/batches.testing.ts';
import {
  attentionCase,
  convolutionCase,
  gated,
  memoryCase as lstm,
  type ModelCase,
  modelCases,
  perceptron,
  SeededNumbers,
} from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { type WasmCode, wasmCode, wasmKernel } from './wasm-kernel.ts';

const random: ModelCase[] = Array.from({ length: 60 }, (_, n) => {
  const seed = 500 + n;
  const kinds = [perceptron, gated, convolutionCase, attentionCase, lstm];
  return { ...kinds[n % kinds.length](seed), name: `random model ${seed}` };
});

/** The memory of the first frame, with odd numbers in some places and samples where there are none. */
function begin(program: Program, layout: Layout, seed: number): Float64Array {
  const memory = given(program, layout, seed);
  const entered = new Float64Array(layout.size);
  new Inputs(program.model, layout).write(entered, 1);
  return memory.map((number, at) => (Object.is(number, 0) ? entered[at] : number));
}

/** Frames with loops and without, whole ones and those that only advance, against stepping. */
function compare({ name, text }: ModelCase, seeds: readonly number[]): void {
  const program = programOf(text);
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  const training = trainingPlan(whole, layout, () => false);
  const carry = (memory: Float64Array): void => {
    for (const { old, new: renewed } of layout.renewed)
      memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
  };
  const kernels = [1e9, ...(program.size < 4000 ? [1] : [])].map((operations) => {
    const code = wasmCode(layout, operations, whole, () => training);
    const kernel = code && wasmKernel(code);
    if (kernel === undefined) throw new Error(`no kernel for ${name}`);
    return kernel;
  });
  for (const seed of seeds) {
    const start = begin(program, layout, seed);
    const first = start.slice();
    stepFrame(program, layout, first, storeExactly);
    const second = first.slice();
    carry(second);
    stepFrame(program, layout, second, storeExactly);
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
        const kept = layout.slots.filter((slot) => slot.version === 'old' && !training.eliminated.has(slot));
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
  }, 600_000);
});

/** Layers as in a net for handwritten digits, smaller, with sizes that are no multiples of anything. */
const numbers = new SeededNumbers(5);
const digits: ModelCase = {
  name: 'digits',
  text: `
sample x = ${numbers.array([9, 67])}
sample t = ${numbers.array([9, 5])}
batch n = 7
param W1 = ${numbers.array([23, 67])}
param b1 = ${numbers.array([23])}
param W2 = ${numbers.array([5, 23])}
eta = 0.1
forward
  h[j] = relu(sum(i: W1[j,i] * x[i]) + b1[j])
  y[k] = sum(j: W2[k,j] * h[j])
  top = max(k: y[k])
  e[k] = exp(y[k] - top)
  p[k] = e[k] / sum(m: e[m])
  best = argmax(k: p[k])
  L = sum(k: -t[k] * log(p[k]))
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]`,
};

describe('every operation gives the bits of the table of operations', () => {
  const unusual = [0, -0, NaN, Infinity, -Infinity, 1, -1, 1e300, -1e-300, 5e-324, 0.3, -7.25];
  const pairs = unusual.flatMap((a) => unusual.map((b) => [a, b] as const));
  const shape = `[${pairs.map(() => 1)}]`;
  it.each(Object.entries(operations))('%s', (_, { arity, code, evaluate }) => {
    const value = arity === 1 ? code('a[i]', '') : code('a[i]', 'b[i]');
    const program = programOf(`given a = ${shape}\ngiven b = ${shape}\nforward\n  y[i] = ${value}`);
    const layout = new Layout(program.model);
    const whole = planOf(program, layout);
    const training = trainingPlan(whole, layout, () => true);
    for (const size of [1, 1e9]) {
      const kernel = wasmKernel(wasmCode(layout, size, whole, () => training) as WasmCode) as FrameKernel;
      const at = (quantity: string) => layout.slot(quantity, 'old').offset;
      pairs.forEach(([a, b], n) => {
        kernel.memory[at('a') + n] = a;
        kernel.memory[at('b') + n] = b;
      });
      kernel.run();
      const wrong = pairs.filter(([a, b], n) => !Object.is(kernel.memory[at('y') + n], evaluate(a, b)));
      expect(wrong).toEqual([]);
    }
  });
});

describe('the kernel of a program', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });
  const program = programOf(digits.text);
  const layout = new Layout(program.model);

  it('is WebAssembly, large or small, bit for bit', () => {
    expect([...fastKernel(program, layout).optimizations]).toEqual(['whole frames']);
    const small = programOf(modelCases[0].text);
    expect([...fastKernel(small, new Layout(small.model)).optimizations]).toEqual(['whole frames']);
    compare(digits, [0, 1, 2, 3, 4, 8, 12]);
  });

  it('is another where storing rules hold', () => {
    const rounded = programOf(modelCases[0].text);
    const kernel = fastKernel(rounded, new Layout(rounded.model), { rounded: true });
    expect(kernel.kind).not.toBe('WebAssembly');
  });

  it('runs whole frames where no more WebAssembly is to be had', () => {
    const whole = planOf(program, layout);
    const code = wasmCode(layout, program.size, whole, () =>
      trainingPlan(whole, layout, () => true),
    ) as WasmCode;
    const kernel = wasmKernel({ ...code, advance: () => undefined }) as FrameKernel;
    const expected = given(program, layout, 2);
    kernel.memory.set(expected);
    for (let frame = 0; frame < 2; frame++) {
      kernel.advance();
      stepFrame(program, layout, expected, storeExactly);
      for (const { old, new: renewed } of layout.renewed)
        expected.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
      expect(difference(layout.slots, expected, kernel.memory)).toBeUndefined();
    }
  });

  const refusals = {
    'there is no WebAssembly': undefined,
    'the policy refuses it': {
      ...Object.fromEntries(
        Object.getOwnPropertyNames(WebAssembly).map((name) => [name, Reflect.get(WebAssembly, name)]),
      ),
      Module: class {
        constructor() {
          throw new WebAssembly.CompileError('refused by the content policy');
        }
      },
    },
  };
  it('is asked for once where the policy refuses it', async () => {
    const refused = vi.spyOn(WebAssembly, 'Module').mockImplementation(function refuse() {
      throw new WebAssembly.CompileError('refused by the content policy');
    });
    vi.resetModules();
    const fresh = await import('../kernel/fast-kernels.ts');
    for (let n = 0; n < 2; n++) expect(fresh.fastKernel(program, layout).kind).not.toBe('WebAssembly');
    expect(refused).toHaveBeenCalledTimes(1);
    refused.mockRestore();
  });

  it.each(Object.entries(refusals))('is another where %s, with the same bits', async (_, stub) => {
    const start = given(program, layout, 2);
    const first = start.slice();
    stepFrame(program, layout, first, storeExactly);
    vi.stubGlobal('WebAssembly', stub);
    vi.resetModules();
    const fresh = await import('../kernel/fast-kernels.ts');
    const kernel = fresh.fastKernel(program, layout);
    expect([...kernel.optimizations]).not.toContain('whole frames');
    kernel.memory.set(start);
    kernel.run();
    expect(difference(layout.slots, first, kernel.memory)).toBeUndefined();
  });
});
