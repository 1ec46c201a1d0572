import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jsonLines } from '../export/trace/json.ts';
import { type TraceGrain, table, trace } from '../export/trace/trace.ts';
import { LessonModel } from '../lesson/model/model.ts';
import { modelsIn } from '../lesson/model/model-fence.ts';

const { models } = modelsIn(readFileSync('lessons/01-backpropagation-by-hand.md', 'utf8'));
const lecture = models.get('lecture') as LessonModel;
const modelOf = (text: string) => new LessonModel('m', text, { line: 1, column: 1 });

interface Line {
  step: number;
  frame: number;
  phase: string;
  formula: string;
  cell: string;
  op: string;
  operands: { cell?: string; literal?: number | string; step?: number; value: number | string }[];
  value: number | string;
  stored: number | string | null;
}

function lines(
  model: LessonModel,
  run: 'lesson' | 'full',
  frames = 1,
  grain: TraceGrain = 'operation',
): Line[] {
  return [...jsonLines(trace(model.machine(run), frames, grain))].map((line) => JSON.parse(line));
}

/** FACTS §1: cell, what the slide prints, what float64 gives. Weights are the renewed ones. */
const facts: [cell: string, printed: number, exact: number][] = [
  ['h[1]', 0.68, 0.6802671966986485],
  ['h[2]', 0.6637, 0.6637386974043528],
  ['y[1]', 0.69, 0.6902834929076443],
  ['δ2[1]', -0.0406, -0.040681125112339026],
  ['δ1[1]', -0.0027, -0.0026544890308847417],
  ['δ1[2]', -0.0082, -0.008171645064129868],
  ['g1[1,1]', 0.000945, 0.0009290711608096595],
  ['g1[1,2]', 0.00243, 0.0023890401277962678],
  ['g1[2,1]', 0.00287, 0.0028600757724454536],
  ['g1[2,2]', 0.00738, 0.007354480557716881],
  ['g2[1,1]', 0.0276, 0.027674034938717864],
  ['g2[1,2]', 0.0269, 0.027001636991007407],
  ['W1[1,1]', 0.0991, 0.09907092883919034],
  ['W1[1,2]', 0.7976, 0.7976109598722038],
  ['W1[2,1]', 0.3971, 0.39713992422755456],
  ['W1[2,2]', 0.5926, 0.592645519442283],
  ['W2[1,1]', 0.2724, 0.27232596506128215],
  ['W2[1,2]', 0.8731, 0.8729983630089926],
];

describe('the trace of the lecture', () => {
  const stored = (run: 'lesson' | 'full') =>
    new Map(lines(lecture, run, 1, 'cell').map((line) => [line.cell, line.stored]));
  const printed = stored('lesson');
  const exact = stored('full');

  it.each(facts)('%s is stored as %d, and as %d in full precision', (cell, rounded, full) => {
    expect(printed.get(cell)).toBe(rounded);
    expect(exact.get(cell)).toBe(full);
  });

  it('goes on into the second frame', () => {
    const second = new Map(
      lines(lecture, 'lesson', 2, 'cell')
        .filter(({ frame }) => frame === 2)
        .map(({ cell, stored }) => [cell, stored]),
    );
    const cells = ['h[1]', 'h[2]', 'y[1]', 'δ2[1]', 'W1[1,1]', 'W1[2,2]', 'W2[1,2]'];
    expect(cells.map((cell) => second.get(cell))).toEqual([
      0.68, 0.662, 0.68, -0.0392, 0.0983, 0.5857, 0.8471,
    ]);
  });

  it('can be done again by another program, operation by operation', () => {
    const all = lines(lecture, 'lesson', 2);
    expect(all.map(({ step }) => step)).toEqual(all.map((_, at) => at + 1));
    const values = new Map<number, number | string>();
    const cells = new Map<string, number | string>();
    const arithmetic: Record<string, (a: number, b: number) => number> = {
      add: (a, b) => a + b,
      sub: (a, b) => a - b,
      mul: (a, b) => a * b,
      div: (a, b) => a / b,
      neg: (a) => -a,
    };
    for (const { step, cell, op, operands, value, stored } of all) {
      for (const operand of operands) {
        if (operand.step !== undefined) expect(operand.value).toBe(values.get(operand.step));
        if (operand.literal !== undefined) expect(operand.value).toBe(operand.literal);
        if (operand.cell !== undefined && cells.has(operand.cell))
          expect(operand.value).toBe(cells.get(operand.cell));
      }
      const [a, b] = operands.map((operand) => Number(operand.value));
      if (op !== 'exp') expect(value).toBe(arithmetic[op](a, b));
      values.set(step, value);
      if (stored !== null) cells.set(cell, stored);
    }
    expect(cells.size).toBe(new Set(all.map(({ cell }) => cell)).size);
  });

  it('says which formula a step belongs to, in its own words', () => {
    const [first] = lines(lecture, 'lesson');
    expect(first).toEqual({
      step: 1,
      frame: 1,
      phase: 'forward',
      formula: 'net1[i] = sum(j: W1[i,j] * x[j])',
      cell: 'net1[1]',
      op: 'mul',
      operands: [
        { cell: 'W1[1,1]', value: 0.1 },
        { cell: 'x[1]', value: 0.35 },
      ],
      value: 0.034999999999999996,
      stored: null,
    });
  });

  it('is a table for the eye', () => {
    const text = [
      ...table(trace(lecture.machine('lesson'), 2, 'operation'), lecture.machine('lesson'), 2),
    ].join('');
    expect(text).toMatch(
      /^iteration 1\n\nforward {2}net1\[i\] = sum\(j: W1\[i,j\] \* x\[j\]\)\n {2}1 {2}0\.1 \* 0\.35 +0\.03499/,
    );
    expect(text).toMatch(/= y\[1\] +stored 0\.69\n/);
    expect(text).toContain('\niteration 2\n\nforward');
  });
});

it('has words for numbers that JSON has none for', () => {
  const odd = modelOf(
    'given z = 0\nforward\n  a = -z\n  b = 1/a\n  c = b - b\n  d = -b\n  e = 1e300 * 1e-300',
  );
  const all = lines(odd, 'full');
  expect(all.map(({ stored }) => stored)).toEqual(['-0', '-Infinity', 'NaN', 'Infinity', 1]);
  expect(all[1].operands).toEqual([
    { literal: 1, value: 1 },
    { cell: 'a', value: '-0' },
  ]);
});

it('keeps nothing: the first step of a long run is there at once', () => {
  const [first] = jsonLines(trace(lecture.machine('lesson'), Number.MAX_SAFE_INTEGER, 'operation'));
  expect(first).toContain('"step":1');
});
