import { describe, expect, it } from 'vitest';
import { reseeded, seedsOf } from '../../formula/compile/reseeding.ts';
import { hasty, simultaneous, successive } from '../../formula/compile/update-order.ts';
import type { Model } from '../../formula/model.ts';
import { Machine } from '../../machine/machine.ts';
import { runToEnd } from '../../machine/step/sliced-work.ts';
import { adversaries, lecture, perceptron } from '../../machine/testing/models.testing.ts';
import { record } from '../../machine/testing/recorder.testing.ts';
import { compileProgram, type Program, scheduleModel } from '../../program/program.ts';
import { editCell } from '../edit.ts';
import { Session } from '../session.ts';
import { type FrameDivergence, RunComparison } from './comparison.ts';
import { type OtherRun, otherMachine, otherRunChoices } from './other-run.ts';

const programOf = (text: string): Program => {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`${diagnostics.map(({ message }) => message)}\n${text}`);
  return program;
};

const comparison = (session: Session, other: OtherRun): RunComparison =>
  new RunComparison(session.machine, otherMachine(session, other));

/** All updated quantities, after some frames. */
const renewed = (model: Model, frames = 3) => {
  const machine = new Machine(scheduleModel(model).program as Program, 'full');
  return machine.layout.renewed.flatMap((pair) => [...machine.array(frames, pair.old.name, 'new')]);
};

describe('a run beside another', () => {
  const session = (text = lecture) => new Session(programOf(text), 'lecture');

  it('offers what the model has', () => {
    expect(otherRunChoices(session()).map(({ kind }) => kind)).toEqual(['precision', 'number', 'successive']);
    const edited = session(
      'param W[2] = normal(3)\ngiven x = [1, 2]\neta = 1\nforward\n  L = sum(i: W[i]*x[i])^2\nupdate\n  W[i] <- W[i] - eta*dL/dW[i]',
    );
    editCell(edited, 'eta', '2');
    expect(otherRunChoices(edited)).toEqual([
      { kind: 'untouched' },
      { kind: 'number' },
      { kind: 'seed', drawn: 'start', seeds: [3] },
    ]);
  });

  it('parts from full precision where the lecture first rounds', () => {
    const two = comparison(session(), { kind: 'precision' });
    const first = runToEnd(two.search(1, 0, 1));
    expect(first?.formula.target).toBe('h');
    expect(first?.here.operation.value).toBe(first?.there?.operation.value);
    expect(first?.here.stored).toBe(0.68);
  });

  it('parts at another rate only where it is read, and goes on from there and back', () => {
    const two = comparison(session(), { kind: 'number', cell: 'eta', value: 10 });
    const first = runToEnd(two.search(1, 0, 1));
    expect(first?.formula.phase).toBe('update');
    expect(first?.here.operation.operands.some(({ value }) => value === 1)).toBe(true);
    const step = first === undefined ? 0 : two.stepOf(first);
    const second = runToEnd(two.search(1, step, 1));
    expect(second === undefined ? 0 : two.stepOf(second)).toBeGreaterThan(step);
    const back = runToEnd(two.search(-1, second === undefined ? 0 : two.stepOf(second), 1));
    expect(back?.here.step).toBe(first?.here.step);
    expect(runToEnd(two.search(-1, step, 1))).toBeUndefined();
  });

  it('is empty beside itself, over many iterations', () => {
    const here = session();
    const two = new RunComparison(
      here.machine,
      otherMachine(here, { kind: 'number', cell: 'eta', value: 1 }),
    );
    expect(runToEnd(two.search(1, 0, 40))).toBeUndefined();
    const found: FrameDivergence[] = [];
    runToEnd(two.trackDivergence(40, found));
    expect(found).toHaveLength(40);
    expect(found.every(({ relative, losses }) => relative === 0 && losses.every(([a, b]) => a === b))).toBe(
      true,
    );
  });

  it('finds a difference that comes late, and the last one before a step from far away', () => {
    const text =
      'sample x = [1, 2, 3, 4, 5]\nparam w = 0.5\neta = 0.01\nforward\n  L = (w*x - 1)^2\nupdate\n  w <- w - eta*dL/dw';
    const two = comparison(session(text), { kind: 'number', cell: 'x[4]', value: 4.5 });
    const first = runToEnd(two.search(1, 0, 10));
    expect(first?.frame).toBe(4);
    expect(first?.here.step).toBe(1);
    expect(runToEnd(two.search(1, 0, 3))).toBeUndefined();
    const last = runToEnd(two.search(-1, two.here.stepAt(6, 1), 10));
    expect(last?.frame).toBe(5);
    const found: FrameDivergence[] = [];
    runToEnd(two.trackDivergence(8, found));
    expect(found.map(({ relative }) => relative > 0)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('tells how far an array has parted', () => {
    const two = comparison(session(), { kind: 'number', cell: 'W1[1,2]', value: 0.9 });
    expect(two.arrayDifference(1, 'W1', 'old')).toEqual({
      count: 1,
      relative: expect.closeTo(1 / 9, 12),
      flat: 1,
    });
    expect(two.arrayDifference(1, 'x', 'old')).toBeUndefined();
  });
});

describe('the update in another order', () => {
  /** The lecture as somebody writes it who renews W2 too early: the language has passes that come again. */
  const early = lecture
    .replace(/\n {2}δ1\[j\].*/, '')
    .replace(/\n {2}g1\[j,i\].*/, '')
    .replace(/\n {2}W1\[j,i\] <-.*/, '')
    .replace(
      '\nstore',
      `
backward
  δ1[j] = h[j]*(1 - h[j]) * sum(k: W2[k,j] * δ2[k])
  g1[j,i] = -δ1[j] * x[i]
update
  W1[j,i] <- W1[j,i] - eta * g1[j,i]
store`,
    );

  it('renews what other gradients have still to read as soon as it can', () => {
    const { model } = programOf(lecture);
    expect(hasty(model)).toEqual(['W2']);
    const changed = successive(model, ['W2']);
    expect(changed.passes.map(({ phase }) => phase)).toEqual([
      'forward',
      'backward',
      'update',
      'backward',
      'update',
    ]);
    expect(renewed(changed)).toEqual(renewed(programOf(early).model));
    expect(renewed(changed)).not.toEqual(renewed(model));
    const [frame] = record(changed, 1, { rounded: false });
    const machine = new Machine(scheduleModel(changed).program as Program, 'full');
    for (const { name, version, shape } of machine.layout.slots.filter((slot) => slot.shape.length === 1))
      for (let at = 1; at <= shape[0]; at++)
        expect(machine.value(1, name, version, [at])).toBe(frame.after.get(`${version} ${name}[${at}]`));
  });

  it('parts at the first gradient that reads it', () => {
    const here = new Session(programOf(lecture), 'lecture');
    const two = comparison(here, { kind: 'successive', names: ['W2'] });
    const first = runToEnd(two.search(1, 0, 1));
    expect(first?.formula.target).toBe('δ1');
    expect(two.alignment.alone).toEqual({ here: [], there: [] });
    expect(two.alignment.rewritten.map(({ target }) => target)).toEqual(['δ1']);
  });

  it('goes through a deep net from its output on', () => {
    const { model } = programOf(perceptron(11).text);
    const names = hasty(model);
    for (const name of names)
      expect(renewed(successive(model, [name]), 1), name).not.toEqual(renewed(model, 1));
    const all = successive(model, names);
    expect(scheduleModel(all).diagnostics).toEqual([]);
    expect(all.formulas).toHaveLength(model.formulas.length);
  });

  it('renews everything at once where the lesson does it one after the other', () => {
    const { model } = programOf(adversaries.text);
    const changed = simultaneous(model) as Model;
    expect(renewed(changed, 1)).not.toEqual(renewed(model, 1));
    expect(renewed(changed, 1).slice(0, 2)).toEqual(renewed(model, 1).slice(0, 2));
    expect(simultaneous(programOf(lecture).model)).toBeUndefined();
  });
});

describe('another seed', () => {
  const text = (start: string, order: number, frames: number) => `
function mine(s, scale) = scale * uniform(s)
sample x[6,2] = normal(5)
random r[2] = normal(${frames})
param W[2] = he(${start}, 2)
param V[2] = 0.5 + mine(${start}, 2)
eta = 0.1
batch n = 2, shuffled ${order}
forward
  L = (sum(i: (W[i] + r[i]) * x[i]) - V[1] + V[2])^2
update
  W[i] <- W[i] - eta * dL/dW[i]
  V[i] <- V[i] - eta * dL/dV[i]`;

  it('draws what the text draws with that seed', () => {
    const { model } = programOf(text('1', 2, 3));
    expect([seedsOf(model, 'start'), seedsOf(model, 'order'), seedsOf(model, 'frames')]).toEqual([
      [1],
      [2],
      [3],
    ]);
    expect(renewed(reseeded(model, 'start', 9))).toEqual(renewed(programOf(text('9', 2, 3)).model));
    expect(renewed(reseeded(model, 'order', 9))).toEqual(renewed(programOf(text('1', 9, 3)).model));
    expect(renewed(reseeded(model, 'frames', 9))).toEqual(renewed(programOf(text('1', 2, 9)).model));
    expect(renewed(reseeded(model, 'start', 1))).toEqual(renewed(model));
    expect(seedsOf(programOf(lecture).model, 'start')).toEqual([]);
  });
});

describe('a search within one large cell', () => {
  it('goes on in pieces', () => {
    // At other x the terms diverge one after the other; at the same, none does.
    const text = `given x = [${Array.from({ length: 40_000 }, (_, n) => (n % 7) / 7)}]
forward
  y = sum(i: x[i] * x[i])
  L = y^2`;
    const { program } = compileProgram(text);
    if (program === undefined) throw new Error('it is a model');
    const edits = [{ kind: 'edit', cell: 'x[39990]', value: 5, frame: 1 }] as const;
    const comparison = new RunComparison(new Machine(program, 'full'), new Machine(program, 'full', edits));
    const search = comparison.search(1, 0, 1);
    let pieces = 0;
    for (;;) {
      const next = search.next();
      if (next.done === true) {
        expect(next.value?.here.step).toBe(2 * 39_990 - 2);
        break;
      }
      pieces += 1;
    }
    expect(pieces).toBeGreaterThan(100);
  });
});
