import { Moment } from '../moment.ts';
import '../fast-machine.ts';
import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../program/program.ts';
import { Machine } from '../machine.ts';
import { batchCases, sampledAdversaries } from '../testing/batches.testing.ts';
import { adversarialExample, adversaries, lecture, modelCases } from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { compareCells } from './cell-operations.testing.ts';

function machineOf(text: string): Machine {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${diagnostics.map(({ message }) => message).join('; ')}\n${text}`);
  return new Machine(program, 'full');
}

const batches = [...batchCases, sampledAdversaries];
const zoo = [...modelCases, ...oddities, adversaries, adversarialExample, ...batches];

describe('a cell that is opened where it is looked at', () => {
  it.each(zoo.map(({ name, text }) => [name, text]))('is what it is as a whole: %s', (name, text) => {
    compareCells(machineOf(text), name);
  });

  const given =
    'given x[i=1..40] = normal(3)\ngiven m[i=1..9, j=1..30] = normal(4)\nfunction f(a, b) = a * b + tanh(a)\n';
  const functions = 'function g(a) = sum(n=1..12: a * n) + 1\nfunction id(a) = a\n';
  const index = 'index i = 1..40\nindex k = 1..12\n';
  const sums: readonly (readonly [string, string])[] = [
    ['terms side by side', 'y = sum(i: x[i] * x[i] / 3 - -x[i])'],
    ['a steady term', 'y = sum(i: x[2] * x[2])'],
    ['a steady sum inside', 'y = sum(i: exp(x[i]) / sum(j=1..40: exp(x[j])))'],
    ['indices as numbers', 'y = sum(i: x[i] * i + (41 - i))'],
    ['against the order', 'y = sum(i: x[41 - i]^3)'],
    ['functions in functions', 'y = sum(i: f(f(x[i], 2), f(x[1], id(x[i]))))'],
    ['a sum in a function', 'y = sum(i=1..9: g(x[i]) * id(x[i]))'],
    ['a sum whose argument is steady', 'y = sum(i: g(x[3]) * x[i])'],
    ['out of range', 'y = sum(i: x?[i - 3] * x?[i + 3])'],
    ['out of range wherever the term', 'y[k] = sum(i: x?[k - 3] * x[i])'],
    ['conditions', 'y = sum(i: when(i >= 5: x[i] * x[i]) + when(i < 30: x[i]))'],
    ['conditions on what is around', 'y[k] = sum(i: when(k > 6: x[i] * 2) + x[i])'],
    ['a triangle', 'y = sum(i, j=1..40 where j <= i: x[i] * x[j])'],
    ['a triangle of sums', 'y = sum(i: sum(j=1..40 where j < i: x[j] * x[i]) * x[i])'],
    ['a band', 'y = sum(i, j=1..40 where j >= i - 2, j <= i + 1: x[i] - x[j])'],
    ['an edge in the middle', 'y = sum(i, j=1..3 where i + j > 20: x[i] / j)'],
    ['windows', 'y[k] = sum(u=1..15 where k + u <= 20: x[k + u])'],
    ['nothing', 'y[k] = sum(i where i > 40 + k: x[i])'],
    ['three loops', 'y = sum(a=1..5, b=1..7, c=1..9 where c <= a + b, b > a: x[a + b + c])'],
    ['rows that differ', 'y = sum(i=1..9, j=1..30: when(j <= i: m[i,j] * m[i,j]) - m[i,j])'],
    ['the greatest', 'y = max(i: x[i] * x[41 - i])'],
    ['the greatest of rows', 'y = max(i=1..9: sum(j=1..30: m[i,j]))'],
    ['where it is', 'y = argmax(i: x[i] * x[i]) * 2'],
    ['where it is, in a rectangle', 'y = argmax(i=1..9, j=1..30 where j > 2: m[i,j])'],
    ['where it is, by the cells themselves', 'y = argmax(i: x[i])'],
    ['one term', 'y = sum(i=2..2: x[i] * 3) + argmax(i=2..2: x[i]) + max(i=3..3: x[i])'],
    ['what was not renewed', 'y = x[1]'],
    ['powers', 'y = (x[1] + 1)^7 + sum(i: (x[i] * 2)^5)'],
    ['stopped', 'y = sum(i: stop(x[i] * 2) + stop(x[i]))'],
    [
      'a name twice',
      'y[k] = sum(k2=1..12: sum(i=1..3: x[i] * k2) * x[k2]) + sum(i=1..2: sum(k2=1..3: x[k2 + i]))',
    ],
  ];
  it.each(sums)('is what it is as a whole: %s', (name, line) => {
    compareCells(machineOf(`${given}${functions}${index}forward\n  ${line}`), name);
  });
});

describe('a large cell', () => {
  const large = (n: number, line: string) =>
    machineOf(`given x[i=1..${n}] = normal(5)\nindex i = 1..${n}\nindex j = 1..${n}\nforward\n  ${line}`);

  it.each([
    'y = sum(i, j: x[i] * x[j])',
    'y = sum(i, j where j <= i: x[i] * x[j])',
    'y = sum(i: sum(j: x[i] * x[j]) * x[i])',
    'y = max(i, j: x[i] - x[j]) / 2',
    'y = argmax(i, j: x[i] * x[j])',
    'y = exp(-sum(i, j: (x[i] - x[j])^2))',
  ])('is what it is as a whole over several prefix totals: %s', (line) => {
    compareCells(large(160, line), line);
  });

  it('of ten million terms costs a step no more than the terms since a prefix total', () => {
    const machine = large(3163, 'y = sum(i, j: x[i] * x[j])');
    const { size } = machine.program;
    expect(size).toBe(2 * 3163 * 3163 - 1);
    const value = (n: number) => new Moment(machine, n).operation?.value;
    const work = (steps: readonly number[]) => {
      const before = machine.work;
      for (const step of steps) value(step);
      return machine.work - before;
    };
    // To the middle all terms up to there are added up once …
    // An operation that joins a term to those before.
    const middle = 2 * Math.floor(size / 4) + 1;
    expect(work([middle])).toBeLessThan(1.01 * (middle / 2));
    // … and from then on no more than a few thousand for each step, wherever it goes.
    const forward = Array.from({ length: 100 }, (_, n) => middle + n);
    expect(work(forward)).toBeLessThan(20_000);
    expect(work(forward.reverse())).toBeLessThan(100 * 200 + 20_000);
    const anywhere = Array.from({ length: 100 }, (_, n) => 1 + ((n * 7_919_111) % middle));
    expect(work(anywhere)).toBeLessThan(100 * 20_000);
    expect(value(size)).toBe(machine.value(1, 'y', 'old', []));
  });

  it('shows at any step what a plain loop adds up', () => {
    const machine = large(1500, 'y = sum(i, j: x[i] * x[j])');
    const x = machine.array(1, 'x', 'old').slice();
    let total = 0;
    for (let i = 0, n = 0; i < 1500; i++)
      for (let j = 0; j < 1500; j++, n++) {
        total = n === 0 ? x[i] * x[j] : total + x[i] * x[j];
        // The n-th term is joined by operation 2n + 1.
        if (n % 99_991 === 5) expect(new Moment(machine, 2 * n + 1).operation?.value).toBe(total);
      }
    expect(machine.value(1, 'y', 'old', [])).toBe(total);
  });

  it('is refused where it is too large to be stepped through, at its place', () => {
    const text = 'given x = 0.3\nindex i = 1..10000\nindex j = 1..10000\nforward\n  y = sum(i, j: x*x)';
    const { program, diagnostics } = compileProgram(text);
    expect(program).toBeUndefined();
    expect(diagnostics).toMatchObject([{ rule: 'size', span: { line: 5, column: 3 } }]);
    expect(diagnostics[0].message).toMatch(/one cell of y takes 199.?999.?999 operations/);
  });

  it('is not refused for what its conditions leave out', () => {
    const text =
      'given x = 0.3\nindex i = 1..9000\nindex j = 1..9000\nforward\n  y = sum(i, j where j = i: x*x)';
    expect(machineOf(text).program.size).toBe(2 * 9000 - 1);
  });
});

it('the lecture is what it is as a whole', () => {
  compareCells(machineOf(lecture), 'lecture');
});
