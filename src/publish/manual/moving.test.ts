import { expect } from 'vitest';
import { Session } from '../../session/session.ts';
import { at, cellAtStep, ends, example, keysOf, manual, stepAfter } from './debugger.testing.ts';
import { tried, tryStatements } from './statements.testing.ts';

tryStatements(manual, '', {
  tried: [],
  elsewhere: [
    {
      says: 'press `?` for the list of all keys',
      file: 'e2e/access.spec.ts',
      title: 'axe finds nothing in the help',
    },
  ],
  claimNothing: ['The debugger beside this text runs the example'],
});

tryStatements(manual, 'Going anywhere', {
  tried: [
    [
      'takes one scalar operation, and `←` takes it back',
      () => expect([stepAfter(7, 'next'), stepAfter(7, 'next', 'back')]).toEqual([8, 7]),
    ],
    [
      'goes back to where the thing before ended',
      () => {
        // From within the second cell back to the end of the first, from there to the beginning.
        const [first] = ends(cellAtStep);
        expect(stepAfter(first + 1, 'previousCell')).toBe(first);
        expect(stepAfter(first, 'previousCell')).toBe(0);
        expect(keysOf('previousCell')).toContain('ArrowUp');
        expect(keysOf('previousPhase')).toContain('PageUp');
      },
    ],
    [
      'for letters and for `F10` Shift does, and `Alt F11` goes back into a function',
      () => {
        for (const [on, back] of [
          ['nextTerm', 'previousTerm'],
          ['nextSample', 'previousSample'],
          ['nextUpdate', 'previousUpdate'],
          ['later', 'earlier'],
          ['nextEpoch', 'previousEpoch'],
        ])
          expect(keysOf(back)).toContain(`Shift+${(keysOf(on)?.[0] ?? '').toUpperCase()}`);
        expect(keysOf('backOver')).toContain('Shift+F10');
        expect(keysOf('back')).toContain('Alt+F11');
      },
    ],
    [
      'Only `Shift I` goes back to just where `i` came from',
      () => {
        expect(stepAfter(23, 'later', 'earlier')).toBe(23);
        expect(stepAfter(1, 'nextCell', 'previousCell')).toBe(0);
      },
    ],
    ['| an operation |', () => expect(stepAfter(0, 'next')).toBe(1)],
    [
      '| the term of a sum |',
      // net1[1] is a product, another, and their sum, which ends with the second term.
      () => expect([stepAfter(0, 'nextTerm'), stepAfter(1, 'nextTerm')]).toEqual([1, 3]),
    ],
    ['| a cell |', () => expect(stepAfter(0, 'nextCell', 'nextCell')).toBe(ends(cellAtStep)[1])],
    [
      '| a formula |',
      () => expect(stepAfter(0, 'nextFormula')).toBe(ends((step) => at(step).formula.target)[0]),
    ],
    [
      '| a pass |',
      () => expect(stepAfter(0, 'nextPhase', 'nextPhase')).toBe(ends((step) => at(step).formula.phase)[1]),
    ],
    [
      '| a sample of a batch, an update |',
      () => {
        const { program } = tried(`
          sample x = [1, 2, 3]
          param w = 1
          batch n = all
          forward
            y = w * x
            L = y^2
          update
            w <- w - 0.1 * dL/dw`);
        const session = new Session(program, '');
        session.dispatch('nextSample');
        const first = session.state.cursor.step;
        session.dispatch('nextSample');
        // Each sample takes as many operations as another.
        expect(session.state.cursor.step).toBe(2 * first);
        session.dispatch('nextUpdate');
        expect(session.moment.newest('w', []).version).toBe('new');
      },
    ],
    [
      '| an iteration, to the same step of it; an epoch |',
      () => {
        expect(stepAfter(23, 'later')).toBe(23 + example.size);
        const { program } = tried(`
          sample x = [1, 2, 3, 4]
          param w = 1
          batch n = 2
          forward
            y = w * x
            L = y^2
          update
            w <- w - 0.1 * dL/dw`);
        const session = new Session(program, '');
        session.dispatch('nextEpoch');
        expect(session.state.cursor.step).toBe(2 * program.size);
      },
    ],
    [
      'over a function such as $\\sigma$, into it; `Shift F11` out of it',
      () => {
        const before = ends(cellAtStep)[1];
        const after = ends(cellAtStep)[2];
        expect(at(before + 1).formula.target).toBe('h');
        expect(stepAfter(before, 'over')).toBe(after);
        expect(stepAfter(before, 'next')).toBe(before + 1);
        expect(stepAfter(before, 'next', 'out')).toBe(after);
      },
    ],
    [
      'whether operations that change nothing, such as a product with an exact 0 or 1, are passed over',
      () => {
        // The slope of the sigmoid is not exact, the rate of 1 is: its product is passed over.
        const skipped = (session: Session) => {
          session.goTo(0);
          const seen = new Set<number>();
          while (session.state.cursor.step < example.size) {
            session.dispatch('next');
            seen.add(session.state.cursor.step);
          }
          return example.size - seen.size;
        };
        const session = new Session(example, '');
        expect(skipped(session)).toBe(0);
        session.dispatch('skip');
        // Six weights, each updated with the rate 1.
        expect(skipped(session)).toBe(6);
        session.dispatch('skip');
        expect(skipped(session)).toBe(0);
      },
    ],
  ],
  elsewhere: [
    {
      says: '`g` asks for a step by its number',
      file: 'e2e/mistakes.spec.ts',
      title: 'a step that does not exist gets a message at its field',
    },
    {
      says: '`p` plays until a key is pressed',
      file: 'e2e/breakpoints.spec.ts',
      title: 'a number before a key repeats it; while it plays, any key pauses',
    },
    {
      says: '`Shift T` does so by whole iterations, so that one sees the network learn; with `Alt`, too, it plays back',
      file: 'e2e/training.spec.ts',
      title: 'is watched by whole iterations, forwards and back, until a key is pressed',
    },
    {
      says: 'A number typed first repeats what follows',
      file: 'e2e/breakpoints.spec.ts',
      title: 'a number before a key repeats it',
    },
    {
      says: 'moves the debugger and never the text',
      file: 'e2e/prose.spec.ts',
      title: 'on a phone the text stays where it is, whatever number is tapped',
    },
    {
      says: '`Escape` brings the focus back to it',
      file: 'e2e/keys.spec.ts',
      title: 'Escape closes what lies on top first, then leads back to the link',
    },
    {
      says: '`Backspace` goes back to where you were before the last jump',
      file: 'e2e/fields.spec.ts',
      title: 'Backspace goes back to where the reader was before a jump',
    },
  ],
});
