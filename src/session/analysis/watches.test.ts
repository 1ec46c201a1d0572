import { describe, expect, it } from 'vitest';
import { cellName } from '../../formula/model.ts';
import { Moment } from '../../machine/moment.ts';
import { adam, adversaries, gated, lecture, perceptron } from '../../machine/testing/models.testing.ts';
import { arrayCells as cellsIn } from '../../machine/testing/recorder.testing.ts';
import { uniform } from '../../number/random.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { editCell } from '../edit.ts';
import { Session } from '../session.ts';
import { ChangeFinder, parseWatch, reordered, WatchHistory, watchedCell, watchedCells } from './watches.ts';

function programOf(text: string): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return program;
}

function probeOf(program: Program, text: string) {
  const found = parseWatch(program, text);
  if ('fault' in found) throw new Error(found.fault.message);
  return found.probe;
}

const sampled = `sample x = [[1, 2], [3, 4], [5, 4]]
sample t = [[1], [0], [1]]
param W = [[0.1, 0.2]]
eta = 0.1
forward
  y[j] = sigmoid(sum(i: W[j,i] * x[i]))
  L = sum(j: (y[j] - t[j])^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`;

const texts = [
  lecture,
  sampled,
  perceptron(3).text,
  perceptron(5).text,
  gated(1).text,
  adam(1).text,
  adversaries.text,
];

describe('when a cell changed', () => {
  it.each(texts)('is what a walk through all steps sees: %#', (text) => {
    const program = programOf(text);
    const session = new Session(program, 'm');
    const frames = 3;
    const end = frames * program.size;
    const all = [...program.model.quantities.values()].flatMap(({ name, shape }) =>
      cellsIn(shape).map((cell) => ({ name, cell })),
    );
    for (let trial = 0; trial < 12; trial++) {
      const count = 1 + Math.floor(uniform(1, trial, 0) * 3);
      const cells = Array.from(
        { length: count },
        (_, n) => all[Math.floor(uniform(1, trial, n + 1) * all.length)],
      );
      const finder = new ChangeFinder(session.machine, cells);
      const known = new Map<string, number>();
      const changes: number[] = [];
      for (let step = 0; step <= end; step++) {
        const moment = new Moment(session.machine, step);
        let isChanged = false;
        for (const { name, cell } of cells) {
          const { value } = moment.newest(name, cell);
          const key = cellName(name, cell);
          if (value === undefined || Object.is(known.get(key), value)) continue;
          isChanged = isChanged || step > 0;
          known.set(key, value);
        }
        if (isChanged) changes.push(step);
      }
      for (let n = 0; n < 12; n++) {
        const step = Math.floor(uniform(2, trial, n) * (end + 1));
        const moment = new Moment(session.machine, step);
        const what = `at ${step} of ${cells.map(({ name, cell }) => cellName(name, cell))}\n${text}`;
        expect(finder.last(moment)?.step, what).toBe([...changes].reverse().find((one) => one <= step));
        const next = finder.next(moment, frames)?.step;
        const wanted = changes.find((one) => one > step);
        if (wanted === undefined) expect(next === undefined || next > end, what).toBe(true);
        else expect(next, what).toBe(wanted);
      }
    }
  });

  it('is told of edits from their iteration on', () => {
    const session = new Session(programOf(lecture), 'm');
    editCell(session, 'x[1]', '0.5', 2);
    const finder = new ChangeFinder(session.machine, [{ name: 'x', cell: [1] }]);
    const { size } = session.program;
    expect(finder.last(new Moment(session.machine, size))).toBeUndefined();
    expect(finder.last(new Moment(session.machine, 2 * size))?.step).toBe(size + 1);
    expect(finder.next(new Moment(session.machine, 3), 2)?.step).toBe(size + 1);
  });
});

describe('a watch', () => {
  const program = programOf(lecture);

  it('has the value of each iteration, looked at in pieces', () => {
    const session = new Session(program, 'm');
    const history = new WatchHistory(probeOf(program, 'L'), session.machine);
    expect(history.advance(5, () => true)).toBe(true);
    while (history.advance(5, () => true));
    expect(history.samples.map(({ first }) => first)).toEqual([1, 2, 3, 4, 5]);
    for (const { first, low, high } of history.samples) {
      expect(low).toBe(session.machine.value(first, 'L', 'old', []));
      expect(high).toBe(low);
    }
  });

  it('keeps extremes where a run is long', () => {
    const session = new Session(program, 'm');
    session.setPrecision('full');
    const history = new WatchHistory(probeOf(program, 'y[1] - t[1]'), session.machine);
    history.advance(1500, () => false);
    expect(history.samples.length).toBeLessThan(400);
    const values = [1, 2].map((frame) => session.machine.value(frame, 'y', 'old', [1]) - 0.5);
    expect(history.samples[0].high).toBe(Math.max(...values));
    expect(history.samples.at(-1)?.last).toBeGreaterThan(1490);
  });

  it('of free indices spans what they give', () => {
    const session = new Session(program, 'm');
    const history = new WatchHistory(probeOf(program, 'W1[j,i]'), session.machine);
    history.advance(1, () => false);
    const values = cellsIn([2, 2]).map((cell) => session.machine.value(1, 'W1', 'new', cell));
    expect(history.samples).toEqual([
      { first: 1, last: 1, low: Math.min(...values), high: Math.max(...values) },
    ]);
  });

  it('knows what it reads', () => {
    expect(
      watchedCells(probeOf(program, 'W1[1,2] - sum(j: h[j])')).map(({ name, cell }) => cellName(name, cell)),
    ).toEqual(['W1[1,2]', 'h[1]', 'h[2]']);
    expect(watchedCell(probeOf(program, 'W1[1,2]'))).toEqual({ name: 'W1', cell: [1, 2] });
    expect(watchedCell(probeOf(program, '-L'))).toBeUndefined();
    expect(watchedCell(probeOf(program, 'W1[1,i]'))).toBeUndefined();
  });

  it('that cannot be read says where', () => {
    const found = parseWatch(program, 'W1[1,2] + Q');
    expect('fault' in found && found.fault).toMatchObject({ column: 11 });
  });

  it('stands in the state, in its order', () => {
    const session = new Session(program, 'm');
    session.setWatches(['L', 'y[1]', 'W1[1,2]']);
    session.setWatches(reordered(session.state.watches, 2, -1));
    expect(session.state.watches).toEqual(['L', 'W1[1,2]', 'y[1]']);
    expect(reordered(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(reordered(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  });
});
