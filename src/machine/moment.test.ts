import { describe, expect, it } from 'vitest';
import { gaussian, uniform } from '../number/random.ts';
import { round } from '../number/rounding.ts';
import { compileProgram } from '../program/program.ts';
import { Machine } from './machine.ts';
import { Moment } from './moment.ts';
import type { Operand } from './step/cell-operations.ts';
import { roundDecimal } from './testing/arithmetic.testing.ts';
import { batchCases, sampledAdversaries } from './testing/batches.testing.ts';
import { adversarialExample, adversaries, type ModelCase, modelCases } from './testing/models.testing.ts';
import { oddities } from './testing/oddities.testing.ts';
import {
  arrayCells,
  type Cells,
  cellKey,
  type RecordedOperand,
  type RecordedStep,
  type Recording,
  record,
} from './testing/recorder.testing.ts';

const frames = 2;
type Case = ModelCase & { readonly schedule?: 'by sample' | 'together' };
const batches = [...batchCases, sampledAdversaries].flatMap((one): Case[] => [
  ...(one.together
    ? []
    : [{ ...one, name: `${one.name}, sample by sample`, schedule: 'by sample' as const }]),
  { ...one, name: `${one.name}, together`, schedule: 'together' },
]);
const cases: readonly Case[] = [...modelCases, ...oddities, adversaries, adversarialExample, ...batches];
const runs = ['full', 'lesson'] as const;

/** One address: a version of a cell. */
interface Address {
  readonly key: string;
  readonly name: string;
  readonly version: 'old' | 'new';
  readonly at: readonly number[];
}

interface Trial {
  readonly machine: Machine;
  readonly recordings: readonly Recording[];
  readonly addresses: readonly Address[];
  /** Says which model, run and step a difference was found in. */
  readonly where: (step: number) => string;
}

const trials = new Map<string, Trial>();

function trial(model: Case, precision: (typeof runs)[number]): Trial {
  const key = `${precision} ${model.name}`;
  const found = trials.get(key) ?? recorded(model, precision);
  trials.set(key, found);
  return found;
}

function recorded({ name, text, recurrent, schedule }: Case, precision: (typeof runs)[number]): Trial {
  const more = { ...(recurrent && { recurrent }), ...(schedule && { schedule }) };
  const { program, diagnostics } = compileProgram(text, more);
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  const machine = new Machine(program, precision);
  return {
    machine,
    recordings: record(program.model, frames, { rounded: precision === 'lesson', ...more }),
    addresses: machine.layout.slots.flatMap(({ name: of, version, shape }) =>
      arrayCells(shape).map((at) => ({ key: cellKey(version, of, at), name: of, version, at })),
    ),
    where: (step) => `${name}, ${precision} run, step ${step}\n${text}`,
  };
}

/** Fails with the place and both values, which must be the same bits. */
function same(actual: unknown, wanted: unknown, what: string, where: () => string): void {
  if (!Object.is(actual, wanted))
    throw new Error(`${what}: ${String(actual)} instead of ${String(wanted)} in ${where()}`);
}

/** A step of the whole run, counted from 1, as the recorder saw it. */
function recordedAt({ recordings, machine }: Trial, step: number): RecordedStep {
  const { size } = machine.program;
  return recordings[Math.floor((step - 1) / size)].steps[(step - 1) % size];
}

/** The memory that is true after a step; before the first step of a frame it holds what the frame found. */
const memoryAt = (found: Trial, step: number): Cells =>
  step === 0 ? found.recordings[0].before : recordedAt(found, step).memory;

function compareMemory(
  found: Trial,
  moment: Moment,
  addresses: readonly Address[],
  where: () => string,
): void {
  const memory = memoryAt(found, moment.step);
  for (const { key, name, version, at } of addresses)
    same(moment.value(name, version, at), memory.get(key), key, where);
}

const operandText = (operand: Operand | RecordedOperand): string => {
  if (operand.kind === 'step') return `step ${operand.operation}`;
  if (operand.kind === 'literal') return 'literal';
  if ('reference' in operand) return cellKey(operand.reference.version, operand.reference.name, operand.cell);
  return operand.cell;
};

function compareStep(found: Trial, moment: Moment, where: () => string): void {
  const wanted = recordedAt(found, moment.step);
  const { location, operation, cellOperations, finishesCell } = moment;
  same(location?.formula.target, wanted.formula.target, 'formula', where);
  same(location?.formula.id, wanted.formula.id, 'formula', where);
  same(location?.cell.join(), wanted.at.join(), 'cell', where);
  same(location?.operation, wanted.operation, 'operation', where);
  same(operation?.number, wanted.operation, 'number', where);
  same(operation?.name, wanted.name, 'name', where);
  same(
    operation?.operands.map(operandText).join(),
    wanted.operands.map(operandText).join(),
    'operands',
    where,
  );
  for (const [n, { value }] of wanted.operands.entries())
    same(operation?.operands[n].value, value, `operand ${n + 1}`, where);
  same(operation?.value, wanted.value, 'value', where);
  same(finishesCell ? cellOperations?.stored : null, wanted.stored, 'stored', where);
}

describe.each(runs)('in the %s run', (precision) => {
  describe.each(cases)('$name', (model) => {
    const found = trial(model, precision);
    const { machine, recordings, addresses } = found;
    const { program } = machine;

    it('has the steps that the recorder took', () => {
      for (const { steps } of recordings) expect(steps.length).toBe(program.size);
      expect(program.passes[0].first).toBe(1);
      expect(program.passes.at(-1)?.last).toBe(program.size);
      for (const { first, last, phase, pass, sample } of program.passes) {
        for (const step of [first, last]) {
          expect(program.locate(step).formula).toMatchObject({ phase, pass });
          expect(program.passOf(step)).toEqual({ first, last, phase, pass, ...(sample && { sample }) });
        }
        if (first === 1) continue;
        const before = program.locate(first - 1);
        expect([before.formula.pass, program.sampleOf(before)]).not.toEqual([pass, sample]);
      }
    });

    it('locates every step, and finds it again', () => {
      for (let step = 1; step <= program.size; step++) {
        const { formula, cell, operation, operations, first } = program.locate(step);
        const steps = program.stepsOf(formula, cell);
        const where = () => found.where(step);
        same(steps.first, first, 'first', where);
        same(steps.first + operation - 1, step, 'step', where);
        same(steps.last - steps.first + 1, operations, 'operations', where);
      }
    });

    it('shows at every step what the recorder saw', () => {
      // The whole memory wherever it changes and one step before; between these every step with some of the cells.
      const budget = 400_000;
      const stride = Math.max(1, Math.floor((frames * program.size * addresses.length) / budget));
      for (let step = 0; step <= frames * program.size; step++) {
        const moment = new Moment(machine, step);
        const where = () => found.where(step);
        if (step > 0) compareStep(found, moment, where);
        const changes = step > 0 && (recordedAt(found, step).stored !== null || step % program.size === 0);
        const some =
          changes && step % 3 === 0 ? addresses : addresses.filter((_, n) => (n + step) % stride === 0);
        compareMemory(found, moment, some, where);
        if (step === 0) continue;
        // The cell being computed changes exactly at its last operation.
        const { formula, at } = recordedAt(found, step);
        const { target: name, version } = formula;
        compareMemory(found, moment, [{ key: cellKey(version, name, at), name, version, at }], where);
      }
    });

    it('evaluates fast the same bits as step by step', () => {
      for (let frame = 1; frame <= frames; frame++) {
        const { memory } = machine.frame(frame);
        const { after } = recordings[frame - 1];
        for (const [n, { key }] of addresses.entries())
          same(memory[n], after.get(key), key, () => found.where(frame * program.size));
        for (const formula of program.model.formulas) {
          for (const cell of arrayCells(formula.indices.map(({ range }) => range.high))) {
            const stored = after.get(cellKey(formula.version, formula.target, cell));
            same(machine.cellOperations(frame, formula, cell).stored, stored, formula.target, () =>
              found.where(frame),
            );
          }
        }
      }
    });
  });
});

it('is after k steps forward and j back where it is after k − j', () => {
  const all = runs.flatMap((precision) => cases.map((model) => trial(model, precision)));
  for (let walk = 0; walk < 1000; walk++) {
    const found = all[walk % all.length];
    const { machine, addresses } = found;
    const last = frames * machine.program.size;
    const k = 1 + Math.floor(uniform(7, 1, walk) * last);
    const j = Math.floor(uniform(7, 2, walk) * (k + 1));
    const where = () => `walk ${walk}: ${k} forward, ${j} back, ${found.where(k - j)}`;
    new Moment(machine, k).newest(addresses[0].name, addresses[0].at);
    const moment = new Moment(machine, k - j);
    if (k - j > 0) compareStep(found, moment, where);
    compareMemory(found, moment, addresses, where);
  }
});

it('rounds as whole-number arithmetic does', () => {
  for (let n = 0; n < 20_000; n++) {
    const tie = (Math.floor(uniform(3, 1, n) * 2000) / 100) * (Math.floor(uniform(3, 2, n) * 2000) / 100);
    const value = n % 2 === 0 ? tie : gaussian(3, 3, n) / 10 ** (n % 12);
    const digits = 1 + (n % 5);
    for (const kind of ['decimals', 'significant'] as const) {
      const wanted = roundDecimal(value, digits, kind === 'decimals');
      same(round(value, { kind, digits }), wanted, `${value} at ${digits} ${kind}`, () => `number ${n}`);
    }
  }
});
