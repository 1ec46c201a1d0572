import { describe, expect, it } from 'vitest';
import { type OperationName, operation, operations } from '../../formula/operation.ts';
import { Layout } from '../memory/layout.ts';
import { roundedQuantities, storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { planOf } from '../plan/lowering.ts';
import { trainingPlan } from '../plan/training-plan.ts';
import { difference, given, programOf, stepFrame } from '../testing/agreement.testing.ts';
import {
  attentionCase,
  convolutionCase,
  gated,
  lecture,
  memoryCase as lstm,
  type ModelCase,
  modelCases,
  perceptron,
  SeededNumbers,
} from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { wasmCode, wasmKernel } from '../wasm/wasm-kernel.ts';
import { fastKernel, keptByDefault, tapeKernel, tapesOf, vectorKernel } from './fast-kernels.ts';

type Maker = (...parts: Parameters<typeof vectorKernel>) => FrameKernel | undefined;

const tape: Maker = (...parts) => {
  const tapes = tapesOf(...parts);
  return tapes && tapeKernel(tapes);
};
const makers: Record<string, Maker> = { strips: vectorKernel, tape };

/** It knows no storing rules. */
const wasm: Maker = (layout, whole, training) => {
  const code = wasmCode(layout, Infinity, whole, () => training);
  return code && wasmKernel(code);
};

/** Random models by seed: mostly nets, and some of everything that has indices in odd places. */
const random: ModelCase[] = Array.from({ length: 200 }, (_, n) => {
  const seed = 100 + n;
  const kinds = [perceptron, perceptron, perceptron, gated, convolutionCase, attentionCase, perceptron, lstm];
  return { ...kinds[n % kinds.length](seed), name: `random model ${seed}` };
});

/** Runs a program on every kernel and compares it with stepping: whole frames, and frames that only advance. */
function compare({ text }: ModelCase, seeds: readonly number[]): void {
  const program = programOf(text);
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  for (const rounded of [false, true]) {
    const rules = rounded ? roundedQuantities(program.model) : new Set<string>();
    const store = rounded ? storeByRules(program.model) : storeExactly;
    // Nothing is kept unnecessarily, so that dead-store elimination is tried on small models too.
    const training = trainingPlan(whole, layout, ({ name }) => rules.has(name));
    const ways = Object.entries(rounded ? makers : { ...makers, WebAssembly: wasm });
    const kernels = ways.map(([way, make]) => {
      const kernel = make(layout, whole, training, ({ formula }) =>
        rules.has(formula.target) ? store : undefined,
      );
      return [way, kernel as FrameKernel] as const;
    });
    for (const seed of seeds) {
      const start = given(program, layout, seed);
      const first = start.slice();
      stepFrame(program, layout, first, store);
      const second = first.slice();
      carry(layout, second);
      stepFrame(program, layout, second, store);
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
          const kept = layout.slots.filter(
            (slot) => slot.version === 'old' && !training.eliminated.has(slot),
          );
          expect(
            difference(kept, renewed, kernel.memory),
            `${where}, frame ${frame + 1} on the way`,
          ).toBeUndefined();
        }
      }
    }
  }
}

/** Copies new versions to old ones. */
function carry(layout: Layout, memory: Float64Array): void {
  for (const { old, new: renewed } of layout.renewed)
    memory.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
}

/** Large enough for every optimization, with inputs that are mostly 0 and some that are −0. */
const n = new SeededNumbers(7);
const sparse = (shape: readonly number[]): string => {
  let at = 0;
  return n
    .array(shape, 1)
    .replace(/-?[\d.]+/g, (number) => (at++ % 5 === 0 ? number : at % 17 === 0 ? '-0' : '0'));
};
const batch: ModelCase = {
  name: 'a batch of sparse inputs',
  text: `
given x = ${sparse([6, 40])}
given t = ${n.array([6, 10])}
param W1 = ${n.array([21, 40])}
param b1 = ${n.array([21])}
param W2 = ${n.array([10, 21])}
eta = 0.1
forward
  net[n,j] = sum(i: W1[j,i] * x[n,i]) + b1[j]
  h[n,j] = relu(net[n,j])
  y[n,k] = sum(j: W2[k,j] * h[n,j])
  L = sum(n, k: (y[n,k] - t[n,k])^2) / 8
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
  W2[k,j] <- W2[k,j] - eta * (dL/dW2[k,j] + 0.01 * W2[k,j])`,
};
const sample: ModelCase = {
  name: 'one sparse input',
  text: batch.text
    .replace(/given x = .*/, `given x = ${sparse([40])}`)
    .replace(/given t = .*/, `given t = ${n.array([10])}`)
    .replace(/\bn, k:/, 'k:')
    .replaceAll('n,', '')
    .replace('W1[j,i] - eta * dL', 'W1[j,i] + -eta * dL'),
};
const padded: ModelCase = {
  name: 'a padded convolution',
  text: `
given x = ${sparse([12, 12])}
param K = ${n.array([9, 3, 3])}
param c = ${n.array([9])}
param V = ${n.array([9, 12, 12])}
index p = 1..12
index q = 1..12
forward
  net[k,p,q] = sum(u, v: K[k,u,v] * x?[p+u-2,q+v-2]) + c[k]
  h[k,p,q] = tanh(net[k,p,q])
  g[p,q] = sum(k, u, v: K[k,u,v] * h?[k,p+u-2,q+v-2])
  L = sum(k, p, q: V[k,p,q] * h[k,p,q] * g[p,q])
update
  K[k,u,v] <- K[k,u,v] - 0.01 * dL/dK[k,u,v]
  c[k] <- c[k] - 0.01 * dL/dc[k]
  V[k,p,q] <- V[k,p,q] - 0.01 * dL/dV[k,p,q]`,
};

describe('the fast backend', () => {
  const ways = [
    [batch, ['rows', 'sparse']],
    [sample, ['rows', 'sparse']],
    [padded, ['clipped']],
  ] as const;
  it.each(ways.map(([one, taken]) => [one.name, one, taken] as const))(
    'are taken for %s',
    (_, one, taken) => {
      const program = programOf(one.text);
      const layout = new Layout(program.model);
      const whole = planOf(program, layout);
      const training = trainingPlan(whole, layout, keptByDefault(program.model));
      const vectors = vectorKernel(layout, whole, training, () => undefined);
      vectors.memory.set(given(program, layout));
      vectors.advance();
      expect([...vectors.optimizations]).toEqual(expect.arrayContaining([...taken]));
      expect(tape(layout, whole, training, () => undefined)).toBeDefined();
      compare(one, [0, 1, 2, 3, 4, 8, 12]);
    },
    600_000,
  );
});

describe('the kernel of a program', () => {
  const kernel = (text: string, webAssembly: boolean, rounded = false) => {
    const program = programOf(text);
    return fastKernel(program, new Layout(program.model), { webAssembly, rounded });
  };

  it('is WebAssembly where the page allows it and nothing is rounded, else a tape where it is small', () => {
    for (const text of [lecture, padded.text]) expect(kernel(text, true).kind).toBe('WebAssembly');
    expect(kernel(lecture, false).kind).toBe('tape');
    expect(kernel(lecture, true, true).kind).toBe('tape');
    expect(kernel(padded.text, false).kind).toBe('typed arrays');
  });
});

describe('every operation', () => {
  const unusual = [0, -0, 1, -1.5, 0.3, NaN, Infinity, -Infinity, 5e-324, -1e308, 700, -30];
  const pairs = unusual.flatMap((a) => unusual.map((b) => [a, b] as const));
  const names = Object.keys(operations) as OperationName[];
  const lines = names.map((name, at) => {
    const { arity, code } = operation(name);
    const forms =
      arity === 1
        ? [['a[i]', '']]
        : [
            ['a[i]', 'b[i]'],
            ['a[i]', 'c'],
            ['c', 'b[i]'],
          ];
    return forms.map(([left, right], form) => `  y${at}_${form}[i] = ${code(left, right)}`);
  });
  const zeros = `[${pairs.map(() => '0').join(', ')}]`;
  const program = programOf(
    `given a = ${zeros}\ngiven b = ${zeros}\ngiven c = 0\nforward\n${lines.flat().join('\n')}`,
  );
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  const training = trainingPlan(whole, layout, () => true);

  it.each(Object.entries(makers))('means in %s what the table of operations says', (_, make) => {
    const kernel = make(layout, whole, training, () => undefined) as FrameKernel;
    const cells = (name: string) => {
      const { offset, size } = layout.slot(name, 'old');
      return kernel.memory.subarray(offset, offset + size);
    };
    cells('a').set(pairs.map(([a]) => a));
    cells('b').set(pairs.map(([, b]) => b));
    for (const c of unusual) {
      cells('c')[0] = c;
      kernel.run();
      for (const [at, name] of names.entries()) {
        const { evaluate } = operation(name);
        for (const form of lines[at].keys()) {
          const found = cells(`y${at}_${form}`);
          for (const [n, [a, b]] of pairs.entries()) {
            const expected = evaluate(form === 2 ? c : a, form === 1 ? c : b);
            if (!Object.is(found[n], expected))
              throw new Error(`${name} of ${a}, ${b}, ${c}, form ${form}: ${found[n]}`);
          }
        }
      }
    }
  });
});

describe('every kernel gives every cell the bits of stepping', () => {
  it.each([...modelCases, ...oddities])('in $name', (one) => {
    compare(one, [0, 1, 2, 4, 8]);
  });

  it('in 200 random models', () => {
    for (const [n, one] of random.entries()) compare(one, [1 + n]);
  }, 600_000);
});
