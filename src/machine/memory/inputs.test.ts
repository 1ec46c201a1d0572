import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../formula/model.ts';
import { round } from '../../number/rounding.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { editsOf, Machine } from '../machine.ts';
import { batchCases } from '../testing/batches.testing.ts';
import { Inputs } from './inputs.ts';
import { Layout } from './layout.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

const data = 'sample x = [10, 20, 30, 40, 50]\nparam w = 1';
const rest = 'forward\n  y = w*x\nupdate\n  w <- w + 0.001 * y';

/** The samples of frames 1 … n. */
function taken(batch: string, frames: number): number[][] {
  const { model } = compile(`${data}\n${batch}\n${rest}`);
  const inputs = new Inputs(model, new Layout(model));
  return Array.from({ length: frames }, (_, n) => inputs.rows(n + 1));
}

describe('the samples of a frame', () => {
  it('come one by one and begin again, without a batch', () => {
    expect(taken('', 6)).toEqual([[1], [2], [3], [4], [5], [1]]);
    const machine = new Machine(compile(`${data}\n${rest}`), 'full');
    expect([1, 2, 5, 6].map((frame) => machine.value(frame, 'x', 'old', []))).toEqual([10, 20, 50, 10]);
  });

  it('come in turn, over the end of an epoch', () => {
    expect(taken('batch n = 3', 4)).toEqual([
      [1, 2, 3],
      [4, 5, 1],
      [2, 3, 4],
      [5, 1, 2],
    ]);
    expect(taken('batch n = all', 2)).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 5],
    ]);
  });

  it('come shuffled, every one once in an epoch, and otherwise in every epoch', () => {
    const all = taken('batch n = 2, shuffled 7', 50).flat();
    const epochs = Array.from({ length: 20 }, (_, epoch) => all.slice(5 * epoch, 5 * epoch + 5));
    for (const epoch of epochs) expect([...epoch].sort()).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(epochs.map(String)).size).toBeGreaterThan(15);
    expect(taken('batch n = 1, shuffled 7', 100).flat()).toEqual(all);
    expect(taken('batch n = 2, shuffled 8', 50).flat()).not.toEqual(all);
  });

  it('are the same whichever way a reader has come', () => {
    const machine = () => new Machine(compile(`${data}\nbatch n = 2, shuffled 7\n${rest}`), 'full');
    const through = machine();
    const wanted = Array.from({ length: 60 }, (_, n) => [...through.frame(n + 1).memory]);
    for (const visits of [[60, 1, 31], [17, 18, 3, 59], [40]]) {
      const one = machine();
      for (const frame of visits) expect([...one.frame(frame).memory]).toEqual(wanted[frame - 1]);
    }
  });
});

describe('random quantities', () => {
  const text = (batch: string) => `sample x = [1, 2, 3, 4]
random r[3] = uniform(7)
random s[3] = uniform(7)
random e = normal(7)
param w = 1
${batch}
forward
  y = w*x + sum(i: r[i]*s[i]) + e
update
  w <- w + 0.001 * y`;
  const numbers = (name: string, batch: string, frame: number): number[] => {
    const machine = new Machine(compile(text(batch)), 'full');
    const { offset, size } = machine.layout.slot(name, 'old');
    return [...machine.frame(frame).memory.subarray(offset, offset + size)];
  };

  it('are drawn anew in every frame, for every sample, cell and name', () => {
    const all = [1, 2, 3].flatMap((frame) =>
      ['r', 's', 'e'].flatMap((name) => numbers(name, 'batch n = 2', frame)),
    );
    expect(all).toHaveLength(3 * 14);
    expect(new Set(all).size).toBe(all.length);
    for (const one of numbers('r', '', 5)) expect(one >= 0 && one < 1).toBe(true);
  });

  it('are the same again from seed and frame alone', () => {
    const all = numbers('r', 'batch n = 2', 20);
    expect(numbers('r', 'batch n = 2, together', 20)).toEqual(all);
    expect(numbers('r', 'batch n = 2', 21)).not.toEqual(all);
  });
});

describe('a model that is evaluated', () => {
  const dropout = batchCases.find(({ name }) => name.startsWith('dropout'))?.text as string;

  it.each(['on its own', 'beside training'])(
    'has the parameters that training has given it, %s, and mode 0',
    (how) => {
      const program = compile(dropout);
      const train = new Machine(program, 'full');
      const limits = how === 'on its own' ? {} : { trainedBy: train };
      const evaluate = new Machine(program, 'full', [], 'evaluate', limits);
      for (const frame of [3, 1, 2, 7, 6]) {
        expect(evaluate.value(frame, 'training', 'old', [])).toBe(0);
        expect(train.value(frame, 'training', 'old', [])).toBe(1);
        for (const i of [1, 2, 3]) {
          expect(evaluate.value(frame, 'w', 'old', [i])).toBe(train.value(frame, 'w', 'old', [i]));
          for (const n of [1, 2]) {
            // No unit is dropped, and none is scaled.
            expect(evaluate.value(frame, 'h', 'old', [n, i])).toBe(evaluate.value(frame, 'a', 'old', [n, i]));
          }
        }
      }
      const dropped = [1, 2, 3, 4].flatMap((frame) =>
        [1, 2, 3].map((j) => train.value(frame, 'h', 'old', [1, j]) === 0),
      );
      expect(dropped).toContain(true);
      expect(dropped).toContain(false);
    },
  );

  it('runs no frame of training again that another machine has run', () => {
    const program = compile(dropout);
    const train = new Machine(program, 'full');
    while (train.furthest < 300) train.extend();
    const evaluate = new Machine(program, 'full', [], 'evaluate', { trainedBy: train });
    const w = evaluate.value(300, 'w', 'old', [1]);
    expect(w).toBe(train.value(300, 'w', 'old', [1]));
    expect(w).toBe(train.value(299, 'w', 'new', [1]));
    expect(evaluate.furthest).toBe(0);
  });
});

describe('a reader’s numbers', () => {
  const program = compile(`${data}\nbatch n = 2\n${rest}`);
  const machine = (edits: [string, number][]) => new Machine(program, 'full', editsOf(new Map(edits)));

  it('in sample data are of a row, whichever frame takes it', () => {
    const edited = machine([['x[4]', 7]]);
    expect([1, 2].map((frame) => [1, 2].map((n) => edited.value(frame, 'x', 'old', [n])))).toEqual([
      [10, 20],
      [30, 7],
    ]);
    expect(edited.value(4, 'x', 'old', [2])).toBe(30);
    expect(edited.value(7, 'x', 'old', [1])).toBe(30);
    expect(edited.value(7, 'x', 'old', [2])).toBe(7);
  });

  it.each(['x[6]', 'x', 'y[1]', 'v', 'w[1]', 'not a cell', ''])('cannot be put in %j', (cell) => {
    expect(() => machine([[cell, 1]])).toThrow(`${cell} is no cell of the given data`);
  });
});

describe('what is given', () => {
  const program = compile(`given c = [0.126, 0.374]
sample x = [[0.123, 0.456], [0.789, 0.111], [0.999, 0.125]]
random r[2] = normal(3)
param w = [0.33333, 0.66666]
state m = 0.123456
batch n = 2, shuffled 7
forward
  y = sum(j: w[j] * x[j] * c[j] * r[j]) + m
  L = y^2
update
  w[j] <- w[j] - dL/dw[j]
store c, x: 2dp  c[2]: 1dp  r: 1sf  w: 3dp  m: 2sf`);
  const kept: Record<string, (value: number, flat: number) => number> = {
    c: (value, flat) => round(value, { kind: 'decimals', digits: flat === 1 ? 1 : 2 }),
    x: (value) => round(value, { kind: 'decimals', digits: 2 }),
    r: (value) => round(value, { kind: 'significant', digits: 1 }),
    w: (value) => round(value, { kind: 'decimals', digits: 3 }),
    m: (value) => round(value, { kind: 'significant', digits: 2 }),
  };
  const first = (precision: 'lesson' | 'full', frame: number, name: string, changed = {}) => [
    ...new Machine(program, precision, editsOf(new Map(Object.entries(changed)))).array(frame, name, 'old'),
  ];

  it('is kept as the storing rules say, in the run that they hold for', () => {
    for (const frame of [1, 2, 5]) {
      for (const name of ['c', 'x', 'r', 'm', ...(frame === 1 ? ['w'] : [])]) {
        const full = first('full', frame, name);
        expect(first('lesson', frame, name), `${name} in frame ${frame}`).toEqual(full.map(kept[name]));
        expect(first('lesson', frame, name)).not.toEqual(full);
      }
    }
  });

  it('is read as it is kept', () => {
    const machine = new Machine(program, 'lesson');
    const [c, w, m] = ['c', 'w', 'm'].map((name) => first('lesson', 1, name));
    const [x, r] = ['x', 'r'].map((name) => first('lesson', 1, name));
    const y = [0, 2].map((at) => w[0] * x[at] * c[0] * r[at] + w[1] * x[at + 1] * c[1] * r[at + 1] + m[0]);
    expect([...machine.array(1, 'y', 'old')]).toEqual(y);
    const samples = machine.inputs.sample(program.model.quantities.get('x') as Quantity, 3);
    expect([...samples]).toEqual([1, 0.13]);
  });

  it('is kept so when a reader changes it, too', () => {
    const changed = {
      'c[1]': 0.77777,
      'w[2]': 0.55555,
      'x[1,1]': 0.98765,
      'x[2,1]': 0.98765,
      'x[3,1]': 0.98765,
    };
    expect(first('lesson', 1, 'c', changed)).toEqual([0.78, 0.4]);
    expect(first('lesson', 1, 'w', changed)).toEqual([0.333, 0.556]);
    expect(first('lesson', 1, 'x', changed).filter((_, at) => at % 2 === 0)).toEqual([0.99, 0.99]);
    const later = new Machine(program, 'lesson', [
      { kind: 'edit', frame: 3, cell: 'w[2]', value: 0.55555 },
      { kind: 'edit', frame: 3, cell: 'c[1]', value: 0.77777 },
    ]);
    expect([later.value(3, 'w', 'old', [2]), later.value(3, 'c', 'old', [1])]).toEqual([0.556, 0.78]);
  });
});
