import { describe, expect, it } from 'vitest';
import { uniform } from '../number/random.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { Alignment } from './alignment.ts';
import { batchCases } from './batches.testing.ts';
import { FrameDifference } from './difference.ts';
import { editsOf, Machine, type Run } from './machine.ts';
import { adversaries, lecture, type ModelCase, modelCases, perceptron } from './models.testing.ts';
import { oddities } from './oddities.testing.ts';
import { cellKey, cellsOf, type RecordedStep, type Recording, record } from './recorder.testing.ts';

const frames = 2;

function programOf({ name, text }: ModelCase): Program {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined)
    throw new Error(`${name}: ${diagnostics.map(({ message }) => message)}\n${text}`);
  return program;
}

function recorded(
  one: ModelCase,
  { model }: Program,
  run: Run,
  edits = new Map<string, number>(),
): Recording[] {
  const schedule = model.batch?.together === undefined ? model.batch?.schedule : 'together';
  return record(model, frames, {
    rounded: run === 'lesson',
    edits,
    ...(one.recurrent && { recurrent: one.recurrent }),
    ...(schedule && { schedule }),
  });
}

/** Whether two recorded steps do the very same, which they can only where they do it with the same numbers. */
const differs = (a: RecordedStep, b: RecordedStep): boolean =>
  !Object.is(a.value, b.value) ||
  !Object.is(a.stored, b.stored) ||
  a.operands.some(({ value }, at) => !Object.is(value, b.operands[at].value));

/** Compares what is found with a scan of every step, from the start, from the end, and from some steps between. */
function judge(
  one: ModelCase,
  machines: readonly [Machine, Machine],
  recordings: readonly [Recording[], Recording[]],
): number {
  const [here, there] = machines;
  const alignment = new Alignment(here.program, there.program);
  let count = 0;
  for (let frame = 1; frame <= frames; frame++) {
    const [a, b] = recordings.map((recording) => recording[frame - 1].steps);
    const wanted = a.flatMap((step, n) => (differs(step, b[n]) ? [n + 1] : []));
    count += wanted.length;
    const found = new FrameDifference(here, there, alignment, frame);
    const what = `${one.name}, frame ${frame}\n${one.text}`;
    expect(found.isEmpty, what).toBe(wanted.length === 0);
    expect(found.next(0)?.here.step, `first of ${what}`).toBe(wanted[0]);
    expect(found.previous(a.length + 1)?.here.step, `last of ${what}`).toBe(wanted.at(-1));
    for (let trial = 0; trial < 12; trial++) {
      const from = 1 + Math.floor(uniform(7, trial, frame) * a.length);
      const [next, previous] = [
        wanted.find((step) => step > from),
        wanted.filter((step) => step < from).at(-1),
      ];
      expect(found.next(from)?.here.step, `after ${from}, ${what}`).toBe(next);
      expect(found.previous(from)?.here.step, `before ${from}, ${what}`).toBe(previous);
      const sides = found.at(from);
      expect(sides.here.operation.value, what).toBe(a[from - 1].value);
      expect(sides.there?.operation.value, what).toBe(b[from - 1].value);
      expect([sides.here.stored ?? null, sides.there?.stored ?? null], what).toEqual([
        a[from - 1].stored,
        b[from - 1].stored,
      ]);
    }
  }
  return count;
}

/** The parameters' and data's cells that can be changed. */
const changeable = ({ model }: Program): { cell: string; value: number }[] =>
  [...model.quantities.values()].flatMap(({ name, shape, numbers, domain }) =>
    numbers === undefined || domain === 'index'
      ? []
      : cellsOf(shape).map((cell, flat) => ({ cell: cellKey('', name, cell).trim(), value: numbers[flat] })),
  );

const cases: readonly ModelCase[] = [...modelCases, ...oddities, ...batchCases, adversaries];

describe('two runs', () => {
  it.each(cases)('that are the same do not part: $name', (one) => {
    const program = programOf(one);
    for (const run of ['lesson', 'full'] as const) {
      const [here, there] = [new Machine(program, run), new Machine(programOf(one), run)];
      for (const other of [here, there])
        for (let frame = 1; frame <= frames; frame++) {
          const alignment = new Alignment(program, other.program);
          expect(alignment.rewritten).toEqual([]);
          expect(new FrameDifference(here, other, alignment, frame).isEmpty, one.text).toBe(true);
        }
    }
  });

  it.each(cases)('part where rounding first shows: $name', (one) => {
    const program = programOf(one);
    const machines = [new Machine(program, 'lesson'), new Machine(program, 'full')] as const;
    judge(one, machines, [recorded(one, program, 'lesson'), recorded(one, program, 'full')]);
  });

  it.each(cases)('part where a changed number is first read: $name', (one) => {
    const program = programOf(one);
    const cells = changeable(program);
    const stride = Math.max(1, Math.floor(cells.length / 2));
    for (const run of one.text.length % 2 === 0 ? (['lesson'] as const) : (['full'] as const)) {
      const untouched = recorded(one, program, run);
      for (let at = stride - 1; at < cells.length; at += stride) {
        const { cell, value } = cells[at];
        const edits = new Map([[cell, value === 0 ? 1 : value * 1.25]]);
        const machines = [new Machine(program, run), new Machine(program, run, editsOf(edits))] as const;
        judge(one, machines, [untouched, recorded(one, program, run, edits)]);
        const first = new FrameDifference(...machines, new Alignment(program, program), 1).next(0);
        const reading = untouched[0].steps.findIndex(({ operands }) =>
          operands.some((operand) => operand.kind === 'cell' && operand.cell === `old ${cell}`),
        );
        expect(first?.here.step, `first read of ${cell}`).toBe(reading < 0 ? undefined : reading + 1);
      }
    }
  });
});

describe('two models', () => {
  const compare = (here: string, there: string) => {
    const [a, b] = [here, there].map((text) => programOf({ name: '', text }));
    const alignment = new Alignment(a, b);
    return {
      alignment,
      found: new FrameDifference(new Machine(a, 'full'), new Machine(b, 'full'), alignment, 1),
    };
  };

  it('part at the first operation that the other does not do', () => {
    const { alignment, found } = compare(lecture.replace('h[j]*(1 - h[j]) * sum', 'sum'), lecture);
    expect(alignment.rewritten.map(({ target }) => target)).toEqual(['δ1']);
    const first = found.next(0);
    expect(first?.formula.target).toBe('δ1');
    expect(first?.cell).toEqual([1]);
    // The same product is all of the cell here, and a part of it there.
    expect(first?.here.stored).toBe(first?.there?.operation.value);
    expect(first?.there?.stored).toBeUndefined();
    expect(found.next(first?.here.step ?? 0)?.formula.target).toBe('δ1');
  });

  it('have no partner for what only one of them computes', () => {
    const { alignment, found } = compare(
      lecture,
      lecture.replace('net2[k] =', 'extra[j] = h[j] + 1\n  net2[k] ='),
    );
    expect(alignment.alone.here).toEqual([]);
    expect(alignment.alone.there.map(({ target }) => target)).toEqual(['extra']);
    expect(found.isEmpty).toBe(true);
  });

  it('part at once where a layer has another size', () => {
    const [two, three] = [perceptron(3).text, perceptron(4).text];
    const { found } = compare(two, three);
    expect(found.next(0)?.here.step).toBe(1);
  });
});

it('finds a difference in a large net without going through it', () => {
  const text = `
given x[784] = uniform(1)
given t[10] = uniform(2)
param W1[256,784] = he(1, 784)
param W2[128,256] = he(2, 256)
param W3[10,128] = he(3, 128)
eta = 0.1
forward
  h1[j] = relu(sum(i: W1[j,i] * x[i]))
  h2[j] = relu(sum(i: W2[j,i] * h1[i]))
  y[j] = sigmoid(sum(i: W3[j,i] * h2[i]))
  L = sum(k: (t[k] - y[k])^2)
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  W2[j,i] <- W2[j,i] - eta * dL/dW2[j,i]
  W3[j,i] <- W3[j,i] - eta * dL/dW3[j,i]
`;
  const program = programOf({ name: 'large', text });
  const machines = [
    new Machine(program, 'full'),
    new Machine(program, 'full', editsOf(new Map([['W2[100,200]', 3]]))),
  ] as const;
  for (const machine of machines) machine.frame(1);
  const begin = performance.now();
  const found = new FrameDifference(...machines, new Alignment(program, program), 1);
  const first = found.next(0);
  const last = found.previous(program.size + 1);
  const time = performance.now() - begin;
  expect(first?.formula.target).toBe('h2');
  expect(first?.cell).toEqual([100]);
  expect(first?.here.operation.operands.map(({ value }) => value)[0]).not.toBe(
    first?.there?.operation.operands[0].value,
  );
  expect(last?.here.step).toBeGreaterThan(first?.here.step as number);
  expect(time).toBeLessThan(2000);
});
