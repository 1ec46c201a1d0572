import { describe, expect, it } from 'vitest';
import { plainIndex } from '../formula/affine.ts';
import { codeFormula } from '../formula/print/pseudocode.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { Machine } from './machine.ts';
import { batchCases, batchPerceptron, sampledAdversaries, xor } from './testing/batches.testing.ts';
import { arrayCells, cellKey } from './testing/entering.testing.ts';
import { sampleBySample } from './testing/one-sample.testing.ts';
import { record } from './testing/recorder.testing.ts';

type Schedule = 'by sample' | 'together';

function compile(text: string, schedule?: Schedule): Program {
  const { program, diagnostics } = compileProgram(text, schedule && { schedule });
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

const within = (actual: number, wanted: number, tolerance: number, scale = 0): boolean =>
  Object.is(actual, wanted) ||
  Math.abs(actual - wanted) <= tolerance * Math.max(scale, Math.abs(actual), Math.abs(wanted));

const apart = batchCases.filter(({ together }) => !together);
const random = Array.from({ length: 40 }, (_, seed) => batchPerceptron(seed + 100));

describe('sample by sample and together give the same bits', () => {
  it.each([...apart, sampledAdversaries, ...random])('$name', ({ text }) => {
    for (const precision of ['full', 'lesson'] as const) {
      const [one, other] = (['by sample', 'together'] as const).map(
        (schedule) => new Machine(compile(text, schedule), precision),
      );
      for (const frame of [1, 2, 3]) {
        const [a, b] = [one.frame(frame).memory, other.frame(frame).memory];
        expect(a.length).toBe(b.length);
        for (let at = 0; at < a.length; at++) {
          if (!Object.is(a[at], b[at]))
            throw new Error(`frame ${frame}, number ${at}: ${a[at]} and ${b[at]}\n${text}`);
        }
      }
      expect(one.program.size).toBe(other.program.size);
      expect(one.program.passes.length).toBeGreaterThan(other.program.passes.length);
    }
  });
});

describe('a batch gives what its samples give one by one', () => {
  it.each([...apart, ...random.slice(0, 12)])('$name', (one) => {
    for (const precision of ['full', 'lesson'] as const) {
      const program = compile(one.text);
      const machine = new Machine(program, precision);
      const { model } = program;
      for (const frame of [1, 2, 4]) {
        const state = new Map<string, number>();
        for (const { name, numbers, shape } of model.quantities.values()) {
          if (numbers === undefined) continue;
          for (const cell of arrayCells(shape))
            state.set(cellKey('old', name, cell), machine.value(frame, name, 'old', cell));
        }
        for (const { name, role } of model.quantities.values())
          if (role === 'mode') state.set(`old ${name}`, 1);
        const judge = sampleBySample(one, model, frame, state, precision === 'lesson');
        let [exact, reduced] = [0, 0];
        for (const formula of judge.model.formulas.filter(({ phase }) => phase !== 'update')) {
          const { target, version } = formula;
          const quantity = model.quantities.get(target);
          // What the batch inlines otherwise than one sample does has no counterpart.
          if (quantity === undefined) continue;
          const cells = arrayCells(formula.indices.map(({ range }) => range.high));
          const largest = Math.max(
            ...cells.map((cell) => Math.abs(judge.reduced(cellKey(version, target, cell)))),
          );
          for (const cell of cells) {
            const key = cellKey(version, target, cell);
            const what = `frame ${frame}, ${precision} run, ${key}\n${one.text}`;
            if (quantity.perSample) {
              for (const [n, memory] of judge.samples.entries()) {
                const found = machine.value(frame, target, version, [n + 1, ...cell]);
                expect(Object.is(found, memory.get(key)), `${what}: ${found}, alone ${memory.get(key)}`).toBe(
                  true,
                );
                exact += 1;
              }
            } else if (precision === 'full') {
              const found = machine.value(frame, target, version, cell);
              // A quantity that needs no sample is the same for each; one that does is a gradient.
              const isGradient = formula.phase === 'backward';
              const wanted = isGradient ? judge.reduced(key) : (judge.samples[0].get(key) as number);
              expect(within(found, wanted, 1e-12, largest), `${what}: ${found}, alone ${wanted}`).toBe(true);
              reduced += 1;
            }
          }
        }
        expect(exact).toBeGreaterThan(0);
        if (precision === 'full' && one !== xor) expect(reduced).toBeGreaterThan(0);
      }
    }
  });
});

describe('the derived gradient of a batch is the central difference', () => {
  it.each(batchCases)('$name', ({ text, recurrent }) => {
    const program = compile(text);
    const machine = new Machine(program, 'full');
    const { model } = program;
    const { batch } = model;
    const loss = (cell: string, value: number): number => {
      const options = { rounded: false, edits: new Map([[cell, value]]), only: 'forward' as const };
      const { after } = record(model, 1, { ...options, ...(recurrent && { recurrent }) })[0];
      if (!model.quantities.get('L')?.perSample) return after.get('old L') as number;
      const all = Array.from({ length: batch?.size ?? 1 }, (_, n) => after.get(`old L[${n + 1}]`) as number);
      return all.reduce((a, b) => a + b, 0) / (batch?.reduction === 'sum' ? 1 : all.length);
    };
    let compared = 0;
    for (const { name, role, shape, numbers } of model.quantities.values()) {
      const claimed = model.formulas.find(({ claim }) => claim?.of === 'L' && claim.by === name);
      const target = claimed?.target ?? `dL/d${name}`;
      if (role !== 'param' || numbers === undefined || !model.quantities.has(target)) continue;
      const order = claimed?.claim?.indices.map(plainIndex);
      for (const [flat, cell] of arrayCells(shape).entries()) {
        const at = (h: number) => loss(cellKey('', name, cell).trim(), numbers[flat] + h);
        const central = (h: number) => (at(h) - at(-h)) / (2 * h);
        const slope = (4 * central(1e-4) - central(2e-4)) / 3;
        // By hand the gradient stands in the order of its own indices, one for each sample.
        const own = order
          ? cell.map((_, d) => cell[order.indexOf(claimed?.indices.at(d - cell.length)?.name)])
          : cell;
        const values = model.quantities.get(target)?.perSample
          ? Array.from({ length: batch?.size ?? 1 }, (_, n) =>
              machine.value(1, target, 'old', [n + 1, ...own]),
            )
          : [machine.value(1, target, 'old', own)];
        const sum = values.reduce((a, b) => a + b, 0);
        const derived =
          (claimed?.claim?.sign ?? 1) * (batch?.reduction === 'sum' ? sum : sum / values.length);
        expect(
          within(derived, slope, 1e-7, 0.01),
          `${name}[${cell}]: ${derived}, slope ${slope}\n${text}`,
        ).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe('a derived batch', () => {
  const formulas = (text: string): string[] => compile(text).model.formulas.map((one) => codeFormula(one));

  it('gathers the gradient of a weight over the samples, and averages what a hand has written for one', () => {
    const text = xor.text.replace(/ = -δ1\[j\] \* x\[i\]\s*:/, ' :');
    const found = formulas(text);
    expect(found).toContain('g1[j,i] = -sum(n: δ1[n,j] * x[n,i])/4');
    expect(found).toContain('g2[n,k,j] = -δ2[n,k] * h[n,j]');
    expect(found).toContain('W2[k,j] <- W2[k,j] - eta * (sum(n: g2[n,k,j])/4)');
    expect(found).toContain('W1[j,i] <- W1[j,i] - eta * g1[j,i]');
  });

  it('never holds a gradient of a weight for each sample', () => {
    for (const { text } of batchCases) {
      const { model } = compile(text);
      const weights = [...model.quantities.values()]
        .filter(({ role }) => role === 'param')
        .map(({ name }) => name);
      for (const { name, perSample } of model.quantities.values()) {
        if (weights.includes(name.split('/d')[1] ?? '')) expect(perSample, name).toBeUndefined();
      }
    }
  });

  it('takes what is the same for every sample so many times', () => {
    const text = (options: string) => `sample x = [1, 2, 3]
param w = 2
λ = 0.1
batch n = 3${options}
forward
  L = w*x + λ*w^2
update
  w <- w - dL/dw`;
    expect(formulas(text(''))).toContain('dL/dw = sum(n: x[n])/3 + 2 * λ * w');
    expect(formulas(text(', sum'))).toContain('dL/dw = sum(n: x[n]) + 6 * λ * w');
  });

  it('of one sample is the plain model', () => {
    const [none, one, alone] = ['', '\nbatch n = 1', '\nbatch n = 1, shuffled 3'].map((line) =>
      formulas(xor.text.replace('\nbatch n = all', line)),
    );
    expect(one).toEqual(none);
    expect(alone).toEqual(none);
    expect(none).toContain('h[j] = sigmoid(net1[j])');
    expect(compile(xor.text.replace('\nbatch n = all', '')).model.batch).toBeUndefined();
  });

  it('turns a batch-level gradient that a hand writes about the whole batch', () => {
    const text = xor.text.replace('g2[k,j] = -δ2[k] * h[j]      ', 'g2[k,j] = -sum(n: δ2[n,k] * h[n,j]) / 4');
    const found = compile(text);
    expect(found.model.batch).toMatchObject({ schedule: 'together', together: { line: 17 } });
    expect(found.model.formulas.map((one) => codeFormula(one))).toContain(
      'W2[k,j] <- W2[k,j] - eta * g2[k,j]',
    );
    const [a, b] = [xor.text, text].map((one) =>
      new Machine(compile(one), 'full').value(3, 'W2', 'new', [1, 2]),
    );
    expect(within(a, b, 1e-13)).toBe(true);
  });
});
