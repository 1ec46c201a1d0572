import { Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { uniform } from '../number/random.ts';
import type { Program } from '../program/program.ts';
import { EngineEvaluation, workloadProgram } from './engine.ts';
import { workloads } from './workloads/workloads.ts';

/** What stepping through a trained run costs, in milliseconds where nothing else is stated. */
export interface SteppingReport {
  readonly frames: number;
  /** Scalar operations in a frame. */
  readonly operations: number;
  /** Microseconds to locate a step, on average. */
  readonly locate: number;
  /** Microseconds for a step forward and back, on average over walks at random places. */
  readonly next: number;
  readonly back: number;
  /**
   * Milliseconds of jumps to a random step of all frames, until its operation with operands and value is known; `high` is the 99th
   * percentile.
   */
  readonly jump: { readonly median: number; readonly high: number; readonly worst: number };
  /** Milliseconds to get a whole weight matrix of a random frame, as for a heat-map. */
  readonly array: number;
  /** Bytes of records and frames at hand, and of all typed arrays in the process. */
  readonly bytes: number;
  readonly buffers: number;
  /** Milliseconds for a frame trained with and without recording it, and the share by which the first is slower (0.1: 10 %). */
  readonly training: number;
  readonly evaluation: number;
  readonly recording: number;
}

const seed = 5;
const net = '784-256-128-10 b1';
/** The limits of the report: `locate` and `next` in µs, jumps in ms, memory in megabytes, recording as a share. */
export const steppingLimits = { locate: 1, next: 5, median: 10, high: 50, megabytes: 100, recording: 0.1 };

/** Trains 784-256-128-10 for some frames of one sample each, several times, and steps through them. `now` gives milliseconds. */
export function measureStepping(frames = 1000, now: () => number = () => performance.now()): SteppingReport {
  const program = workloadProgram((workloads.find(({ name }) => name === net) ?? workloads[0]).make().text);
  const { machine, training, evaluation, recording } = train(program, frames, now);
  let counter = 0;
  const draw = (below: number) => Math.floor(uniform(seed, 1, counter++) * below);
  const steps = frames * program.size;
  const anyStep = () => 1 + draw(steps);
  const timed = (act: () => void): number => {
    const start = now();
    act();
    return now() - start;
  };
  const located = Float64Array.from({ length: 200_000 }, () => 1 + draw(program.size));
  const locating = () => located.forEach((step) => void program.locate(step));
  timed(locating);
  const locate = (1000 * timed(locating)) / located.length;

  const walks = 60;
  const length = 4000;
  let [forth, back] = [0, 0];
  for (let walk = -walks / 4; walk < walks; walk++) {
    const start = Math.min(steps - length, anyStep());
    // Getting there is a jump, which is measured separately.
    void new Moment(machine, start).operation;
    const there = timed(() => {
      for (let n = 0; n < length; n++) void new Moment(machine, start + n).operation;
    });
    const andBack = timed(() => {
      for (let n = length; n > 0; n--) void new Moment(machine, start + n - 1).operation;
    });
    // The first walks only warm up.
    if (walk < 0) continue;
    forth += there;
    back += andBack;
  }
  const jumps = Array.from({ length: 2000 }, anyStep)
    .map((step) => timed(() => void new Moment(machine, step).operation))
    .sort((a, b) => a - b);
  const arrays = Array.from({ length: 9 }, () => 1 + draw(frames))
    .map((frame) => timed(() => void machine.array(frame, 'W1', 'old')))
    .sort((a, b) => a - b);
  return {
    frames,
    operations: program.size,
    locate,
    next: (1000 * forth) / (walks * length),
    back: (1000 * back) / (walks * length),
    jump: { median: jumps[1000], high: jumps[1980], worst: jumps[1999] },
    array: arrays[4],
    bytes: machine.bytes,
    buffers: process.memoryUsage().arrayBuffers,
    training,
    evaluation,
    recording,
  };
}

/** Runs that are measured, after one that warms up. */
const runs = 5;
/** Frames in a turn: few, so that other load on the machine affects both sides alike. */
const turnLength = 5;

/**
 * Trains machines for all frames and evaluates as many frames in between, by turns; milliseconds per frame. All turns are added
 * up, since a keyframe or a new segment of rows falls into few of them but costs what it costs.
 */
function train(
  program: Program,
  frames: number,
  now: () => number,
): { machine: Machine; training: number; evaluation: number; recording: number } {
  // The JavaScript engine optimises WebAssembly after a while and reuses that code for equal bytes as long as
  // a module is referenced, so the machines that follow begin warm.
  const bare = new EngineEvaluation(program);
  let machine = new Machine(program, 'full');
  const warm = machine;
  bare.train(frames);
  while (warm.furthest < frames) warm.extend();
  const found: { training: number; evaluation: number }[] = [];
  for (let round = 0; round <= runs; round++) {
    machine = new Machine(program, 'full');
    bare.start();
    let [training, evaluation] = [0, 0];
    const extend = (until: number) => {
      const start = now();
      while (machine.furthest < until) machine.extend();
      training += now() - start;
    };
    const evaluate = (count: number) => {
      const start = now();
      bare.train(count);
      evaluation += now() - start;
    };
    for (let turn = 0; machine.furthest < frames; turn++) {
      const from = machine.furthest;
      const until = Math.min(frames, from + turnLength);
      // Each side goes first every other time.
      if (turn % 2 === 0) extend(until);
      evaluate(until - from);
      if (turn % 2 === 1) extend(until);
    }
    if (round > 0) found.push({ training: training / frames, evaluation: evaluation / frames });
  }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return {
    machine,
    training: median(found.map(({ training }) => training)),
    evaluation: median(found.map(({ evaluation }) => evaluation)),
    recording: median(found.map(({ training, evaluation }) => training / evaluation)) - 1,
  };
}
