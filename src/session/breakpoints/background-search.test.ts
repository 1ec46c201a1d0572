import { afterEach, describe, expect, it } from 'vitest';
import { Machine } from '../../machine/machine.ts';
import { programOf } from '../../machine/testing/agreement.testing.ts';
import { batchPerceptron } from '../../machine/testing/batches.testing.ts';
import { adam, lecture } from '../../machine/testing/models.testing.ts';
import {
  type CountingOrder,
  type CountingReport,
  serveCounting,
} from '../../machine/threads/counting-port.ts';
import type { TrainingPort } from '../../machine/threads/training-port.ts';
import { editCell } from '../edit.ts';
import { Session } from '../session.ts';
import { BackgroundSearch, type SearchThread } from './background-search.ts';
import type { Breakpoint } from './breakpoint.ts';
import { BreakpointSet } from './breakpoint-search.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

/** A worker's two ends in one thread: messages are cloned and buffers change hands as they do between threads. */
function openThread(): SearchThread {
  const { port1, port2 } = new MessageChannel();
  const close = () => {
    port1.close();
    port2.close();
  };
  opened.push({ close });
  serveCounting(port2 as unknown as TrainingPort<CountingReport, CountingOrder>);
  return Object.assign(port1, { terminate: close, onerror: null }) as unknown as SearchThread;
}

const threads: Record<string, () => SearchThread | undefined> = {
  'in a thread of its own': openThread,
  'where there is no other thread': () => undefined,
  'where the page may not open one': () => {
    throw new Error('forbidden by the content policy');
  },
};

const on = (text: string, more: Partial<Breakpoint> = {}): Breakpoint => ({
  kind: 'condition',
  text,
  enabled: true,
  ...more,
});

/** What a search on this thread without any pause finds. */
function judged(session: Session, direction: 1 | -1, lastFrame: number): number | undefined {
  const { program, machine, state } = session;
  const { trainedBy: _, ...limits } = machine.limits;
  const own = new Machine(program, machine.precision, machine.changes, 'train', limits);
  const shown =
    machine.mode === 'train'
      ? own
      : new Machine(program, machine.precision, machine.changes, machine.mode, { ...limits, trainedBy: own });
  const watch = new BreakpointSet(shown, state.breakpoints);
  const search = watch.search(direction, state.cursor.step, lastFrame);
  for (;;) {
    const attempt = search.proceed();
    if (attempt.kind === 'over') return attempt.hit?.step;
    watch.scan(attempt.frame);
  }
}

const cases = [
  { name: 'the lecture', text: lecture, breakpoints: [on('L < 1e-4'), on('abs(δ1[j]) < 1e-3', { nth: 9 })] },
  {
    name: 'Adam',
    text: adam(1).text,
    breakpoints: [on('L < 0.15'), on('W[1,1] > W[1,2], b[1] < 0', { every: 50 })],
  },
  { name: 'a batch', text: batchPerceptron(1).text, breakpoints: [on('sum(n: L[n]) < 0.2', { nth: 40 })] },
];

describe.each(Object.entries(threads))('a search %s', (_, open) => {
  it.each(cases)(
    'finds what counting every frame finds, forwards and back, and the frames are there: $name',
    async ({ text, breakpoints }) => {
      for (const mode of ['train', 'evaluate'] as const) {
        const session = new Session(programOf(text), '');
        session.setMode(mode);
        session.setBreakpoints(breakpoints);
        const search = new BackgroundSearch(session, open, 0);
        let told = 0;
        session.subscribe(() => {
          if (session.searchStatus.progress !== undefined) told += 1;
        });
        for (const direction of [1, 1, -1, 1] as const) {
          const wanted = judged(session, direction, 400);
          const outcome = await search.find(direction, 400);
          expect(outcome.kind === 'stop' ? outcome.hit.step : undefined).toBe(wanted);
          expect(outcome.kind).not.toBe('cancelled');
          expect(session.searchStatus.progress).toBeUndefined();
          if (outcome.kind !== 'stop') continue;
          expect(session.furthest).toBeGreaterThanOrEqual(
            Math.ceil(outcome.hit.step / session.program.size) - 1,
          );
          session.goTo(outcome.hit.step);
        }
        expect(told).toBeGreaterThan(0);
      }
    },
  );

  it('goes on where another has ended, after training, with numbers changed, and with another condition', async () => {
    const session = new Session(programOf(lecture), '');
    const search = new BackgroundSearch(session, open, 0);
    const compare = async (direction: 1 | -1, last: number) => {
      const wanted = judged(session, direction, last);
      const outcome = await search.find(direction, last);
      expect(outcome.kind === 'stop' ? outcome.hit.step : undefined).toBe(wanted);
    };
    session.setBreakpoints([on('L < 1e-9')]);
    await compare(1, 30);
    await compare(1, 60);
    session.setBreakpoints([on('L < 1e-9'), on('h[1] > 0.69', { every: 7 })]);
    await compare(1, 80);
    editCell(session, 'W1[1,1]', '0.9');
    await compare(1, 80);
    session.goTo(70 * session.program.size);
    await compare(-1, 80);
    session.dispatch('undo');
    await compare(-1, 80);
  });

  it('can be cancelled, and ends when somebody goes elsewhere', async () => {
    const session = new Session(programOf(adam(1).text), '');
    session.setBreakpoints([on('L < 0')]);
    const search = new BackgroundSearch(session, open, 0);
    const waiting = search.find(1, 1e6);
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.searchStatus.progress?.cancel();
    expect((await waiting).kind).toBe('cancelled');
    const other = search.find(1, 1e6);
    await new Promise((resolve) => setTimeout(resolve, 20));
    session.dispatch('next');
    expect((await other).kind).toBe('cancelled');
    const third = search.find(1, 1e6);
    const fourth = search.find(-1, 1e6);
    expect((await third).kind).toBe('replaced');
    expect((await fourth).kind).toBe('none');
    expect(session.searchStatus.progress).toBeUndefined();
  });
});
