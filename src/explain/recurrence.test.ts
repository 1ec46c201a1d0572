import { describe, expect, it } from 'vitest';
import { lecture } from '../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { isRecurrent } from '../program/tree.ts';
import { readRecurrence } from './recurrence.ts';

const compiled = (text: string): Program => compileProgram(text).program as Program;

const recurrent = `
given X = [[1, 0], [0, 1], [1, 1]]
given y = 1
param w = [[0.5, -0.3], [0.2, 0.4]]
param u = [[0.3, 0.1], [-0.2, 0.6]]
param v = [0.8, -0.5]
forward
  a[l,k] = sum(j: w[k,j] * X[l,j]) + sum(s: u[k,s] * h?[l-1,s])
  h[l,k] = tanh(a[l,k])
  O[i] = sum(k: v[k] * h[i,k])
  R = (y - O[3])^2
`;

describe('a model through time', () => {
  it('is read off its formulas: what there is of every moment, and what is read from the one before', () => {
    const program = compiled(recurrent);
    expect(isRecurrent(program.tree)).toBe(true);
    const { range, quantities, links } = readRecurrence(program) ?? {};
    expect(range).toEqual({ low: 1, high: 3 });
    expect(quantities).toEqual(['X', 'a', 'h', 'O'].map((name) => ({ name, dimension: 0 })));
    expect(links).toEqual([
      { from: 'X', to: 'a', by: 0, weight: 'w' },
      { from: 'h', to: 'a', by: 1, weight: 'u' },
      { from: 'a', to: 'h', by: 0 },
      { from: 'h', to: 'O', by: 0, weight: 'v' },
    ]);
  });

  it('is no model of layers', () => {
    const program = compiled(lecture);
    expect(isRecurrent(program.tree)).toBe(false);
    expect(readRecurrence(program)).toBeUndefined();
  });

  it('of a batch leaves the samples’ index alone', () => {
    const program = compiled(
      recurrent
        .replace(
          'given X = [[1, 0], [0, 1], [1, 1]]',
          'sample X = [[[1, 0], [0, 1], [1, 1]], [[0, 0], [0, 1], [1, 1]]]',
        )
        .replace('given y = 1', 'sample y = [1, 0]\nbatch n = 2'),
    );
    expect(readRecurrence(program)?.quantities).toEqual(
      ['X', 'a', 'h', 'O'].map((name) => ({ name, dimension: 1 })),
    );
  });
});
