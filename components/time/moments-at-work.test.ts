import { expect, it } from 'vitest';
import { OneSample } from '../../src/explain/one-sample.ts';
import { readRecurrence } from '../../src/explain/recurrence.ts';
import { compileProgram } from '../../src/program/program.ts';
import { Session } from '../../src/session/session.ts';
import { firstInSight, momentsAtWork } from './moments-at-work.ts';

const { program } = compileProgram(`given x = [1, 0, 1, 2]
param u = 0.5
forward
  a[l] = tanh(x[l] + u * a?[l-1])
  L = a[4]^2
update
  u <- u - 0.1 * dL/du`);

/** The moments of a cell's last operation. */
function momentsOf(name: string, cell: readonly number[]): number[] {
  const recurrence = program && readRecurrence(program);
  if (program === undefined || recurrence === undefined) throw new Error('no recurrence');
  const session = new Session(program, 'recurrent');
  session.goToCell(name, 'old', cell);
  if (session.explanation === undefined) throw new Error(`no ${name}`);
  return momentsAtWork(session.explanation, recurrence, session.model, new OneSample(session.model));
}

it('is a moment with those that it reads from: earlier ones forward, later ones backward', () => {
  expect(momentsOf('a', [3])).toEqual([3, 2]);
  expect(momentsOf('dL/da', [2])).toEqual([2, 3]);
  expect(momentsOf('a', [1])).toEqual([1]);
  expect(momentsOf('dL/da', [4])).toEqual([4]);
});

it('brings as many of them into sight as there is room for, the most important in any case', () => {
  expect(firstInSight([2, 3], 2, 1)).toBe(2);
  expect(firstInSight([3, 2], 2, 1)).toBe(2);
  expect(firstInSight([2, 3], 1, 1)).toBe(2);
  expect(firstInSight([3, 4], 3, 2)).toBe(2);
  expect(firstInSight([], 2, 2)).toBe(2);
});
