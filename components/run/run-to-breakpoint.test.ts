import { describe, expect, it } from 'vitest';
import { lecture } from '../../src/machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { BreakpointRunner } from './run-to-breakpoint.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('runs to breakpoints', () => {
  it('go on where the key is pressed again while a search goes on, and end where it is cancelled', async () => {
    const session = new Session(compileProgram(lecture).program as Program, '');
    session.setBreakpoints([{ kind: 'condition', text: 'L < 0', enabled: true }]);
    const runs = new BreakpointRunner(session);
    const first = runs.runThrough(1);
    while (session.searchStatus.progress === undefined) await turn();
    const second = runs.runThrough(1);
    await first;
    while (session.searchStatus.progress === undefined) await turn();
    expect(session.messages).toEqual([]);
    session.searchStatus.progress?.cancel();
    await second;
    expect(session.messages).toMatchObject([{ kind: 'cancelled' }]);
  });
});
