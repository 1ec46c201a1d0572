import { describe, expect, it } from 'vitest';
import { Machine } from '../machine/machine.ts';
import { programOf } from '../machine/testing/agreement.testing.ts';
import { lecture, perceptron, SeededNumbers } from '../machine/testing/models.testing.ts';
import { record } from '../machine/testing/recorder.testing.ts';
import { standAtItsEnd } from './after-training.ts';
import { BackgroundSearch } from './breakpoints/background-search.ts';
import type { SearchProgress } from './breakpoints/search-status.ts';
import { editCell } from './edit.ts';
import { applyPayload, payloadOf } from './links/full-link.ts';
import { Session } from './session.ts';
import { progressText, statusMessageText } from './status-message.ts';

const sparse = `
given x = [0, 1, 0, 2]
param W = [[0.5, 0.25, -0.5, 1], [1, 0, 3, -1]]
eta = 0.1
forward
  h[j] = sum(i: W[j,i] * x[i])
  L = sum(j: h[j]^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`;

const said = (session: Session): string => session.messages.map(statusMessageText).join(' ');

describe('stepping', () => {
  it('does a command so many times, as pressing its key so often does', () => {
    const numbers = new SeededNumbers(3);
    for (let n = 0; n < 60; n++) {
      const [once, often] = [new Session(programOf(lecture), ''), new Session(programOf(lecture), '')];
      const id = numbers.pick([
        'next',
        'over',
        'back',
        'backOver',
        'nextTerm',
        'nextCell',
        'previousFormula',
        'last',
      ]);
      const times = numbers.whole(1, 30);
      const from = numbers.whole(0, 130);
      once.goTo(from);
      often.goTo(from);
      once.dispatch(id, times);
      for (let press = 0; press < times; press++) often.dispatch(id);
      expect(once.state.cursor, `${id} ${times} times from ${from}`).toEqual(often.state.cursor);
    }
  });

  it('stays at the ends, however often it is asked', () => {
    const session = new Session(programOf(lecture), '');
    session.dispatch('back', 9999);
    expect(session.state.cursor.step).toBe(0);
    expect(said(session)).toBe('');
  });

  it.each([sparse, perceptron(3).text, lecture])(
    'passes over dull steps, exactly those, and back the same way: %#',
    (text) => {
      const program = programOf(text);
      // What a slow recorder did: times an exact 0 or 1, plus an exact 0, and not the last of a cell.
      const { steps } = record(program.model, 1, { rounded: true })[0];
      const isDull = steps.map(({ name, operands, stored }) => {
        const has = (value: number) => operands.some((operand) => operand.value === value);
        return stored === null && ((name === 'mul' && (has(0) || has(1))) || (name === 'add' && has(0)));
      });
      const kept = steps.flatMap((_, at) => (isDull[at] ? [] : [at + 1]));
      const session = new Session(program, '');
      session.dispatch('skip');
      expect(said(session)).toMatch(/passed over/);
      const reached: number[] = [];
      let passed = 0;
      while (session.state.cursor.step < program.size) {
        session.dispatch('next');
        reached.push(session.state.cursor.step);
        const remark = session.messages.find(({ kind }) => kind === 'noOps');
        if (remark?.kind === 'noOps') passed += remark.count;
      }
      expect(reached).toEqual(kept);
      expect(passed).toBe(isDull.filter(Boolean).length);
      for (const step of [0, ...kept].reverse().slice(1)) {
        session.dispatch('back');
        expect(session.state.cursor.step).toBe(step);
      }
      session.goTo(0);
      const forwards = [0];
      while (session.state.cursor.step < program.size) {
        session.dispatch('over');
        forwards.push(session.state.cursor.step);
      }
      for (const step of forwards.reverse().slice(1)) {
        session.dispatch('backOver');
        expect(session.state.cursor.step).toBe(step);
      }
    },
  );

  it('tells how many dull steps were passed, and that it tells so', () => {
    const session = new Session(programOf(sparse), '');
    session.dispatch('skip');
    session.dispatch('next');
    expect(said(session)).toBe('6 dull steps were passed (times 0 or 1, or plus 0).');
    session.dispatch('skip');
    expect(said(session)).toBe('Every step is stepped through.');
  });

  it('does not begin another iteration without a word', () => {
    const session = new Session(programOf('given x = 2\nforward\n  y = x * x'), '');
    session.dispatch('nextPhase');
    expect(said(session)).toBe('');
    session.dispatch('nextPhase');
    expect(session.moment.frame).toBe(2);
    expect(said(session)).toMatch(/^Iteration 2 has begun; nothing was updated/);
    session.dispatch('back');
    expect(said(session)).toBe('Back in iteration 1.');
    const learning = new Session(programOf(lecture), '');
    learning.dispatch('last', 2);
    expect(said(learning)).toBe('Iteration 2 has begun.');
  });

  it('goes no further at once than can be run while somebody waits', () => {
    const rows = `[${Array.from({ length: 400 }, (_, n) => `[${n}]`).join(',')}]`;
    const text = `sample x = ${rows}
param W[300,300] = he(1, 300)
eta = 1e-6
forward
  h[j] = sum(i: W[j,i] * x[1])
  L = sum(j: h[j]^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`;
    const session = new Session(programOf(text), '');
    expect(session.furthestReachable).toBeLessThan(400);
    session.dispatch('nextEpoch');
    expect(session.state.cursor.step).toBe(0);
    expect(said(session)).toMatch(/^Iteration 400 is not trained yet/);
  });
});

describe('an iteration that lies far ahead', () => {
  const far = 9000;

  it('is run aside, which is told and seen', async () => {
    const session = new Session(programOf(lecture), '');
    expect(session.furthestAtOnce).toBeLessThan(far);
    session.goToFrame(far);
    expect(session.state.cursor.step).toBe(0);
    expect(progressText(session.searchStatus.progress as SearchProgress)).toMatch(
      /^Running ahead: iteration \d+ of 9000\.$/,
    );
    const told: number[] = [];
    await new Promise<void>((resolve) => {
      session.subscribe(() => {
        const { progress } = session.searchStatus;
        if (progress !== undefined) told.push(progress.frame);
        if (session.state.cursor.step > 0) resolve();
      });
    });
    expect(session.moment.frame).toBe(far);
    expect(session.searchStatus.progress).toBeUndefined();
    expect(told).toEqual([...told].sort((a, b) => a - b));
    // From there on it is as if it had been run at once.
    const other = new Machine(session.program, 'lesson');
    expect(session.machine.frame(far).memory).toEqual(other.frame(far).memory);
  });

  it.each([
    ['is cancelled', (session: Session) => session.searchStatus.progress?.cancel()],
    ['is given up for another step', (session: Session) => session.goTo(2)],
  ])('%s', async (_what, end) => {
    const session = new Session(programOf(lecture), '');
    const arrived = session.goToCursor(session.cursorAt(far * session.program.size));
    expect(session.searchStatus.progress).toBeDefined();
    end(session);
    expect(session.searchStatus.progress).toBeUndefined();
    expect(await arrived).toBe(false);
    expect(session.training.status).not.toBe('running');
    expect(session.moment.frame).toBe(1);
  });

  it('is left where another one is asked for', async () => {
    const session = new Session(programOf(lecture), '');
    const first = session.goToCursor(session.cursorAt(far * session.program.size));
    const second = session.goToCursor(session.cursorAt(5000 * session.program.size));
    expect(await first).toBe(false);
    expect(await second).toBe(true);
    expect(session.moment.frame).toBe(5000);
  });

  it('leaves the reader’s own training alone, and waits for it', async () => {
    const session = new Session(programOf(lecture), '');
    session.training.start(9800);
    await session.goToCursor(session.cursorAt(far * session.program.size));
    expect(session.moment.frame).toBe(far);
    session.goTo(3);
    expect(session.training.target).toBe(9800);
    expect(session.training.status).not.toBe('idle');
    await new Promise<void>((resolve) => {
      const look = () => session.training.status === 'ended' && resolve();
      session.subscribe(look);
      look();
    });
    expect(session.furthest).toBe(9800);
  });

  it('ends at its last iteration, where the reader has not moved on meanwhile', async () => {
    const trained = async (meanwhile: (session: Session) => void): Promise<Session> => {
      const session = new Session(programOf(lecture), '');
      session.goTo(7);
      session.training.start(40);
      standAtItsEnd(session);
      meanwhile(session);
      await new Promise<void>((resolve) => {
        const look = () => session.training.status === 'ended' && resolve();
        session.subscribe(look);
        look();
      });
      await Promise.resolve();
      return session;
    };
    const { moment, program, furthest } = await trained(() => {});
    expect([furthest, moment.step]).toEqual([40, 40 * program.size]);
    expect((await trained((session) => session.goTo(9))).moment.step).toBe(9);
    expect((await trained((session) => session.training.cancel())).moment.step).toBe(7);
    // A second one, later, moves nobody on account of the first.
    const again = await trained(() => {});
    again.goTo(3);
    again.training.start(5);
    again.training.cancel();
    expect(again.moment.step).toBe(3);
  });

  it('is gone to where the numbers have ceased to be finite', async () => {
    const text = `given x = [1, 2, 3, 4, 5]
param w = [1, 2, 3, 4, 5]
rate eta = 1
forward
  y[i] = w[i] * x[i]
  L = sum(i: y[i]^2)
update
  w[i] <- w[i] - eta * dL/dw[i]
store L: 2dp`;
    const session = new Session(programOf(text), '');
    expect(session.furthestAtOnce).toBeLessThan(9500);
    await session.goToCursor(session.cursorAt(9500 * session.program.size));
    expect(session.moment.frame).toBe(9500);
  });

  it('takes the place of a search, and a search that of it', async () => {
    const session = new Session(programOf(lecture), '');
    session.setBreakpoints([{ kind: 'condition', text: 'L < 0', enabled: true, hits: 1 }] as never);
    const search = new BackgroundSearch(session, () => undefined, 0);
    const found = search.find(1, 9000);
    const arrived = session.goToCursor(session.cursorAt(far * session.program.size));
    expect((await found).kind).toBe('cancelled');
    expect(session.searchStatus.progress?.kind).toBe('run');
    const again = search.find(1, 9000);
    expect(await arrived).toBe(false);
    search.cancel();
    expect((await again).kind).toBe('cancelled');
    expect(session.searchStatus.progress).toBeUndefined();
  });

  it('is told apart by the numbers of a link, not by those before it', async () => {
    const trained = new Session(programOf(lecture), 'm');
    await trained.goToCursor(trained.cursorAt(9500 * trained.program.size));
    const other = new Session(programOf(lecture), 'm');
    editCell(other, 'x[1]', '0.36');
    await other.goToCursor(other.cursorAt(9400 * other.program.size));
    const found = applyPayload(trained, payloadOf(other));
    expect(trained.moment.frame).toBe(1);
    expect(await (found as { arrival?: Promise<boolean> }).arrival).toBe(true);
    expect(trained.moment.frame).toBe(9400);
  });
});
