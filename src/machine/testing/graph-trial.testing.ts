import { Moment } from '../moment.ts';
import '../fast-machine.ts';
import { cellAt, type Formula } from '../../formula/model.ts';
import { compileProgram, type Location, type Program } from '../../program/program.ts';
import { fastBackend, provideFastBackend } from '../history/fast-backend.ts';
import { tapeKernel, tapesOf, vectorKernel } from '../kernel/fast-kernels.ts';
import { type Limits, Machine, type RunPrecision } from '../machine.ts';
import { Inputs } from '../memory/inputs.ts';
import { Layout } from '../memory/layout.ts';
import { roundedQuantities, type Store, storeByRules, storeExactly } from '../memory/store.ts';
import type { FrameKernel } from '../plan/frame-kernel.ts';
import { planOf } from '../plan/lowering.ts';
import { trainingPlan } from '../plan/training-plan.ts';
import { wasmCode, wasmKernel } from '../wasm/wasm-kernel.ts';
import { difference, given, shownNumber, stepFrame } from './agreement.testing.ts';
import { graph } from './graphs.testing.ts';
import type { ModelCase } from './models.testing.ts';
import { arrayCells, cellKey, type Recording, record } from './recorder.testing.ts';

/*
 * One model run by everything that computes frames, against the recorder: stepping forwards and backwards, the tape, typed
 * arrays, WebAssembly with loops and without, and runs that are extended frame by frame and revisited.
 */

const frames = 3;
/** The most steps that are stepped back through. */
const mostSteps = 120;

/** Tries the models of `count` seeds from `from` on; returns how many of them compile. */
export function examineGraphs(from: number, count: number): number {
  let compiled = 0;
  for (let seed = from; seed < from + count; seed++) if (examineGraph(seed)) compiled += 1;
  return compiled;
}

/** Tries the model of a seed; false if it does not compile. Throws an Error with all details where two results differ. */
export function examineGraph(seed: number): boolean {
  const one = graph(seed);
  try {
    return examine(one, seed);
  } catch (fault) {
    const { message, stack } = fault as Error;
    const isFound = fault instanceof Difference;
    throw new Error(`seed ${seed}: ${isFound ? message : stack}\n${one.text}`, { cause: fault });
  }
}

class Difference extends Error {}

/** Tries a model; false if it does not compile. Throws where two results differ. */
export function examine({ text, recurrent }: ModelCase, seed = 0): boolean {
  const { program } = compileProgram(text);
  if (program === undefined) return false;
  for (const precision of program.model.store.length > 0
    ? (['full', 'lesson'] as const)
    : (['full'] as const)) {
    const recordings = record(program.model, frames, {
      rounded: precision === 'lesson',
      ...(recurrent && { recurrent }),
      ...(program.model.batch && { schedule: program.model.batch.schedule }),
    });
    const memories = stepped(program, precision, recordings);
    kernels(program, precision, memories, seed);
    extended(program, precision, memories, seed);
  }
  return true;
}

function same(found: number | undefined, wanted: number | undefined, what: () => string): void {
  if (!Object.is(found, wanted))
    throw new Difference(`${what()} is ${shownNumber(found)}, not ${shownNumber(wanted)}`);
}

const placeOf = ({ id }: Formula, cell: readonly number[], operation: number): string =>
  `${id} ${cell} ${operation}`;

/** Steps backwards from the last step and compares with the recorder; returns the memories of the frames. */
function stepped(
  program: Program,
  precision: RunPrecision,
  recordings: readonly Recording[],
): Float64Array[] {
  const fast = fastBackend();
  provideFastBackend(undefined);
  try {
    const machine = new Machine(program, precision);
    const { slots } = machine.layout;
    const memories = recordings.map((_, n) => machine.frame(n + 1).memory.slice());
    for (const [n, { steps, after }] of recordings.entries()) {
      same(program.size, steps.length, () => 'the number of steps');
      for (const { name, version, shape, offset } of slots)
        for (const [flat, cell] of arrayCells(shape).entries()) {
          const key = cellKey(version, name, cell);
          same(
            memories[n][offset + flat],
            after.get(key),
            () => `stepping, ${precision}, frame ${n + 1}: ${key}`,
          );
        }
    }
    const steps = recordings.map(
      (one) => new Map(one.steps.map((step) => [placeOf(step.formula, step.at, step.operation), step])),
    );
    const all = frames * program.size;
    for (let at = all; at > 0; at -= 1 + Math.floor(all / mostSteps)) {
      const moment = new Moment(machine, at);
      const { formula, cell, operation } = moment.location as Location;
      const { target, version } = formula;
      const where = () => `stepping backwards, ${precision}, step ${at}, ${target}[${cell}]`;
      // Found by its location: the recorder may order formulas that nothing reads differently.
      const step = steps[moment.frame - 1].get(placeOf(formula, cell, operation));
      if (step === undefined) throw new Difference(`${where()} is unknown to the recorder`);
      const { value, memory } = step;
      same(moment.operation?.value, value, where);
      const key = cellKey(version, target, cell);
      same(moment.value(target, version, cell), memory.get(key), () => `${where()}: ${key}`);
    }
    return memories;
  } finally {
    provideFastBackend(fast);
  }
}

/** Compares `run` and `advance` of every kernel, with the model's numbers and with unusual ones. */
function kernels(
  program: Program,
  precision: RunPrecision,
  memories: readonly Float64Array[],
  seed: number,
): void {
  const layout = new Layout(program.model);
  const whole = planOf(program, layout);
  const rules = precision === 'lesson' ? roundedQuantities(program.model) : new Set<string>();
  const store: Store = precision === 'lesson' ? storeByRules(program.model) : storeExactly;
  const storing = ({ formula }: { formula: { target: string } }) =>
    rules.has(formula.target) ? store : undefined;
  const training = trainingPlan(whole, layout, ({ name }) => rules.has(name));
  const tapes = tapesOf(layout, whole, training, storing);
  const made: Record<string, FrameKernel | undefined> = {
    tape: tapes && tapeKernel(tapes),
    'typed arrays': vectorKernel(layout, whole, training, storing),
  };
  if (rules.size === 0)
    for (const [way, operations] of [
      ['WebAssembly with loops', Infinity],
      ['WebAssembly without loops', 1],
    ] as const) {
      const code = wasmCode(layout, operations, whole, () => training);
      made[way] = code && wasmKernel(code);
    }
  const inputs = new Inputs(program.model, layout);
  const odd = given(program, layout, 1 + seed);
  inputs.write(odd, 1);
  const oddly = odd.slice();
  stepFrame(program, layout, oddly, store);
  for (const [way, kernel] of Object.entries(made)) {
    if (kernel === undefined) throw new Difference(`there is no ${way}`);
    const compare = (expected: Float64Array, what: string) => {
      const found = difference(layout.slots, expected, kernel.memory);
      if (found !== undefined) throw new Difference(`${way}, ${precision}, ${what}: ${found}`);
    };
    kernel.memory.set(odd);
    kernel.forget();
    kernel.run();
    compare(oddly, 'odd numbers');
    kernel.memory.set(inputs.start);
    kernel.forget();
    inputs.write(kernel.memory, 1);
    kernel.run();
    compare(memories[0], 'frame 1');
    kernel.memory.set(inputs.start);
    kernel.forget();
    const kept = layout.slots.filter((slot) => slot.version === 'old' && !training.eliminated.has(slot));
    for (const [n, memory] of memories.entries()) {
      inputs.write(kernel.memory, n + 1);
      kernel.advance();
      const expected = memory.slice();
      for (const { old, new: renewed } of layout.renewed)
        expected.copyWithin(old.offset, renewed.offset, renewed.offset + renewed.size);
      const found = difference(kept, expected, kernel.memory);
      if (found !== undefined)
        throw new Difference(`${way}, ${precision}, on the way through frame ${n + 1}: ${found}`);
    }
  }
}

/** Limits of memory: next to none, little, and plenty. */
const limits: readonly Limits[] = [
  { small: 0, budget: 0 },
  { small: 2, budget: 4000 },
  {},
  { small: 0, budget: 1e6 },
];

/** Runs that begin by stepping and are then extended, and runs with little memory, visited in some order. */
function extended(
  program: Program,
  precision: RunPrecision,
  memories: readonly Float64Array[],
  seed: number,
): void {
  const fast = fastBackend();
  // Kernels are tried above: mostly use the one that is made fastest.
  const webAssembly = seed % 8 === 0;
  const limit = { ...limits[seed % limits.length], webAssembly };
  provideFastBackend(undefined);
  const extended = new Machine(program, precision, [], 'train', { webAssembly });
  extended.frame(1);
  provideFastBackend(fast);
  extended.extend();
  const machine = new Machine(program, precision, [], 'train', limit);
  for (const [way, one] of [
    ['a run that is extended', extended],
    ['a run gone through', machine],
  ] as const) {
    for (const frame of seed % 2 === 0 ? [3, 1, 2] : [2, 3, 1]) {
      const memory = memories[frame - 1];
      const where = (what: string) => () =>
        `${way}, ${precision}, frame ${frame}, limits ${JSON.stringify(limit)}: ${what}`;
      for (const { name, version, shape, offset, size } of one.layout.slots) {
        for (let flat = size - 1; flat >= 0; flat -= 3) {
          const cell = cellAt(shape, flat);
          same(
            one.value(frame, name, version, cell),
            memory[offset + flat],
            where(cellKey(version, name, cell)),
          );
        }
        const array = one.array(frame, name, version);
        for (let flat = 0; flat < size; flat++)
          same(
            array[flat],
            memory[offset + flat],
            where(`the array ${version} ${name}[${cellAt(shape, flat)}]`),
          );
      }
      const found = difference(one.layout.slots, memory, one.frame(frame).memory);
      if (found !== undefined) throw new Difference(where(`the whole: ${found}`)());
    }
  }
}
