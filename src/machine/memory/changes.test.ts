import { describe, expect, it } from 'vitest';
import { givenShape } from '../../formula/compile/given-cell.ts';
import { cellAt, cellName, sizeOf } from '../../formula/model.ts';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { fastStoringKernel } from '../kernel/fast-kernels.ts';
import { type Change, editsOf, type Limits, Machine, type RunPrecision } from '../machine.ts';
import { Moment } from '../moment.ts';
import { canChange } from '../overriding.ts';
import { stepFrame } from '../testing/agreement.testing.ts';
import { type BatchCase, batchCases, sampledAdversaries } from '../testing/batches.testing.ts';
import { adam, adversaries, lecture, type ModelCase, modelCases } from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { arrayCells, cellKey, record } from '../testing/recorder.testing.ts';
import { Training } from '../threads/training.ts';
import { roundedQuantities, storeByRules, storeExactly } from './store.ts';

type Schedule = 'by sample' | 'together';
type Case = ModelCase & { readonly schedule?: Schedule };

function compile({ name, text, schedule }: Case): Program {
  const { program, diagnostics } = compileProgram(text, schedule && { schedule });
  if (program !== undefined) return program;
  throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
}

const scheduled = (one: BatchCase): Case[] =>
  (one.together ? (['together'] as const) : (['by sample', 'together'] as const)).map((schedule) => ({
    ...one,
    name: `${one.name}, ${schedule}`,
    schedule,
  }));
const cases: readonly Case[] = [
  ...modelCases,
  ...oddities,
  adversaries,
  ...[...batchCases, sampledAdversaries].flatMap(scheduled),
];

/** Some changes that a reader could make to frames up to `last`: edits and overrides of every kind. */
function drawChanges({ model }: Program, machine: Machine, seed: number, last: number): Change[] {
  let drawn = 0;
  const draw = (below: number) => Math.floor(uniform(21, seed, drawn++) * below);
  const numbers = [0, -0, 1, -2.5, 0.0406, 1e6];
  const value = () => (draw(3) === 0 ? numbers[draw(numbers.length)] : uniform(22, seed, drawn++) - 0.5);
  const given = [...model.quantities.values()].filter((one) => givenShape(one) !== undefined);
  const poked = machine.layout.slots.filter(({ name, version, shape }) =>
    canChange(machine.layout, {
      kind: 'poke',
      name,
      version,
      cell: shape.map(() => 1),
      frame: 1,
      value: 0,
    }),
  );
  return Array.from({ length: 1 + draw(4) }, (): Change => {
    const frame = 1 + draw(last);
    if (draw(2) === 0 && given.length > 0) {
      const quantity = given[draw(given.length)];
      const shape = givenShape(quantity) as readonly number[];
      // A target that is no probability any more, or an index out of range, is another question.
      const isNumber = quantity.domain === undefined;
      const cell = cellName(quantity.name, cellAt(shape, draw(sizeOf(shape))));
      return { kind: 'edit', cell, value: isNumber ? value() : 1, frame };
    }
    const { name, version, shape, size } = poked[draw(poked.length)];
    return { kind: 'poke', name, version, cell: cellAt(shape, draw(size)), value: value(), frame };
  });
}

const shown = (changes: readonly Change[]): string =>
  changes
    .map((one) =>
      one.kind === 'edit'
        ? `${one.cell} = ${one.value} from frame ${one.frame} on`
        : `${one.version} ${one.name}[${one.cell}] stores ${one.value} in frame ${one.frame}`,
    )
    .join('\n');

/** Fails with the first number in which two memories differ. */
function same(actual: ArrayLike<number>, wanted: ArrayLike<number>, what: () => string): void {
  expect(actual.length).toBe(wanted.length);
  for (let at = 0; at < actual.length; at++)
    if (!Object.is(actual[at], wanted[at]))
      throw new Error(`number ${at} is ${actual[at]}, not ${wanted[at]}: ${what()}`);
}

describe('a changed run is what a recorder gives whose memory is overwritten', () => {
  it.each(cases.map((one, at) => [one.name, one, at] as const))('%s', (_, one, at) => {
    const { recurrent, schedule } = one;
    const program = compile(one);
    const frames = 3;
    const precision = (at + (at >> 1)) % 2 === 0 ? 'full' : 'lesson';
    const seed = one.name.length + (precision === 'full' ? 0 : 100);
    const changes = drawChanges(program, new Machine(program, precision), seed, frames);
    const machine = new Machine(program, precision, changes);
    const recordings = record(program.model, frames, {
      rounded: precision === 'lesson',
      changes,
      ...(recurrent && { recurrent }),
      ...(schedule && { schedule }),
    });
    const where = (frame: number, what: string) =>
      `${what} of frame ${frame}, ${precision} run, seed ${seed}\n${shown(changes)}\n${one.text}`;
    for (const [n, { after, steps }] of recordings.entries()) {
      for (const { name, version, shape } of machine.layout.slots) {
        for (const cell of arrayCells(shape)) {
          const key = cellKey(version, name, cell);
          const found = machine.value(n + 1, name, version, cell);
          if (!Object.is(found, after.get(key)))
            throw new Error(`${key} is ${found}, not ${after.get(key)}: ${where(n + 1, key)}`);
        }
      }
      for (let at = 1; at <= program.size; at += 1 + Math.floor(program.size / 60)) {
        const moment = new Moment(machine, machine.stepAt(n + 1, at));
        const wanted = steps[at - 1];
        expect(moment.operation?.value, where(n + 1, `step ${at}`)).toBe(wanted.value);
        if (wanted.stored === null) continue;
        expect(moment.cellOperations?.value, where(n + 1, `step ${at}`)).toBe(wanted.value);
        expect(moment.cellOperations?.stored, where(n + 1, `step ${at}`)).toBe(wanted.stored);
      }
    }
  });
});

const frames = 12;
const limits: readonly Limits[] = [{}, { small: 0, budget: 0 }, { small: 2, budget: 4000 }, { small: 9 }];

describe('a changed run is the same however it is gone through', () => {
  it.each(cases.filter((_, at) => at % 3 === 0))('$name', (one) => {
    const program = compile(one);
    for (const [n, limit] of limits.entries()) {
      const precision: RunPrecision = n % 2 === 0 ? 'full' : 'lesson';
      const seed = one.name.length + 10 * n;
      const plain = new Machine(program, precision, [], 'train', limit);
      const untouched = Array.from({ length: frames }, (_, at) => plain.frame(at + 1).memory.slice());
      const all = drawChanges(program, plain, seed, frames - 2);
      const alone = new Machine(program, precision, all);
      const wanted = Array.from({ length: frames }, (_, at) => alone.frame(at + 1).memory.slice());
      // One change after the other, each machine with the frames of those before it.
      const machines = [plain];
      for (let count = 1; count <= all.length; count++)
        machines.push(
          new Machine(program, precision, all.slice(0, count), 'train', limit, [
            plain,
            machines[machines.length - 1],
          ]),
        );
      const machine = machines[machines.length - 1];
      const draw = (visit: number, kind: number, below: number) =>
        Math.floor(uniform(23, 100 * seed + kind, visit) * below);
      const first = Math.min(...all.map(({ frame }) => frame));
      for (let visit = 0; visit < 30; visit++) {
        const frame = 1 + draw(visit, 1, frames);
        const slot = machine.layout.slots[draw(visit, 2, machine.layout.slots.length)];
        const memory = wanted[frame - 1];
        const where = () =>
          `visit ${visit} of frame ${frame}, ${precision} run, limits ${n}\n${shown(all)}\n${one.text}`;
        const kind = draw(visit, 3, 5);
        if (kind === 0) same(machine.frame(frame).memory, memory, where);
        else if (kind === 1)
          same(
            machine.array(frame, slot.name, slot.version),
            memory.subarray(slot.offset, slot.offset + slot.size),
            where,
          );
        else if (kind === 2 && machine.furthest < frames) machine.extend();
        else {
          const flat = draw(visit, 4, slot.size);
          const found = machine.value(frame, slot.name, slot.version, cellAt(slot.shape, flat));
          same([found], [memory[slot.offset + flat]], where);
        }
        // Before the first change nothing differs, and without changes the original run is back.
        if (frame < first) same(memory, untouched[frame - 1], where);
        if (visit % 10 === 0) same(plain.frame(frame).memory, untouched[frame - 1], where);
      }
    }
  });
});

describe('a poked frame of a large model is the same', () => {
  it.each(cases.filter((_, at) => at % 3 === 1))('as $name has it', (one) => {
    const program = compile(one);
    for (const precision of ['full', 'lesson'] as const) {
      const plain = new Machine(program, precision);
      const changes = [1, 2, 3].flatMap((seed) => drawChanges(program, plain, seed, 1));
      const machine = new Machine(program, precision, changes);
      const { layout } = machine;
      const memory = machine.frame(1).memory.slice();
      const rules = precision === 'full' ? storeExactly : storeByRules(program.model);
      const poked = new Set(changes.flatMap((one) => (one.kind === 'poke' ? one.name : [])));
      const kernel = fastStoringKernel(
        program,
        layout,
        (formula, flat, value) => {
          const cell = cellAt(layout.slot(formula.target, formula.version).shape, flat);
          return machine.overridden(1, formula.target, formula.version, cell) ?? rules(formula, flat, value);
        },
        ({ target }) => poked.has(target) || roundedQuantities(program.model).has(target),
      );
      for (const { name, role } of program.model.quantities.values()) {
        const { offset, size } = layout.slot(name, 'old');
        if (role !== 'computed') kernel.memory.set(memory.subarray(offset, offset + size), offset);
      }
      kernel.run();
      const where = () => `${precision} run\n${shown(changes)}\n${one.text}`;
      same(kernel.memory.subarray(0, layout.size), memory, where);
    }
  });
});

describe('training a changed run', () => {
  const program = compile(adam(4));
  const changes: Change[] = [
    { kind: 'edit', cell: 'eta', value: 0.001, frame: 40 },
    { kind: 'poke', name: 'W', version: 'new', cell: [1, 1], value: 0.5, frame: 60 },
    { kind: 'poke', name: 'L', version: 'old', cell: [], value: 0, frame: 61 },
    { kind: 'edit', cell: 'W[1,1]', value: -0.5, frame: 90 },
  ];

  it.each([0, 20, 39, 40, 59, 60, 61, 62, 89, 120])('goes on in another thread from frame %i', (begun) => {
    const wanted = new Machine(program, 'full', changes);
    for (const limit of [{}, { small: 3 }]) {
      const here = new Machine(program, 'full', changes, 'train', limit);
      while (here.furthest < begun) here.extend();
      const there = new Machine(program, 'full', changes, 'train', { ...limit, transfersRecords: true });
      there.continueFrom(structuredClone(here.headState));
      expect(there.furthest).toBe(begun);
      for (let n = 1; there.furthest < 130; n++) {
        there.extend();
        if (n % 17 === 0 || there.furthest === 130) here.merge(structuredClone(there.takeRecords()));
      }
      expect(here.furthest).toBe(130);
      for (const frame of [130, 3, 95, 61, 60, 59, 89, 90, 40, 39, 62, 131])
        same(here.frame(frame).memory, wanted.frame(frame).memory, () => `frame ${frame}, begun at ${begun}`);
    }
  });

  it('in this thread crosses every change', () => {
    const machine = new Machine(program, 'full', changes);
    const wanted = new Machine(program, 'full', changes);
    const { losses } = new Training(machine, 100, ['L']).run(() => false);
    expect(losses.length).toBe(100);
    expect([...losses]).toEqual(Array.from({ length: 100 }, (_, n) => wanted.mean('L', n + 1)));
    expect(losses[60]).toBe(0);
  });

  it('begins where all frames are known that it shares', () => {
    const plain = new Machine(program, 'full');
    while (plain.furthest < 100) plain.extend();
    const later = new Machine(program, 'full', changes, 'train', {}, [plain]);
    expect(later.furthest).toBe(39);
    expect(later.frame(39).memory).toEqual(plain.frame(39).memory);
    expect(plain.furthest).toBe(100);
  });

  it('is not stopped by a fault that comes after what it shares', () => {
    const text = 'param w = 1\nforward\n  y = w * w\nupdate\n  w <- 1000 * w * w';
    const { program: growing } = compileProgram(text);
    const plain = new Machine(growing as Program, 'full');
    while (plain.isFinite) plain.extend();
    const { frame } = plain.firstFault as { frame: number };
    const change: Change = { kind: 'edit', cell: 'w', value: 0, frame: 3 };
    const healed = new Machine(growing as Program, 'full', [change], 'train', {}, [plain]);
    for (let n = 0; n < 20; n++) healed.extend();
    expect(healed.isFinite).toBe(true);
    expect(healed.firstFault).toBeUndefined();
    const late: Change = { ...change, frame: frame + 5 };
    expect(new Machine(growing as Program, 'full', [late], 'train', {}, [plain]).isFinite).toBe(false);
  });
});

describe('evaluating a changed run', () => {
  const one = batchCases.find(({ name }) => name.startsWith('dropout')) as BatchCase;

  it.each(['full', 'lesson'] as const)(
    'has the numbers that its training gives, in the %s run',
    (precision) => {
      const program = compile(one);
      for (let seed = 1; seed <= 12; seed++) {
        const plain = new Machine(program, precision);
        const changes = drawChanges(program, plain, seed, 6);
        const trained = new Machine(program, precision, changes, 'train', {}, [plain]);
        const shownOf = new Machine(program, precision, [], 'evaluate', { trainedBy: plain });
        shownOf.frame(4);
        const beside = new Machine(program, precision, changes, 'evaluate', { trainedBy: trained }, [
          shownOf,
        ]);
        const alone = new Machine(program, precision, changes, 'evaluate');
        for (const frame of [5, 1, 8, 2, 6, 3]) {
          const { memory: found } = beside.frame(frame);
          const where = () => `frame ${frame}, seed ${seed}\n${shown(changes)}`;
          same(alone.frame(frame).memory, found, where);
          // Stepped through anew from what training found, with the mode at 0.
          const memory = trained.frame(frame).memory.slice();
          memory[trained.layout.slot('training', 'old').offset] = 0;
          const rules = precision === 'full' ? storeExactly : storeByRules(program.model);
          stepFrame(program, trained.layout, memory, ({ target, version, ...rest }, flat, value) => {
            const { shape } = trained.layout.slot(target, version);
            const poked = trained.overridden(frame, target, version, cellAt(shape, flat));
            return poked ?? rules({ target, version, ...rest }, flat, value);
          });
          same(found, memory, where);
        }
      }
    },
  );
});

describe('a change', () => {
  const program = compile({ name: 'lecture', text: lecture });

  it('says what a cell holds, and what was computed for it', () => {
    const poke = { kind: 'poke', name: 'δ2', version: 'old', cell: [1], value: 0, frame: 1 } as const;
    const machine = new Machine(program, 'lesson', [poke]);
    const moment = new Moment(machine, program.writing('δ2', 'old', [1])?.last ?? 0);
    expect(moment.cellOperations?.value).not.toBe(0);
    expect(moment.cellOperations?.stored).toBe(0);
    expect(machine.overridden(1, 'δ2', 'old', [1])).toBe(0);
    expect(machine.overridden(2, 'δ2', 'old', [1])).toBeUndefined();
    expect(machine.overridden(1, 'δ1', 'old', [1])).toBeUndefined();
    for (const name of ['W1', 'W2'])
      expect([...machine.array(1, name, 'new')]).toEqual([...machine.array(1, name, 'old')]);
  });

  it('of the whole run is what it was', () => {
    const edits = editsOf(new Map([['eta', 0.1]]));
    expect(edits).toEqual([{ kind: 'edit', cell: 'eta', value: 0.1, frame: 1 }]);
    expect(new Machine(program, 'full', edits).value(5, 'eta', 'old', [])).toBe(0.1);
  });

  it.each<[Change, string]>([
    [{ kind: 'edit', cell: 'y[1]', value: 1, frame: 2 }, 'y[1] is no cell of the given data'],
    [{ kind: 'edit', cell: 'eta', value: 1, frame: 0 }, 'there is no frame 0'],
    [{ kind: 'edit', cell: 'eta', value: 1, frame: 1.5 }, 'there is no frame 1.5'],
    [
      { kind: 'poke', name: 'W1', version: 'old', cell: [1, 1], value: 1, frame: 2 },
      'W1[1,1] is no cell that is computed',
    ],
    [{ kind: 'poke', name: 'h', version: 'old', cell: [3], value: 1, frame: 2 }, 'h[3] is no cell'],
    [{ kind: 'poke', name: 'h', version: 'new', cell: [1], value: 1, frame: 2 }, 'h[1] is no cell'],
    [{ kind: 'poke', name: 'x', version: 'old', cell: [1], value: 1, frame: 2 }, 'x[1] is no cell'],
    [{ kind: 'poke', name: 'q', version: 'old', cell: [1], value: 1, frame: 2 }, 'q[1] is no cell'],
  ])('%j cannot be made', (change, message) => {
    expect(() => new Machine(program, 'full', [change])).toThrow(message);
    if (Number.isInteger(change.frame) && change.frame > 0)
      expect(canChange(new Machine(program, 'full').layout, change)).toBe(false);
  });
});
