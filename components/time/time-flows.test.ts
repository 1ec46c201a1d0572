import { describe, expect, it } from 'vitest';
import { OneSample } from '../../src/explain/one-sample.ts';
import { Reads } from '../../src/explain/reads.ts';
import { readRecurrence } from '../../src/explain/recurrence.ts';
import { compileProgram } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { CellMarks } from '../drawing/cell-marks.ts';
import { TimedFlows } from './time-flows.ts';

/** Three moments, an answer at each, and a loss that asks for the last. */
const text = `given X = [[1, 0], [0, 1], [1, 1]]
given y = 1
param w = [[0.5, -0.3], [0.2, 0.4]]
param u = [[0.3, 0.1], [-0.2, 0.6]]
param β = [0.8, -0.5]
forward
  A[l,k] = tanh(sum(j: w[k,j] * X[l,j]) + sum(s: u[k,s] * A?[l-1,s]))
  O[l] = sum(k: β[k] * A[l,k])
  R = (y - O[3])^2
backward
  gA[l,k] : dR/dA[l,k]
update
  u[k,s] <- u[k,s] - 0.1 * dR/du[k,s]`;

/** What flows along which arrows at an operation of a cell, counted from 1, or at the last; written `A2>A1 now`. */
function flows(name: string, cell: readonly number[], operation?: number): string[] {
  const { program } = compileProgram(text);
  const recurrence = program && readRecurrence(program);
  if (program === undefined || recurrence === undefined) throw new Error('no recurrence');
  const session = new Session(program, 'recurrent');
  const [formula] = program.model.formulas.filter(({ target }) => target === name);
  const { first, last } = program.stepsOf(formula, cell);
  session.goTo(operation === undefined ? last : first + operation - 1);
  const { explanation, model } = session;
  const found = new TimedFlows(
    model,
    new OneSample(model),
    recurrence.quantities,
    new CellMarks(session, new Reads(program).ofCells),
    new Set(explanation?.operands.map((one) => one.name)),
  );
  return recurrence.links.flatMap((link) =>
    [1, 2, 3].flatMap((moment) => {
      const flow = moment - link.by < 1 ? undefined : found.of(link, moment);
      if (flow === undefined) return [];
      const ends = [`${link.from}${moment - link.by}`, `${link.to}${moment}`];
      const arrow = { to: ends.join('>'), from: ends.reverse().join('>'), none: ends.reverse().join('-') };
      return [
        `${arrow[flow.aim ?? 'none']} ${flow.mark}${flow.weight ? ` ${link.weight} ${flow.weight}` : ''}`,
      ];
    }),
  );
}

describe('what flows in time', () => {
  it('goes to what is computed in the forward pass', () => {
    expect(flows('A', [2, 1], 1)).toEqual(['X2>A2 now w now']);
    expect(flows('O', [2], 1)).toEqual(['A2>O2 now β now']);
  });

  it('goes back to what the derivative is taken by', () => {
    // The first product of three: the slope at the moment after, times what is known there.
    expect(flows('gA', [1, 2], 3)).toEqual(['A2>A1 now']);
    expect(flows('gA', [1, 2], 4)).toEqual(['A2>A1 now u now']);
  });

  it('has come along every arrow that a finished cell has read', () => {
    expect(flows('A', [2, 1]).sort()).toEqual(['A1>A2 read', 'X2>A2 read']);
    expect(flows('gA', [1, 2]).sort()).toEqual(['A2>A1 read', 'O1>A1 read']);
    expect(flows('gA', [3, 1])).toEqual(['O3>A3 read']);
  });

  it('is the weight itself where the derivative by it is computed, at the moments so far, and where it changes, at all', () => {
    const all = flows('dR/du', [1, 1]);
    expect(all.map((one) => one.replace(/ (now|read) u/, ' u'))).toEqual([
      'A1-A2 u target',
      'A2-A3 u target',
    ]);
    // The first moment has none before it.
    const counts = Array.from({ length: 12 }, (_, at) => flows('dR/du', [1, 1], at + 1).length);
    expect([...new Set(counts)]).toEqual([0, 1, 2]);
    expect(flows('u', [1, 1])).toEqual(['A1-A2 target u target', 'A2-A3 target u target']);
  });
});
