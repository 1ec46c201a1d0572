import { describe, expect, it } from 'vitest';
import { givenShape } from '../../formula/compile/given-cell.ts';
import { cellName } from '../../formula/model.ts';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { type Change, editsOf, type Limits, Machine, type RunPrecision } from '../machine.ts';
import { Layout } from '../memory/layout.ts';
import { Moment } from '../moment.ts';
import { batchCases } from '../testing/batches.testing.ts';
import { adam, lecture, modelCases } from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { Retention } from './retention.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return program;
}

const frames = 14;
const runs: readonly RunPrecision[] = ['full', 'lesson'];

/** Budgets that hold next to nothing: few keyframes, few rows, one or two frames at hand. */
const limits: readonly Limits[] = [
  { small: 0, budget: 1e6 },
  { small: 0, budget: 0 },
  { small: 2, budget: 4000 },
  { small: 4, budget: 12_000 },
  { small: 9, budget: 8000 },
  { small: 1024, budget: 3000 },
].flatMap((limit, at) => [{ ...limit, webAssembly: false }, ...(at % 2 === 0 ? [limit] : [])]);

/** The frames of a machine without changes. */
function kernelOf(machine: Machine): { advance(): void } {
  type Inside = { ranges: { all: { parts: { frames: { kernel: { advance(): void } } } }[] } };
  return (machine as unknown as Inside).ranges.all[0].parts.frames.kernel;
}

/** A number of the second sample, changed by a reader, where there are samples. */
function changesOf({ model }: Program): readonly Change[] {
  const sample = [...model.quantities.values()].find(({ role }) => role === 'sample');
  const shape = (sample && givenShape(sample)) ?? [];
  return editsOf(
    new Map(
      sample && shape[0] > 1
        ? [
            [
              cellName(
                sample.name,
                shape.map((_, d) => (d === 0 ? 2 : 1)),
              ),
              0,
            ],
          ]
        : [],
    ),
  );
}

/** Frames run in order, with room for all of them. */
function reference(program: Program, precision: RunPrecision, edits: readonly Change[]): Float64Array[] {
  const machine = new Machine(program, precision, edits);
  return Array.from({ length: frames }, (_, n) => machine.frame(n + 1).memory.slice());
}

describe.each(runs)('in the %s run, at any limits', (precision) => {
  it.each([...modelCases, ...oddities, ...batchCases])(
    '$name is the same however it is gone through',
    ({ text }) => {
      const program = compile(text);
      const edits = changesOf(program);
      const wanted = reference(program, precision, edits);
      const byStep = new Machine(program, precision, edits);
      for (const [at, limit] of limits.entries()) {
        const machine = new Machine(program, precision, edits, 'train', limit);
        const { slots } = machine.layout;
        const draw = (n: number, kind: number, below: number) =>
          Math.floor(uniform(11, 100 * at + kind, n) * below);
        for (let n = 0; n < 40; n++) {
          const frame = 1 + draw(n, 1, frames);
          const memory = wanted[frame - 1];
          const slot = slots[draw(n, 2, slots.length)];
          const where = () =>
            `visit ${n} at limits ${at}, frame ${frame}, ${slot.version} ${slot.name}\n${text}`;
          const same = (actual: ArrayLike<number>, start: number) => {
            for (let m = 0; m < actual.length; m++) {
              if (!Object.is(actual[m], memory[start + m]))
                throw new Error(`number ${m} is ${actual[m]}, not ${memory[start + m]}: ${where()}`);
            }
          };
          const kind = draw(n, 3, 10);
          if (kind === 0) same(machine.frame(frame).memory, 0);
          else if (kind === 1) same(machine.array(frame, slot.name, slot.version), slot.offset);
          else if (kind === 2 && machine.furthest < frames) machine.extend();
          else if (kind < 6) {
            const flat = draw(n, 4, slot.size);
            const cell = slot.strides.map((stride, d) => 1 + (Math.floor(flat / stride) % slot.shape[d]));
            same([machine.value(frame, slot.name, slot.version, cell)], slot.offset + flat);
          } else {
            const step = machine.stepAt(frame, 1 + draw(n, 5, program.size));
            const [mine, other] = [machine, byStep].map((one) => new Moment(one, step).operation);
            if (JSON.stringify(mine) !== JSON.stringify(other))
              throw new Error(`${JSON.stringify(mine)} instead of ${JSON.stringify(other)}: ${where()}`);
          }
        }
      }
    },
  );
});

describe('what is remembered', () => {
  const program = compile(adam(4).text);
  const cells = new Layout(program.model).size;

  it.each([20_000, 60_000, 400_000])('takes no more than %i bytes', (budget) => {
    const machine = new Machine(program, 'full', [], 'train', { budget, small: 3 });
    for (let n = 0; n < 1500; n++) {
      if (n % 3 === 0) machine.extend();
      else {
        const frame = 1 + Math.floor(uniform(12, n, 1) * machine.furthest);
        new Moment(machine, machine.stepAt(frame, 1 + Math.floor(uniform(12, n, 2) * program.size)))
          .operation;
        if (n % 50 === 1) machine.frame(frame);
      }
      expect(machine.bytes, `after ${n} visits`).toBeLessThanOrEqual(budget);
    }
    expect(machine.bytes).toBeGreaterThan(budget / 8);
  });

  it('is one frame at least', () => {
    const machine = new Machine(program, 'full', [], 'train', { budget: 0 });
    machine.frame(40);
    machine.frame(7);
    expect(machine.bytes).toBeLessThan(9 * cells + 8 * cells);
  });

  it('makes the way to any frame short', () => {
    const machine = new Machine(program, 'full', [], 'train', { budget: 60_000, small: 0 });
    while (machine.furthest < 1000) machine.extend();
    const kernel = kernelOf(machine);
    const { advance } = kernel;
    let executed = 0;
    kernel.advance = () => {
      executed += 1;
      advance.call(kernel);
    };
    let most = 0;
    for (let n = 0; n < 50; n++) {
      executed = 0;
      machine.frame(1 + Math.floor(uniform(13, 1, n) * 1000));
      most = Math.max(most, executed);
    }
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(64);
  });

  it('is handed over to another machine', () => {
    const one = new Machine(program, 'lesson', [], 'train', { transfersRecords: true, small: 3 });
    const other = new Machine(program, 'lesson', [], 'train', { small: 3 });
    const fresh = new Machine(program, 'lesson');
    for (let n = 1; n <= 400; n++) {
      one.extend();
      // In uneven time slices, so that segments come in parts.
      if (n % 37 === 0 || n === 400) other.merge(structuredClone(one.takeRecords()));
    }
    expect(other.furthest).toBe(400);
    const kernel = kernelOf(other);
    const { advance } = kernel;
    let executed = 0;
    kernel.advance = () => {
      executed += 1;
      advance.call(kernel);
    };
    for (let n = 0; n < 300; n++) {
      const step = 1 + Math.floor(uniform(14, 1, n) * 400 * program.size);
      expect(new Moment(other, step).operation).toEqual(new Moment(fresh, step).operation);
    }
    // Nothing had to be run again for it.
    expect(executed).toBe(0);
    expect([...other.frame(403).memory]).toEqual([...fresh.frame(403).memory]);
  });
});

describe('what is pulled', () => {
  const pulled = (text: string): string[] => {
    const program = compile(text);
    const { groups } = new Retention(program, new Layout(program.model), 0);
    return groups.map(({ members }) => members.map(({ old }) => old.name).join(' '));
  };

  it('is every weight that is renewed from its own cell, and what small arrays and large ones at hand give', () => {
    // With no array small, δ is an array of the frame that needs the weights of all cells.
    expect(pulled(lecture)).toEqual([]);
    const program = compile(lecture);
    const { groups, isComplete } = new Retention(program, new Layout(program.model), 2);
    expect(groups.map(({ members }) => members.map(({ old }) => old.name))).toEqual([['W1']]);
    expect(isComplete).toBe(true);
  });

  it('takes the state of an optimizer with it', () => {
    const program = compile(adam(4).text);
    const { groups, isComplete } = new Retention(program, new Layout(program.model), 3);
    expect(groups.length).toBeGreaterThan(0);
    for (const { members } of groups) expect(members.length).toBe(3);
    expect(isComplete).toBe(true);
  });

  it.each([
    ['w[i,j] <- w[j,i] * 0.5', 'another cell of its own'],
    ['w[i,j] <- w[i,j] - 0.1 * sum(k: w[i,k])', 'its row'],
    ['w[i,j] <- w[i,j] - 0.1 * v[j,i]\n  v[i,j] <- v[i,j] * 0.9', 'another array turned'],
    ['w[i,j] <- w[i,j] - 0.1 * c[i,j]', 'what is computed from other cells'],
  ])('is not %s, which reads %s', (update) => {
    const text = `index i = 1..2
index j = 1..2
index k = 1..2
param w = [[1, 2], [3, 4]]
state v = [[1, 0], [0, 1]]
forward
  c[i,j] = sum(k: w[k,j])
update
  ${update}`;
    expect(pulled(text).some((names) => names.includes('w'))).toBe(false);
  });
});
