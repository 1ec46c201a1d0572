import { beforeEach, describe, expect, it } from 'vitest';
import { lecture } from '../../src/machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { Announcer } from './announcer.ts';
import { rememberSpeech } from './speech-level.ts';

const program = compileProgram(lecture).program as Program;

/** What is announced while something is done, in order. */
function hear(
  act: (session: Session, announcer: Announcer) => void,
  { at = 0, isPlaying = false } = {},
): string[] {
  const session = new Session(program, 'lecture');
  session.goTo(at);
  const heard: string[] = [];
  const announcer = new Announcer(
    (text) => heard.push(text),
    () => isPlaying,
  );
  announcer.follow(session);
  act(session, announcer);
  return heard;
}

const press =
  (...ids: string[]) =>
  (session: Session): void => {
    for (const id of ids) session.dispatch(id);
  };

describe('an announcer', () => {
  beforeEach(() => rememberSpeech('middle'));

  it('says a step, and which way it went', () => {
    expect(hear(press('next', 'next', 'back'))).toEqual([
      expect.stringMatching(/^forward: 0\.035, /),
      expect.stringMatching(/^0\.72, /),
      expect.stringMatching(/^Back: 0\.035, /),
    ]);
  });

  it('says all there is of the last step alone, whichever file comes first', async () => {
    rememberSpeech('full');
    const heard = hear(press('next', 'next', 'back', 'next'));
    await expect.poll(() => heard).toEqual([expect.stringMatching(/^0\.72, .* Step 2 of 60\.$/)]);
  });

  it('names a pass when it comes to it, from either side', () => {
    const last = program.passes[0].last;
    expect(hear(press('next', 'back'), { at: last })).toEqual([
      expect.stringMatching(/^backward: /),
      expect.stringMatching(/^Back to forward: /),
    ]);
  });

  it('says that there is nothing further, at the start and at the end', async () => {
    expect(hear(press('back', 'previousCell'))).toEqual(['This is the start.', 'This is the start.']);
    const session = new Session(program, 'lecture');
    await session.goToCursor(session.cursorAt(session.end));
    const heard: string[] = [];
    new Announcer(
      (text) => heard.push(text),
      () => false,
    ).follow(session);
    session.dispatch('next');
    expect(heard).toEqual(['This is the end.']);
  });

  it('says another precision before the step', () => {
    expect(hear(press('run', 'run'), { at: 10 })).toEqual([
      expect.stringMatching(/^Full precision\. 0\.680267, /),
      expect.stringMatching(/^Lecture rounding\. 0\.68, /),
    ]);
  });

  it('does not repeat a step that stays', () => {
    expect(hear((session) => session.setDigits(4), { at: 10 })).toEqual([]);
    expect(hear(press('skip'), { at: 10 })).toEqual(['Dull steps (times 0 or 1, plus 0) are passed over.']);
  });

  it('says passes and the stop only while the player plays', () => {
    const last = program.passes[0].last;
    const heard = hear(
      (session, announcer) => {
        press('next', 'next', 'next', 'next')(session);
        announcer.paused(session);
      },
      { at: last - 2, isPlaying: true },
    );
    expect(heard).toEqual(['backward.', expect.stringMatching(/^Paused: −?[\d.]+, /)]);
  });

  it('says less, or everything, as the reader wants', async () => {
    rememberSpeech('short');
    const [short] = hear(press('next'), { at: 9 });
    expect(short).toMatch(/^0\.68, [^:]*\.$/);
    rememberSpeech('full');
    const full: string[] = [];
    const session = new Session(program, 'lecture');
    session.goTo(9);
    new Announcer(
      (text) => full.push(text),
      () => false,
    ).follow(session);
    session.dispatch('next');
    await expect
      .poll(() => full)
      .toEqual([expect.stringMatching(/decimal places\. That finishes [^.]+\. Step 10 of \d+\.$/)]);
  });
});
