import { describe, expect, it } from 'vitest';
import { expandShorthand } from '../network/expansion.ts';
import { compileExpansion } from './model/rewriting.ts';

/** All diagnostics as `line:column message`. */
const told = (text: string): string[] =>
  compileExpansion(expandShorthand(text)).diagnostics.map(
    ({ span, message }) => `${span.line}:${span.column} ${message}`,
  );

const rest = 'forward\n  y = 2 * x\n  L = y^2';
const given = 'given x = 1\n';
const leave = 'read it in a formula, or leave the line out';

describe('what nothing reads', () => {
  it.each([
    ['given a = 1', '2:7 nothing reads the data a'],
    ['sample a = [1, 2]', '2:8 nothing reads the samples a'],
    ['param a = 1', '2:7 nothing reads the parameter a'],
    ['state a = 1', '2:7 nothing reads the state a'],
    ['rate a = 1', '2:6 nothing reads the rate a'],
    ['a = 1', '2:1 nothing reads the rate a'],
    ['random a[2] = uniform(1)', '2:8 nothing reads the random numbers a'],
    ['mode a', '2:6 nothing reads the mode a'],
    ['table a = moons(4, 0.1, 7)', '2:7 nothing reads the table a'],
  ])('is told: %s', (line, wanted) => {
    expect(told(`${given}${line}\n${rest}`)).toEqual([`${wanted}; ${leave}`]);
  });

  it('is asked about where a name is much like one that is read', () => {
    expect(told(`${given}param w1 = 2\nparam W1 = 3\nforward\n  L = (W1 * x)^2`)).toEqual([
      '2:7 nothing reads the parameter w1; do you mean W1?',
    ]);
    expect(told(`given x = [1, 2]\nparam w1 = [[1, 2], [3, 4]]\nlayers: 2 -> 2 sigmoid`)).toEqual([
      '2:7 nothing reads the parameter w1; do you mean W1?',
    ]);
  });

  it('is not what is stored, shown, written or spoken', () => {
    const rules = 'store a: 2dp\nshow a: 1dp\nwrite a as A\nsay a as "alpha"';
    expect(told(`${given}given a = 1\n${rest}\n${rules}`)).toEqual([
      `2:7 nothing reads the data a; ${leave}`,
    ]);
  });

  it('is a parameter that only its own update reads, but not a state or a rate that is renewed', () => {
    const update = (role: string) => told(`${given}${role} a = 1\n${rest}\nupdate\n  a <- a * 0.9`);
    expect(update('param')).toEqual([`2:7 nothing reads the parameter a; ${leave}`]);
    expect(update('state')).toEqual([]);
    expect(update('rate')).toEqual([]);
  });

  it('is not what other data take their shape or their columns from', () => {
    expect(told('given W = [1, 2]\nparam V = 0.5 like W\nforward\n  y[i] = V[i]')).toEqual([]);
    expect(told('table m = moons(4, 0.1, 7)\ngiven x = m[x1..x2]\nforward\n  y[n,i] = x[n,i]')).toEqual([]);
  });

  it('is not told of what shorthand draws and a line of the author’s own leaves unread', () => {
    const own = 'forward\n  net1[j] = x[1] * j\nindex j = 1..2';
    expect(told(`given x = [1, 2]\nlayers: 2 -> 2 sigmoid\n${own}`)).toEqual([]);
  });
});

describe('data under the name of a line of shorthand', () => {
  it('say that they take its place', () => {
    const attention = 'given x = [[1, 2], [3, 4]]\nparam Q1 = [[1, 2], [3, 4]]\nlayers: 2x2 -> attention 2';
    expect(told(attention)).toEqual([
      '2:7 Q1 takes the place of a line of layers, Q1[s,j] = …; give it another name if that is to stay; do you mean WQ1?',
    ]);
    expect(told('given x = [1, 2]\ngiven h1 = [1, 2]\nlayers: 2 -> 2 tanh -> 1')).toEqual([
      '2:7 h1 takes the place of a line of layers, h1[j] = …; give it another name if that is to stay',
    ]);
  });

  it('do not where the line is one of data, too, or the author computes it', () => {
    expect(told('given x = [1, 2]\nparam W1 = [[1, 2]]\nlayers: 2 -> 1')).toEqual([]);
    expect(told('given x = [1, 2]\nlayers: 2 -> 1 tanh\nforward\n  y[k] = net1[k]')).toEqual([]);
  });
});
