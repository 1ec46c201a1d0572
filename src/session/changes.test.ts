import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../machine/machine.ts';
import { lecture, perceptron } from '../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { cellOfChange } from './changes.ts';
import { editCell, givenCellOf, overrideCell, setChanges } from './edit.ts';
import { Session } from './session.ts';

const seed = 1846;
const compile = (text: string) => compileProgram(text).program as Program;
const program = compile(lecture);
const open = () => new Session(program, 'lecture');

/** Every number of some frames, in both runs, to the bit. */
const bits = (session: Session, frames: readonly number[]): number[][] =>
  (['lesson', 'full'] as const).flatMap((run) => {
    session.setPrecision(run);
    return frames.map((frame) => [...session.machine.frame(frame).memory]);
  });

const cells = ['x[1]', 't[1]', 'W1[1,2]', 'W2[1,1]', 'eta', 'h[2]', 'δ1[1]', 'δ2[1]', 'g1[2,1]', 'y[1]', 'L'];
/** Does something as a reader would; what is not possible is refused. */
function act(session: Session, what: string, n: number): void {
  const cell = cells[n % cells.length];
  const number = String((n % 17) / 8 - 1);
  if (what === 'edit') editCell(session, cell, number, 1 + (n % 4));
  else if (what === 'poke') overrideCell(session, cell, number);
  else if (what === 'jump') session.goTo(n % (4 * program.size));
  else session.dispatch(what);
}
const walks = fc.array(
  fc.tuple(
    fc.constantFrom('edit', 'poke', 'poke', 'jump', 'undo', 'undo', 'redo', 'reset', 'next'),
    fc.nat(9999),
  ),
  { maxLength: 25 },
);

describe('what a reader changes', () => {
  it('makes the same run whichever way it has come about', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const one = open();
        for (const [what, n] of walk) act(one, what, n);
        const fresh = open();
        expect(setChanges(fresh, one.changes)).toEqual([]);
        expect(fresh.changes).toEqual(one.changes);
        expect(bits(fresh, [4, 1, 3, 6])).toEqual(bits(one, [4, 1, 3, 6]));
      }),
      { seed, numRuns: 60 },
    );
  });

  it('is undone to the bit, and done again', () => {
    const random = compile(perceptron(3).text);
    for (const one of [program, random]) {
      const untouched = bits(new Session(one, 'm'), [1, 2, 3, 7]);
      const session = new Session(one, 'm');
      session.goTo(one.size + 3);
      const computed = one.model.formulas.filter(({ indices }) => indices.length > 0);
      for (const { target, version, indices } of computed) {
        const cell = indices.map(({ range }) => range.low);
        expect(overrideCell(session, { name: target, version, cell }, '0.125')).toBeUndefined();
        const poked = bits(session, [1, 2, 3, 7]);
        expect(poked).not.toEqual(untouched);
        // The frames before stay as they are.
        expect([poked[0], poked[4]]).toEqual([untouched[0], untouched[4]]);
        session.dispatch('undo');
        expect(bits(session, [1, 2, 3, 7])).toEqual(untouched);
        session.dispatch('redo');
        expect(bits(session, [7, 2])).toEqual([poked[3], poked[1], poked[7], poked[5]]);
        session.dispatch('reset');
        expect(bits(session, [2, 7])).toEqual([untouched[1], untouched[3], untouched[5], untouched[7]]);
      }
    }
  });

  it('goes back and forth one by one, until something new is done', () => {
    const session = open();
    const texts = () => session.changes.map((one) => `${cellOfChange(one)} ${one.frame}`);
    session.dispatch('undo');
    expect(session.state.changes.past).toEqual([]);
    editCell(session, 'eta', '2');
    overrideCell(session, 'h[1]', '0', 3);
    editCell(session, 'W1[1,1]', '0.5', 2);
    expect(texts()).toEqual(['eta 1', 'h[1] 3', 'W1[1,1] 2']);
    session.dispatch('undo');
    session.dispatch('undo');
    expect(texts()).toEqual(['eta 1']);
    session.dispatch('redo');
    expect(texts()).toEqual(['eta 1', 'h[1] 3']);
    session.dispatch('reset');
    expect(texts()).toEqual([]);
    session.dispatch('undo');
    expect(texts()).toEqual(['eta 1', 'h[1] 3']);
    overrideCell(session, 'h[1]', '1', 3);
    expect(session.state.changes.future).toEqual([]);
    expect(texts()).toEqual(['eta 1', 'h[1] 3']);
  });

  it('holds from an iteration to the end, in place of what was changed later', () => {
    const session = open();
    session.setPrecision('full');
    editCell(session, 'eta', '2', 5);
    editCell(session, 'eta', '3', 3);
    expect(session.changes).toHaveLength(1);
    editCell(session, 'eta', '4', 6);
    expect([2, 3, 5, 6, 9].map((n) => session.machine.value(n, 'eta', 'old', []))).toEqual([1, 3, 3, 4, 4]);
    // A value that holds anyway is no change; neither is the lesson's own number.
    editCell(session, 'eta', '4', 8);
    expect(session.changes).toHaveLength(2);
    editCell(session, 'eta', '1');
    expect(session.changes).toEqual([]);
    // The value of a weight in a later frame depends on training, so an edit of it is always a change.
    editCell(session, 'W1[1,1]', '0.1', 2);
    expect(session.changes).toHaveLength(1);
    expect(session.machine.value(2, 'W1', 'old', [1, 1])).toBe(0.1);
  });

  it('stores what was typed, in a rounded run too', () => {
    const session = open();
    overrideCell(session, 'δ2[1]', '0.123456789');
    expect(session.machine.value(1, 'δ2', 'old', [1])).toBe(0.123456789);
    overrideCell(session, 'W1[1,1]', '0.123456789');
    expect(session.machine.value(2, 'W1', 'old', [1, 1])).toBe(0.123456789);
    editCell(session, 'h[1]', '1');
    expect(session.changes).toHaveLength(2);
  });

  it('marks what differs, with the number of the lesson', () => {
    const session = open();
    session.goTo(program.size + 1);
    overrideCell(session, 'h[1]', '0');
    expect(session.differs('h', 'old', [1])).toBe(true);
    expect(session.untouchedValue('lesson', 'h', 'old', [1])).toBe(0.68);
    expect(session.differs('h', 'old', [2])).toBe(false);
    session.goTo(program.size);
    expect(session.differs('h', 'old', [1])).toBe(false);
  });
});

describe('a change that cannot be made', () => {
  it.each([
    ['NaN', /not a number/],
    ['Infinity', /finite/],
    ['-inf', /finite/],
    ['1e13', /larger/],
    ['', /Type a number/],
    ['0,5', /not a number/],
    ['what?', /not a number/],
  ])('such as a poke of %j is answered with a message, and nothing happens', (text, message) => {
    const session = open();
    const before = session.state;
    expect(overrideCell(session, 'h[1]', text)).toMatch(message);
    expect(editCell(session, 'eta', text, 3)).toMatch(message);
    expect(session.state).toBe(before);
  });

  it('is told apart from one that can', () => {
    const session = open();
    session.goTo(program.size + 1);
    const before = session.state;
    expect(overrideCell(session, 'x[1]', '1')).toMatch(/given/);
    expect(overrideCell(session, { name: 'W1', version: 'old', cell: [1, 1] }, '1')).toMatch(/given/);
    expect(overrideCell(session, 'h[3]', '1')).toMatch(/no cell/);
    expect(overrideCell(session, 'nothing', '1')).toMatch(/no cell/);
    expect(editCell(session, 'h[1]', '1', 2)).toMatch(/computed/);
    expect(editCell(session, 'eta', '2', 0)).toMatch(/no iteration 0/);
    expect(session.state).toBe(before);
    expect(givenCellOf(session, { name: 'W1', version: 'old', cell: [1, 2] })).toBe('W1[1,2]');
    expect(givenCellOf(session, { name: 'W1', version: 'new', cell: [1, 2] })).toBeUndefined();
    expect(givenCellOf(session, { name: 'h', version: 'old', cell: [1] })).toBeUndefined();
  });

  it('is left out of a list, and told', () => {
    const session = open();
    const good: Change = { kind: 'edit', cell: 'eta', value: 2, frame: 3 };
    const bad: Change[] = [
      { kind: 'edit', cell: 'old[1]', value: 2, frame: 3 },
      { kind: 'edit', cell: 'eta', value: Number.NaN, frame: 3 },
      { kind: 'poke', name: 'h', version: 'old', cell: [9], value: 0, frame: 1 },
      { kind: 'poke', name: 'h', version: 'old', cell: [1], value: 0, frame: -1 },
    ];
    expect(setChanges(session, [bad[0], good, ...bad.slice(1)])).toEqual(bad);
    expect(session.changes).toEqual([good]);
  });

  it('in sample data is of the row that the iteration takes', () => {
    const text =
      'sample x = [10, 20, 30, 40, 50]\nparam w = 1\nbatch n = 2\nforward\n  y = w*x\nupdate\n  w <- w + 0.001 * y';
    const session = new Session(compile(text), 'm');
    session.goTo(session.program.size + 1);
    const cell = givenCellOf(session, { name: 'x', version: 'old', cell: [2] });
    expect(cell).toBe('x[4]');
    editCell(session, cell as string, '7', 2);
    expect(session.machine.value(2, 'x', 'old', [2])).toBe(7);
  });
});
