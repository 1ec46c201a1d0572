import { expect } from 'vitest';
import type { Breakpoint } from '../../session/breakpoints/breakpoint.ts';
import { BreakpointSet } from '../../session/breakpoints/breakpoint-search.ts';
import { cellsOfNumber } from '../../session/cells-of-number.ts';
import { editCell } from '../../session/edit.ts';
import { findWrittenCell } from '../../session/links/cell-text.ts';
import { Session } from '../../session/session.ts';
import { at, cellAtStep, ends, example, manual } from './debugger.testing.ts';
import { tryStatements } from './statements.testing.ts';

const breakpoint = (text: string, more: Partial<Breakpoint> = {}): Breakpoint => ({
  kind: /[<>=]/.test(text)
    ? 'condition'
    : text.includes('[')
      ? 'cells'
      : text === 'backward'
        ? 'phase'
        : 'formula',
  text,
  enabled: true,
  ...more,
});

/** The steps at which a breakpoint stops, from the first on or from `from` back. */
function stops(one: Breakpoint, direction: 1 | -1, from: number, count: number): number[] {
  const session = new Session(example, '');
  const set = new BreakpointSet(session.machine, [one]);
  const found: number[] = [];
  for (let step = from; found.length < count; ) {
    const search = set.search(direction, step, 40);
    let state = search.proceed();
    while (state.kind === 'scan') {
      set.scan(state.frame);
      state = search.proceed();
    }
    if (state.hit === undefined) break;
    step = state.hit.step;
    found.push(step);
  }
  return found;
}

tryStatements(manual, 'Stopping', {
  tried: [
    [
      '| whenever a cell of δ1 is finished |',
      () => {
        const own = ends(cellAtStep).filter((step) => at(step).formula.target === 'δ1');
        expect(stops(breakpoint('δ1'), 1, 0, 3)).toEqual([...own, own[0] + example.size]);
      },
    ],
    [
      '| at these cells only |',
      () => {
        const finished = (names: readonly string[]) =>
          ends(cellAtStep).filter((step) => names.includes(cellAtStep(step)));
        expect(stops(breakpoint('δ1[2]'), 1, 0, 1)).toEqual(finished(['δ1[2]']));
        expect(stops(breakpoint('W1[1,*]'), 1, 0, 2)).toEqual(finished(['W1[1,1]', 'W1[1,2]']));
        expect(stops(breakpoint('W1[j,j]'), 1, 0, 2)).toEqual(finished(['W1[1,1]', 'W1[2,2]']));
      },
    ],
    [
      '| at the first operation of this pass |',
      () => {
        const [forward] = ends((step) => at(step).formula.phase);
        expect(stops(breakpoint('backward'), 1, 0, 2)).toEqual([forward + 1, forward + 1 + example.size]);
      },
    ],
    [
      'whenever a number it reads is stored and it holds, for any j',
      () => {
        // −0.0027 and −0.0082 in the first iteration.
        const own = ends(cellAtStep).filter((step) => at(step).formula.target === 'δ1');
        expect(stops(breakpoint('abs(δ1[j]) < 5e-3'), 1, 0, 1)).toEqual([own[0]]);
        expect(stops(breakpoint('abs(δ1[j]) < 9e-3'), 1, 0, 2)).toEqual(own);
      },
    ],
    [
      'only at its third hit, or at every tenth',
      () => {
        const all = stops(breakpoint('δ1[1]'), 1, 0, 30);
        expect(stops(breakpoint('δ1[1]', { nth: 3 }), 1, 0, 5)).toEqual([all[2]]);
        expect(stops(breakpoint('δ1[1]', { every: 10 }), 1, 0, 3)).toEqual([all[9], all[19], all[29]]);
      },
    ],
    [
      'Hits are counted from the beginning of the run, so that both directions agree',
      () => {
        const on = stops(breakpoint('δ1[1]', { every: 10 }), 1, 0, 3);
        expect(stops(breakpoint('δ1[1]', { every: 10 }), -1, on[2] + 5, 3)).toEqual([...on].reverse());
      },
    ],
  ],
  elsewhere: [
    {
      says: 'Click in the margin of the pseudo-code, or press `b`',
      file: 'e2e/breakpoints.spec.ts',
      title: 'breakpoints are set beside a line or typed, and stop the run in both directions',
    },
    {
      says: 'A breakpoint stops the run',
      file: 'e2e/breakpoints.spec.ts',
      title: 'breakpoints are set beside a line or typed, and stop the run in both directions',
    },
    {
      says: '`F5` runs to the next one, or to the end of the iteration',
      file: 'e2e/breakpoints.spec.ts',
      title: 'F5 runs to a breakpoint or to the end of the iteration, and back',
    },
    {
      says: 'Try it: set a breakpoint',
      file: 'e2e/breakpoints.spec.ts',
      title: 'breakpoints are set beside a line or typed, and stop the run in both directions',
    },
  ],
});

tryStatements(manual, 'Asking why', {
  tried: [
    [
      'takes a name as it is written anywhere',
      () => {
        for (const text of ['δ1[2]', '\\delta^1_2', 'δ¹₂'])
          expect(findWrittenCell(example.model, text), text).toMatchObject({ name: 'δ1', cell: [2] });
      },
    ],
    [
      'and a number as it is seen, such as `-0.0082`',
      () => {
        const session = new Session(example, '');
        session.goTo(example.size);
        expect(cellsOfNumber(session, '-0.0082')).toEqual([
          expect.objectContaining({ name: 'δ1', cell: [2] }),
        ]);
      },
    ],
  ],
  elsewhere: [
    {
      says: '`w` asks of the number that has the focus',
      file: 'e2e/why.spec.ts',
      title: 'why? is asked by the keyboard, answered, and asked on and back',
    },
    {
      says: 'Shift and a click ask it of any number, also of those in this text',
      file: 'e2e/why.spec.ts',
      title: 'a number is asked about where it stands: in the drawing, in the table, in the prose',
    },
    {
      says: 'While it has the focus, a click on a number writes its name there',
      file: 'e2e/fields.spec.ts',
      title: 'while a field asks for a cell, a click on a number writes its name',
    },
    {
      says: 'So it is in the other tools',
      file: 'e2e/fields.spec.ts',
      title: 'while a field asks for a cell, a click on a number writes its name',
    },
    {
      says: '`Shift W` opens the watches',
      file: 'e2e/why.spec.ts',
      title: 'expressions are watched, by the keyboard alone',
    },
    {
      says: 'Any expression can be watched there',
      file: 'e2e/why.spec.ts',
      title: 'expressions are watched, by the keyboard alone',
    },
  ],
});

tryStatements(manual, 'What if?', {
  tried: [
    [
      'What follows from it is computed anew',
      () => {
        const session = new Session(example, '');
        editCell(session, 'x[1]', '0');
        session.goTo(example.size);
        // 0.8 · 0.9 and 0.6 · 0.9 are all that is left of the net inputs.
        expect(session.moment.newest('net1', [1]).value).toBeCloseTo(0.72, 12);
        expect(session.moment.newest('net1', [2]).value).toBeCloseTo(0.54, 12);
      },
    ],
    [
      '`Ctrl Z` takes it back, `Shift R` takes back everything',
      () => {
        const session = new Session(example, '');
        editCell(session, 'x[1]', '0');
        editCell(session, 'x[2]', '0');
        session.dispatch('undo');
        expect(session.changes.map(({ cell }) => cell)).toEqual(['x[1]']);
        editCell(session, 'x[2]', '0');
        session.dispatch('reset');
        expect(session.changes).toEqual([]);
      },
    ],
  ],
  elsewhere: [
    {
      says: '`c` asks for another number in place of any',
      file: 'e2e/changes.spec.ts',
      title: 'by keyboard: a poke, what follows from it, and the ways back',
    },
    {
      says: '`e` opens the formulas themselves',
      file: 'e2e/model-editing.spec.ts',
      title: 'formulas are written, applied and taken back by keyboard alone',
    },
    {
      says: 'the debugger stops at the first operation where it parts from the derivative and says which known mistake it looks like',
      file: 'e2e/model-editing.spec.ts',
      title: 'a backward pass of one’s own stops where it parts from the derivative',
    },
    {
      says: '`x` goes from one such place to the next',
      file: 'e2e/model-editing.spec.ts',
      title: 'a backward pass of one’s own stops where it parts from the derivative',
    },
    {
      says: '`v` puts the run beside another one',
      file: 'e2e/compare.spec.ts',
      title: 'puts a run beside another, and goes from difference to difference',
    },
    {
      says: '`k` checks the gradient by central differences',
      file: 'e2e/gradient.spec.ts',
      title: 'checks the gradient where the reader is, and marks it in the drawing',
    },
    {
      says: 'Where a model holds samples back, *Examine* tells what the network makes of them',
      file: 'e2e/examination.spec.ts',
      title: 'says what an evaluation of its own says, while it trains and after any iteration',
    },
    {
      says: '*Step through it* shows one of them, as the network answers it, in every view',
      file: 'e2e/examination.spec.ts',
      title: 'from a misread digit to one of its sensitivities in two clicks, and back to the training',
    },
  ],
});

tryStatements(manual, 'Showing and taking away', {
  tried: [],
  elsewhere: [
    {
      says: '`f` fills the screen for a projector',
      file: 'e2e/layout.spec.ts',
      title: 'is the window where the page may not have the screen',
    },
    {
      says: '`+` and `-` enlarge the drawing',
      file: 'e2e/layout.spec.ts',
      title: 'is enlarged and moved by keys, wheel and pointer',
    },
    {
      says: 'rounding and digits',
      file: 'e2e/access.spec.ts',
      title: 'the arrows step on from a choice of precision',
    },
    {
      says: 'in how many words a screen reader hears each step',
      file: 'e2e/speech.spec.ts',
      title: 'how much is said of a step is chosen in the menu, and remembered',
    },
    {
      says: 'a link that carries the step and all that you have changed',
      file: 'e2e/lecture.spec.ts',
      title: 'a link leads to this very step, with the run and the numbers that were changed',
    },
    {
      says: 'as LaTeX or on paper',
      file: 'e2e/export.spec.ts',
      title: 'the derivation is saved as LaTeX, of as much as is asked for',
    },
  ],
});
