import { afterEach, describe, expect, it, vi } from 'vitest';
import { editsOf, Machine } from '../machine/machine.ts';
import { Moment } from '../machine/moment.ts';
import { adam, lecture } from '../machine/testing/models.testing.ts';
import {
  serveTraining,
  type TrainingOrder,
  type TrainingPort,
  type TrainingReport,
} from '../machine/threads/training-port.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { editCell } from './edit.ts';
import { Session } from './session.ts';
import type { TrainingThread } from './training.ts';

function compile(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** A worker's two ends in one thread: messages are cloned and buffers change hands as they do between threads. */
function openThread(): TrainingThread {
  const { port1, port2 } = new MessageChannel();
  const close = () => {
    port1.close();
    port2.close();
  };
  opened.push({ close });
  serveTraining(port2 as unknown as TrainingPort<TrainingReport, TrainingOrder>);
  return Object.assign(port1, { terminate: close, onerror: null }) as unknown as TrainingThread;
}

const threads = {
  'in a thread of its own': openThread,
  'where there is no other thread': () => undefined,
  'where the page may not open one': () => {
    throw new Error('forbidden by the content policy');
  },
};

const ended = (session: Session) =>
  vi.waitFor(() => expect(session.training.status).toBe('ended'), { timeout: 300_000, interval: 5 });

/** Every number of some frames of two machines, and some operations, are the same bits. */
function compare(one: Machine, other: Machine, frames: readonly number[]): void {
  const { program } = one;
  for (const frame of frames) {
    for (const step of [1, Math.ceil(program.size / 2), program.size].map((k) => one.stepAt(frame, k)))
      expect(new Moment(one, step).operation).toEqual(new Moment(other, step).operation);
    const [mine, others] = [one.frame(frame).memory.slice(), other.frame(frame).memory];
    for (let n = 0; n < mine.length; n++) {
      if (!Object.is(mine[n], others[n])) throw new Error(`frame ${frame}: number ${n}`);
    }
  }
}

describe.each(Object.entries(threads))('training %s', (_, open) => {
  it.each([
    ['lecture', lecture],
    ['Adam', adam(4).text],
  ])('leaves every frame of the %s to be stepped through', async (_name, text) => {
    const program = compile(text);
    const session = new Session(program, 'model', open);
    const seen: number[] = [];
    session.subscribe(() => seen.push(session.training.frame));
    session.training.start(300);
    await ended(session);
    const { training, machine } = session;
    expect(training).toMatchObject({ frame: 300, target: 300, fault: undefined, failure: undefined });
    expect(seen.at(-1)).toBe(300);
    expect(training.trackedLosses).toEqual(['L']);
    const fresh = new Machine(program, machine.precision);
    expect(training.losses[0]).toHaveLength(300);
    for (const frame of [1, 77, 300])
      expect(training.losses[0][frame - 1]).toBe(fresh.value(frame, 'L', 'old', []));
    compare(machine, fresh, [300, 1, 299, 150, 2]);
    // It goes on from where it is.
    training.start(20);
    await ended(session);
    expect(training.losses[0]).toHaveLength(320);
    compare(machine, fresh, [320, 301, 300, 5]);
    compare(machine, fresh, [325]);
  });

  it('can be paused, resumed and cancelled, and loses nothing', async () => {
    const program = compile(lecture);
    const session = new Session(program, 'model', open);
    const { training } = session;
    training.start(1e7);
    await vi.waitFor(() => expect(training.frame).toBeGreaterThan(0), { timeout: 300_000 });
    training.pause();
    expect(training.status).toBe('paused');
    // A report that was sent before the pause still arrives.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const paused = training.frame;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(training.frame).toBe(paused);
    training.resume();
    await vi.waitFor(() => expect(training.frame).toBeGreaterThan(paused), { timeout: 300_000 });
    training.cancel();
    const { frame } = training;
    expect(training.status).toBe('ended');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(training.frame).toBe(frame);
    expect(training.losses[0]).toHaveLength(frame);
    const near = [frame, frame - 1].filter((one) => one <= 3000);
    compare(session.machine, new Machine(program, 'lesson'), [1, 2, paused > 500 ? 500 : paused, ...near]);
  });

  it('stops at the frame that stores a number that is not finite, and says where', async () => {
    const program = compile('param w = 2\nforward\n  L = w^2\nupdate\n  w <- w * 1e40 - dL/dw');
    const session = new Session(program, 'model', open);
    session.training.start(100);
    await ended(session);
    const fresh = new Machine(program, 'full');
    const first = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((frame) => fresh.fault(frame) !== undefined) as number;
    expect(session.training.frame).toBe(first);
    expect(session.training.fault).toEqual({ frame: first, ...fresh.fault(first) });
    expect(session.machine.fault(first)).toEqual(fresh.fault(first));
  });

  it('ends when the reader changes a number, and starts with it anew', async () => {
    const program = compile(lecture);
    const session = new Session(program, 'model', open);
    session.training.start(1e7);
    await vi.waitFor(() => expect(session.training.frame).toBeGreaterThan(0), { timeout: 300_000 });
    editCell(session, 'W1[1,1]', '0.5');
    expect(session.training).toMatchObject({ status: 'idle', frame: 0, losses: [] });
    session.training.start(10);
    await ended(session);
    compare(session.machine, new Machine(program, 'lesson', editsOf(new Map([['W1[1,1]', 0.5]]))), [10, 4]);
  });
});

it('goes on in this thread where the other one fails to open after all', async () => {
  const silent = { postMessage() {}, onmessage: null, onerror: null, terminate() {} } as TrainingThread;
  const session = new Session(compile(lecture), 'model', () => silent);
  session.training.start(50);
  silent.onerror?.(undefined as never);
  await ended(session);
  expect(session.training.frame).toBe(50);
});

it('a change that is undone brings back what was trained, and its curve', async () => {
  const session = new Session(compile(lecture), 'lecture');
  session.training.start(40);
  await ended(session);
  const losses = session.training.losses[0].slice();
  expect(editCell(session, 'eta', '0.5', 41)).toBeUndefined();
  expect(session.training.losses).toEqual([]);
  session.training.start(10);
  await ended(session);
  const others = session.training.losses[0].slice();
  expect(others.slice(0, 40)).toEqual(losses);

  session.dispatch('undo');
  expect([session.furthest, session.training.status, session.training.target]).toEqual([40, 'ended', 40]);
  expect(session.training.losses[0]).toEqual(losses);
  session.dispatch('redo');
  expect(session.furthest).toBe(others.length);
  expect(session.training.losses[0]).toEqual(others);
});
