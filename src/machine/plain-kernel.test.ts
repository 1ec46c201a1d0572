import { afterEach, describe, expect, it } from 'vitest';
import { difference, programOf } from './agreement.testing.ts';
import { batchCases } from './batches.testing.ts';
import { bringFastWays, fastWays, frameKernel, needsFastWays } from './kernel.ts';
import { Layout } from './layout.ts';
import { type Limits, Machine, type Run } from './machine.ts';
import { lecture, modelCases } from './models.testing.ts';
import { oddities } from './oddities.testing.ts';

const ways = fastWays();
afterEach(() => bringFastWays(ways));

/** In an order in which frames are extended to, run again, and taken from what is at hand. */
const visits = [1, 2, 1, 5, 4, 9, 3];
const limits: readonly Limits[] = [{}, { small: 2, budget: 4000 }];

describe.each<Run>(['full', 'lesson'])('without fast ways, in the %s run', (run) => {
  it.each([...modelCases, ...oddities, ...batchCases])('$name has the same bits', ({ text }) => {
    const program = programOf(text);
    const wanted = new Machine(program, run);
    const frames = new Map(visits.map((frame) => [frame, wanted.frame(frame).memory.slice()]));
    for (const limit of limits) {
      bringFastWays(undefined);
      const plain = new Machine(program, run, [], 'train', limit);
      const same = (frame: number) =>
        expect(
          difference(plain.layout.slots, frames.get(frame) as Float64Array, plain.frame(frame).memory),
        ).toBeUndefined();
      for (const frame of visits) {
        same(frame);
        for (const { name, version, offset, size } of plain.layout.slots)
          expect(plain.array(frame, name, version)).toEqual(frames.get(frame)?.slice(offset, offset + size));
      }
      // Trained from here on, with what has been loaded meanwhile.
      bringFastWays(ways);
      while (plain.furthest < 12) plain.extend();
      for (const frame of visits) same(frame);
      expect(plain.tip).toEqual(trained(program, run).tip);
    }
  });
});

function trained(program: ReturnType<typeof programOf>, run: Run): Machine {
  const machine = new Machine(program, run);
  while (machine.furthest < 12) machine.extend();
  return machine;
}

it('steps where nothing faster is loaded, which large models ask for', () => {
  const program = programOf(lecture);
  const layout = new Layout(program.model);
  expect(needsFastWays(program)).toBe(false);
  expect(frameKernel(program, layout).kind).not.toBe('stepping');
  bringFastWays(undefined);
  expect(frameKernel(program, layout).kind).toBe('stepping');
  expect(needsFastWays(programOf('param W[40,40] = he(1, 40)\nforward\n  y = sum(i: W[1,i])'))).toBe(true);
});
