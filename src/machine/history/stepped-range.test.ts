import { afterEach, describe, expect, it } from 'vitest';
import { cellName } from '../../formula/model.ts';
import type { Program } from '../../program/counted-program.ts';
import { needsFastBackend } from '../kernel/kernel-choice.ts';
import { type Change, Machine, type RunPrecision } from '../machine.ts';
import { difference, firstDifferent, programOf } from '../testing/agreement.testing.ts';
import { batchCases } from '../testing/batches.testing.ts';
import { lecture, modelCases } from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { fastBackend, provideFastBackend } from './fast-backend.ts';

const ways = fastBackend();
afterEach(() => provideFastBackend(ways));

/** An order in which frames are extended to, run again, and read from memory. */
const visits = [1, 2, 1, 5, 4, 9, 3];

/** A given number edited from the third frame on, and a computed one overridden in the fourth. */
function changesOf({ model }: Program): Change[] {
  const cells = [...model.quantities.values()].flatMap(({ name, role, shape, rows, numbers }) => {
    const cell = shape.map(() => 1);
    if (role === 'computed')
      return [{ kind: 'poke', name, version: 'old', cell, frame: 4, value: 0.25 }] as Change[];
    if (rows !== undefined || numbers === undefined) return [];
    return [{ kind: 'edit', cell: cellName(name, cell), value: 0.5, frame: 3 }] as Change[];
  });
  return ['edit', 'poke'].flatMap((kind) => cells.find((one) => one.kind === kind) ?? []);
}

describe.each<RunPrecision>(['full', 'lesson'])('without the fast backend, in the %s run', (precision) => {
  it.each([...modelCases, ...oddities, ...batchCases])('$name has the same bits', ({ text }) => {
    const program = programOf(text);
    for (const changes of [[], changesOf(program)]) {
      const wanted = new Machine(program, precision, changes);
      const evaluated = new Machine(program, precision, changes, 'evaluate', { trainedBy: wanted });
      const frames = new Map(visits.map((frame) => [frame, wanted.frame(frame).memory.slice()]));
      provideFastBackend(undefined);
      const plain = new Machine(program, precision, changes);
      const shown = new Machine(program, precision, changes, 'evaluate', { trainedBy: plain });
      const same = (frame: number) => {
        const memory = frames.get(frame) as Float64Array;
        const found = plain.frame(frame);
        expect(difference(plain.layout.slots, memory, found.memory)).toBeUndefined();
        expect(found.fault).toEqual(wanted.fault(frame));
        const wrong = plain.layout.slots.filter(
          ({ name, version, offset, size }) =>
            firstDifferent(plain.array(frame, name, version), memory.subarray(offset, offset + size)) !==
            undefined,
        );
        expect(wrong).toEqual([]);
        expect(firstDifferent(shown.frame(frame).memory, evaluated.frame(frame).memory)).toBeUndefined();
      };
      for (const frame of visits) same(frame);
      expect(plain.furthest).toBe(wanted.furthest);
      expect(plain.firstFault).toEqual(wanted.firstFault);
      expect(plain.isFinite).toBe(wanted.firstFault === undefined);
      // Trained from here on, with what has been loaded meanwhile.
      provideFastBackend(ways);
      for (const machine of [wanted, plain]) while (machine.furthest < 12) machine.extend();
      for (const frame of visits) same(frame);
      expect(plain.headState).toEqual(wanted.headState);
    }
  });
});

it('keeps only some of the states of many frames', () => {
  const program = programOf(lecture);
  const wanted = new Machine(program, 'full').frame(3001).memory.slice();
  provideFastBackend(undefined);
  const plain = new Machine(program, 'full');
  expect(plain.frame(3001).memory).toEqual(wanted);
  expect(plain.bytes).toBeLessThan(1e5);
  plain.frame(17);
  expect(plain.frame(3001).memory).toEqual(wanted);
});

it('is not for large models', () => {
  expect(needsFastBackend(programOf(lecture))).toBe(false);
  expect(needsFastBackend(programOf('param W[40,40] = he(1, 40)\nforward\n  y = sum(i: W[1,i])'))).toBe(true);
});
