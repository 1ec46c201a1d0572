import { describe, expect, it } from 'vitest';
import { type Program, scheduleModel } from '../../program/program.ts';
import { Machine } from '../machine.ts';
import { Moment } from '../moment.ts';
import { programOf } from '../testing/agreement.testing.ts';
import { batchPerceptron, xor } from '../testing/batches.testing.ts';
import {
  adversaries,
  gated,
  lecture,
  type ModelCase,
  perceptron,
  SeededNumbers,
} from '../testing/models.testing.ts';
import { newestIn, randomCondition } from '../testing/probe.testing.ts';
import { record } from '../testing/recorder.testing.ts';
import { createProbe, type Probe } from './probe.ts';

function asked({ model }: Program, text: string): Probe {
  const found = createProbe(model, text);
  if ('error' in found) throw new Error(`${text}: column ${found.error.column}: ${found.error.message}`);
  return found;
}

const program = programOf(lecture);
const machine = new Machine(program, 'lesson');

const cases: readonly ModelCase[] = [
  { name: 'the lecture', text: lecture },
  perceptron(3),
  perceptron(7),
  gated(1),
  adversaries,
  xor,
  batchPerceptron(1),
  batchPerceptron(4),
];

describe('a probe', () => {
  it.each(cases)('is at every step what a recorder’s memory says: $name', (one) => {
    const { model } = programOf(one.text);
    for (const schedule of ['by sample', 'together'] as const) {
      if (schedule === 'by sample' && (model.batch === undefined || model.batch.together !== undefined))
        continue;
      const scheduled = scheduleModel(model, schedule).program as Program;
      for (const precision of ['lesson', 'full'] as const) {
        const recordings = record(model, 2, {
          rounded: precision === 'lesson',
          schedule,
          ...(one.recurrent && { recurrent: one.recurrent }),
        });
        const judged = new Machine(scheduled, precision);
        const steps = recordings.flatMap((recording) => recording.steps);
        for (let seed = 1; seed <= 12; seed++) {
          const condition = randomCondition(
            model,
            new SeededNumbers(seed),
            recordings[0].after,
            precision === 'lesson',
          );
          const found = asked(scheduled, condition.text);
          expect([...found.places].map(String), condition.text).toEqual(condition.places.map(String));
          const stride = 1 + (seed % 5);
          for (let step = seed; step <= steps.length; step += stride) {
            const read = newestIn(steps[step - 1].memory);
            const moment = new Moment(judged, step);
            for (const place of condition.places) {
              const [is, ought] = [found.at(moment, place), condition.value(place, read)];
              if (!Object.is(is, ought))
                throw new Error(
                  `${condition.text} at ${place}: ${is}, not ${ought}; step ${step}, ${schedule}, ${precision}, seed ${seed}\n${one.text}`,
                );
            }
          }
          const [place] = condition.places;
          const cells = found
            .cells(place)
            .map(({ name, cell }) => (cell.length === 0 ? name : `${name}[${cell}]`));
          expect(cells).toEqual([...new Set(condition.reads(place))]);
        }
      }
    }
  });

  it('reads the newest version of a parameter, and what is computed once it is stored', () => {
    const weight = asked(program, 'W2[1,1]');
    const renewed = program.writing('W2', 'new', [1, 1])?.last as number;
    expect(weight.at(new Moment(machine, 0))).toBe(0.3);
    expect(weight.at(new Moment(machine, renewed - 1))).toBe(0.3);
    expect(weight.at(new Moment(machine, renewed))).toBe(machine.value(1, 'W2', 'new', [1, 1]));
    const loss = asked(program, 'L');
    const stored = program.writing('L', 'old', [])?.last as number;
    expect(loss.at(new Moment(machine, stored - 1))).toBeUndefined();
    expect(loss.at(new Moment(machine, stored))).toBe(machine.value(1, 'L', 'old', []));
    expect(loss.at(new Moment(machine, program.size + 1))).toBeUndefined();
  });

  it('compares the first fifteen digits where the lesson rounds, and every bit where it does not', () => {
    const text = 'given y = 0.4\nforward\n  L = (0.5 - y)^2 / 2\n  k = 0.1 * 3\nstore y: 2dp';
    const model = programOf(text);
    const at = (precision: 'lesson' | 'full', condition: string) =>
      asked(model, condition).at(new Moment(new Machine(model, precision), model.size));
    expect(new Machine(model, 'full').value(1, 'L', 'old', [])).toBe(0.0049999999999999975);
    for (const [condition, lesson, full] of [
      ['L < 0.005', 0, 1],
      ['L = 0.005', 1, 0],
      ['L >= 0.005', 1, 0],
      ['L != 0.005', 0, 1],
      ['[k > 0.3]', 0, 1],
      ['0.3 < k <= 1', 0, 1],
      ['L < 0.00500000000000001', 1, 1],
    ] as const) {
      expect([at('lesson', condition), at('full', condition)], condition).toEqual([lesson, full]);
    }
    // A lesson without rules rounds nothing in either run.
    const exact = programOf(text.replace(/store.*/, ''));
    expect(asked(exact, 'L < 0.005').at(new Moment(new Machine(exact, 'lesson'), exact.size))).toBe(1);
  });

  it('compares, in chains and side by side', () => {
    const end = new Moment(machine, program.size);
    const loss = machine.value(1, 'L', 'old', []);
    const value = (text: string, place: readonly number[] = []) => asked(program, text).at(end, place);
    expect(value('L < 1')).toBe(1);
    expect(value(`0 < L < ${loss}`)).toBe(0);
    expect(value('0 < L < 1, h[1] > 0')).toBe(1);
    expect(value('0 < L < 1, h[1] < 0')).toBe(0);
    expect(value('[L < 1]')).toBe(1);
    expect(value('h[j] > h[1]', [2])).toBe(
      Number(machine.value(1, 'h', 'old', [2]) > machine.value(1, 'h', 'old', [1])),
    );
    expect(value('argmax(j: h[j])')).toBe(value('h[2] > h[1]') === 1 ? 2 : 1);
    expect(asked(program, 'L').isCondition).toBe(false);
    for (const text of ['[L < 1]', 'L != 1', 'L < 1, L > 0'])
      expect(asked(program, text).isCondition).toBe(true);
  });

  it('knows a derivative by the name that a claim has given it, sign and order of indices included', () => {
    const end = new Moment(machine, program.size);
    const delta = asked(program, 'dL/dnet1[j]');
    expect(delta.free.map(({ name, range }) => [name, range.low, range.high])).toEqual([['j', 1, 2]]);
    expect(delta.at(end, [2])).toBe(-machine.value(1, 'δ1', 'old', [2]));
    expect(asked(program, 'dL/dW2[1,2]').at(end)).toBe(machine.value(1, 'g2', 'old', [1, 2]));
  });

  it('of a batch asks each sample, or all of them where the sample index is written', () => {
    const batch = programOf(xor.text);
    expect(asked(batch, 'L < 0.1').free.map(({ name }) => name)).toEqual(['n']);
    expect(asked(batch, 'h[j]').free.map(({ name }) => name)).toEqual(['n', 'j']);
    expect(asked(batch, 'h[3,j]').free.map(({ name }) => name)).toEqual(['j']);
    const mean = asked(batch, 'sum(n: L[n]) / 4');
    expect(mean.free).toEqual([]);
    expect(mean.cells().length).toBe(4);
  });

  it.each([
    ['', 1, /nothing is written here.*L/],
    ['   ', 1, /nothing is written/],
    ['L <', 4, /expected a number/],
    ['L < 0.01)', 9, /\) is not expected/],
    ['abs(δ1[j] < 1', 11, /expected \)/],
    ['abs(δ3[j]) < 1', 5, /no δ3; do you mean δ[12]\?/],
    ['sigmod(L) < 1', 1, /do you mean sigmoid/],
    ['h[j,k] > 0', 1, /h takes 1 index, not 2/],
    ['h > 0', 1, /h takes 1 index, not none/],
    ['h[3] > 0', 1, /reads h at 3, but it runs from 1 to 2/],
    ['W2[k,j] > x[k]', 11, /k runs over 1 .*x has 2/],
    ['L == 1', 4, /= once/],
    ['L <- 1', 3, /space between < and -/],
    ['L < 1 and h[1] > 0', 7, /comma between/],
    ['L < 1, h[1]', 12, /expected </],
    ['j < 2', 1, /j is an index/],
    ['1 < 2', 1, /reads no number/],
    ['L < 1 & h[1] > 0', 7, /character "&"/],
    ['normal(1) < L', 1, /drawn at random/],
    [`L < ${'1 + '.repeat(200)}1`, 1, /longer than/],
    ['sum(j: h[j]) > h[j]', 5, /in use here already/],
  ])('says what is wrong with %j, and where', (text, column, message) => {
    const found = createProbe(program.model, text);
    if (!('error' in found)) throw new Error(`${text} was understood`);
    expect(found.error.message).toMatch(message);
    expect(found.error.column).toBe(column);
  });

  it('keeps its place in any text, however broken', () => {
    const pieces = [
      'L',
      'h[',
      'j',
      ']',
      '<',
      '-',
      '(',
      ')',
      ' ',
      '1',
      'δ1',
      ',',
      'sum(',
      ':',
      '^',
      '≤',
      '"',
      '?[',
      '=',
      '\n',
    ];
    const numbers = new SeededNumbers(5);
    for (let n = 0; n < 3000; n++) {
      const text = Array.from({ length: numbers.whole(1, 9) }, () => numbers.pick(pieces)).join('');
      const found = createProbe(program.model, text);
      if (!('error' in found)) continue;
      expect(found.error.message.length, text).toBeGreaterThan(10);
      expect(found.error.column, text).toBeGreaterThan(0);
      expect(found.error.column, text).toBeLessThanOrEqual(text.length + 1);
    }
  });
});
