import { describe, expect, it } from 'vitest';
import { type Change, Machine } from '../../machine/machine.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { batchPerceptron, sampledAdversaries, xor } from '../../machine/testing/batches.testing.ts';
import {
  adversaries,
  gated,
  lecture,
  type ModelCase,
  perceptron,
  SeededNumbers,
} from '../../machine/testing/models.testing.ts';
import { record } from '../../machine/testing/recorder.testing.ts';
import { randomModel } from '../../network/random.testing.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { statusMessageText } from '../status-message.ts';
import type { Breakpoint } from './breakpoint.ts';
import { resolveBreakpoint } from './breakpoint-resolution.ts';
import { type BreakpointHit, BreakpointSet } from './breakpoint-search.ts';
import { expectedHits, randomBreakpoint } from './expected-hits.testing.ts';

/** Searches to the end on this thread. */
function find(
  watch: BreakpointSet,
  direction: 1 | -1,
  step: number,
  lastFrame: number,
): BreakpointHit | undefined {
  const search = watch.search(direction, step, lastFrame);
  for (;;) {
    const attempt = search.proceed();
    if (attempt.kind === 'over') return attempt.hit;
    watch.scan(attempt.frame);
  }
}

const frames = 3;

/** Compares stops from many steps, forwards and backwards, with a scan of every recorded step. */
function judge(one: ModelCase, program: Program, schedule: 'by sample' | 'together', seed: number): void {
  const numbers = new SeededNumbers(seed);
  const run = numbers.pick(['lesson', 'full'] as const);
  const { model } = program;
  const weight = [...model.quantities.values()].find(
    ({ role, shape }) => role === 'param' && shape.length > 0,
  );
  const changes: Change[] =
    weight !== undefined && seed % 3 === 0
      ? [
          {
            kind: 'poke',
            name: weight.name,
            version: 'new',
            cell: weight.shape.map(() => 1),
            frame: 2,
            value: 0.5,
          },
        ]
      : [];
  const recordings = record(model, frames, {
    rounded: run === 'lesson',
    schedule,
    changes,
    ...(one.recurrent && { recurrent: one.recurrent }),
  });
  const judged = Array.from({ length: numbers.whole(1, 3) }, () =>
    randomBreakpoint(model, numbers, recordings[0], schedule, run === 'lesson'),
  );
  const breakpoints = judged.map(({ breakpoint }) => breakpoint);
  const stops = expectedHits(recordings, judged);
  const watch = new BreakpointSet(new Machine(program, run, changes), breakpoints);
  const end = frames * program.size;
  const told = (stop: BreakpointHit | undefined) =>
    stop && `${stop.step} ${stop.breakpoint.text} ${stop.hitCount}`;
  const compare = (direction: 1 | -1, step: number): void => {
    const found = told(find(watch, direction, step, frames));
    const wanted =
      direction > 0 ? stops.find((one) => one.step > step) : stops.filter((one) => one.step < step).at(-1);
    const ought = wanted && `${wanted.step} ${wanted.text} ${wanted.hitCount}`;
    if (found === ought) return;
    const way = direction > 0 ? 'after' : 'before';
    const all = breakpoints.map((breakpoint) => JSON.stringify(breakpoint)).join(' ');
    throw new Error(
      `${way} step ${step}: ${found}, not ${ought}\n${all}\n${one.name}, seed ${seed}, ${run}, ${schedule}\n${one.text}`,
    );
  };
  for (let frame = 1; frame <= frames; frame++) {
    const own = stops.filter(({ step }) => Math.ceil(step / program.size) === frame);
    const marked = watch.marks(frame, 1e6);
    const missing = own.filter(({ step }) => !marked.includes(step - (frame - 1) * program.size));
    // Only a condition whose hits have to be counted first may not be known yet.
    const isOpen = ({ text }: { text: string }) =>
      breakpoints.some(
        (one) => one.text === text && one.kind === 'condition' && (one.nth ?? one.every) !== undefined,
      );
    if (marked.length > own.length || missing.some((one) => !isOpen(one)))
      throw new Error(
        `marks ${marked} of frame ${frame}: ${own.map(({ step }) => step)}\n${one.name}, seed ${seed}`,
      );
  }
  // Backwards first in some runs: what is known of frames must not matter.
  if (seed % 2 === 0) compare(-1, end + 1);
  for (const stop of stops.slice(0, 4))
    for (const direction of [1, -1] as const) compare(direction, stop.step);
  for (let n = 0; n < 10; n++) compare(numbers.pick([1, -1] as const), numbers.whole(0, end));
}

const known: readonly ModelCase[] = [
  { name: 'the lecture', text: lecture },
  perceptron(3),
  gated(1),
  adversaries,
  xor,
  batchPerceptron(1),
  batchPerceptron(4),
  sampledAdversaries,
];

describe('breakpoints', () => {
  it.each(known)('stop where a scan of every step does, forwards and in reverse: $name', (one) => {
    for (const schedule of ['by sample', 'together'] as const) {
      const { program } = compileProgram(one.text, { schedule });
      if (program === undefined) continue;
      if (schedule === 'by sample' && program.model.batch === undefined) continue;
      for (let seed = 1; seed <= 6; seed++) judge(one, program, schedule, seed);
    }
  });

  it('stop so in random networks', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const one = randomModel(seed);
      const { program } = compileProgram(one.text, { schedule: 'together' });
      if (program !== undefined && program.size < 700) judge(one, program, 'together', seed);
    }
  });

  it('find a rare stop thousands of iterations away, and go back to it from anywhere', () => {
    const text = `given x = 0.5
given t = 0.7
param w = 0.1
rate eta = 0.01
forward
  y = w * x
  L = (t - y)^2
update
  w <- w - eta * dL/dw`;
    const program = programOf(text);
    const far = 2500;
    const losses = record(program.model, far, { rounded: false }).map(
      ({ after }) => after.get('old L') as number,
    );
    const wanted = losses.findIndex((loss) => loss < (losses.at(-1) as number) * 1.0001);
    const limit = (losses[wanted] + losses[wanted - 1]) / 2;
    const machine = new Machine(program, 'full');
    const condition: Breakpoint = { kind: 'condition', text: `L < ${limit}`, enabled: true };
    const step = wanted * program.size + (program.writing('L', 'old', [])?.last as number);
    const watch = new BreakpointSet(machine, [condition]);
    expect(find(watch, 1, 0, 5000)).toMatchObject({ step, breakpoint: condition, hitCount: 1, place: [] });
    expect(find(watch, -1, step + 1, 5000)?.step).toBe(step);
    expect(find(watch, -1, step, 5000)).toBeUndefined();
    expect(find(new BreakpointSet(machine, [condition]), -1, step + 3, 5000)?.hitCount).toBe(1);
    const second = { ...condition, nth: 7 };
    expect(find(new BreakpointSet(machine, [second]), 1, 17, 5000)?.step).toBe(step + 6 * program.size);
    expect(find(new BreakpointSet(machine, [{ ...condition, text: 'L < 0' }]), 1, 0, 5000)).toBeUndefined();
  });

  it('are found without running anything where they are places', () => {
    const rows = `param W[300,200] = he(1, 200)\ngiven x[200] = he(2, 1)\neta = 0.1`;
    const program = programOf(`${rows}
forward
  h[j] = sum(i: W[j,i] * x[i])
  L = sum(j: h[j]^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`);
    const machine = new Machine(program, 'full');
    const watch = new BreakpointSet(machine, [{ kind: 'cells', text: 'W[a,a]', enabled: true, every: 150 }]);
    const stop = find(watch, 1, 100 * program.size, 1_000_000);
    expect(program.locate((stop?.step ?? 0) - 100 * program.size)).toMatchObject({ cell: [100, 100] });
    expect(stop?.hitCount).toBe(20_100);
    expect(machine.furthest).toBe(0);
  });

  it('say at which values of the free indices they have stopped', () => {
    const machine = new Machine(programOf(lecture), 'lesson');
    const watch = new BreakpointSet(machine, [{ kind: 'condition', text: 'h[j] < 0.67', enabled: true }]);
    expect(find(watch, 1, 0, 1)?.place).toEqual([['j', 2]]);
  });

  it('go by the first fifteen digits where the lecture rounds; elsewhere all digits are told', () => {
    const program = programOf(lecture);
    const condition: Breakpoint = { kind: 'condition', text: 'L < 0.005', enabled: true };
    const stop = (run: 'lesson' | 'full') =>
      find(new BreakpointSet(new Machine(program, run), [condition]), 1, 0, 100);
    const frameOf = (found: BreakpointHit | undefined) =>
      Math.ceil((found as BreakpointHit).step / program.size);
    const lossAt = (run: 'lesson' | 'full', found: BreakpointHit | undefined) =>
      new Machine(program, run).value(frameOf(found), 'L', 'old', []);
    // In iteration 14 the lecture's y is 0.6, and L is 0.005 but for its last bits.
    const noisy = new Machine(program, 'lesson').value(14, 'L', 'old', []);
    expect([noisy < 0.005, Number(noisy.toPrecision(15))]).toEqual([true, 0.005]);
    const [lesson, full] = [stop('lesson'), stop('full')];
    expect(Number(lossAt('lesson', lesson).toPrecision(15))).toBeLessThan(0.005);
    expect(lesson?.readings).toEqual([]);
    expect(full?.readings).toEqual([['L', lossAt('full', full)]]);
    expect(statusMessageText({ kind: 'stop', frame: frameOf(full), ...(full as BreakpointHit) })).toBe(
      `Stopped in iteration 15: L < 0.005, first time. In full: L = ${lossAt('full', full)}.`,
    );
    expect(statusMessageText({ kind: 'stop', frame: frameOf(lesson), ...(lesson as BreakpointHit) })).toBe(
      'Stopped in iteration 16: L < 0.005, first time.',
    );
    // The marks of the timeline follow the same digits.
    const watch = new BreakpointSet(new Machine(program, 'lesson'), [condition]);
    expect(watch.marks(14, 10)).toEqual([]);
  });

  it.each([
    ['δ1', 'formula'],
    [' W1[1,*] ', 'cells'],
    ['W1[j,j]', 'cells'],
    ['backward', 'phase'],
    ['h[1] > 0.5', 'condition'],
    ['dL/dW1', 'formula'],
  ])('means by %j a %s', (text, kind) => {
    expect(resolveBreakpoint(programOf(lecture), text)).toMatchObject({ kind });
  });

  it('are not set where each iteration would take minutes to be looked through', () => {
    const program = programOf(`param W[300,200] = he(1, 200)\ngiven x[200] = he(2, 1)\neta = 0.1
forward
  h[j] = sum(i: W[j,i] * x[i])
  L = sum(j: h[j]^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`);
    expect(resolveBreakpoint(program, 'sum(j, i: W[j,i]^2) < 1')).toMatchObject({
      error: { message: expect.stringMatching(/too many operations/) },
    });
    expect(resolveBreakpoint(program, 'W[j,i] < 0')).toMatchObject({ kind: 'condition' });
  });

  it.each([
    ['', 1, /nothing is written/],
    ['δ3', 1, /computes no δ3; do you mean δ[12]/],
    ['  x', 3, /no step computes x/],
    ['δ1[3]', 1, /shape 2; no cell of it is δ1\[3\]/],
    ['δ1[1,2]', 1, /takes 1 index, not 2/],
    ['h[1] - 0.5', 11, /number and no condition/],
    ['x[i] > 0', 1, /never be checked/],
    ['h[1] >', 7, /expected a number/],
  ])('of %j is told what is wrong, and where', (text, column, message) => {
    const found = resolveBreakpoint(programOf(lecture), text);
    if (!('error' in found)) throw new Error(`${text} was understood`);
    expect(found.error.message).toMatch(message);
    expect(found.error.column).toBe(column);
  });
});
