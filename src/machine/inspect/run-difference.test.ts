import { describe, expect, it } from 'vitest';
import { editsOf, Machine } from '../machine.ts';
import { batchCases } from '../testing/batches.testing.ts';
import {
  caseProgram,
  changeable,
  compareDifferences,
  frames,
  recorded,
} from '../testing/difference.testing.ts';
import { adversaries, lecture, type ModelCase, modelCases, perceptron } from '../testing/models.testing.ts';
import { oddities } from '../testing/oddities.testing.ts';
import { Alignment } from './alignment.ts';
import { FrameDifference } from './run-difference.ts';

const cases: readonly ModelCase[] = [...modelCases, ...oddities, ...batchCases, adversaries];

describe('two runs', () => {
  it.each(cases)('that are the same do not part: $name', (one) => {
    const program = caseProgram(one);
    for (const precision of one.text.length % 2 === 0 ? (['full'] as const) : (['lesson'] as const)) {
      const [here, there] = [new Machine(program, precision), new Machine(caseProgram(one), precision)];
      for (const other of [here, there])
        for (let frame = 1; frame <= frames; frame++) {
          const alignment = new Alignment(program, other.program);
          expect(alignment.rewritten).toEqual([]);
          expect(new FrameDifference(here, other, alignment, frame).isEmpty, one.text).toBe(true);
        }
    }
  });

  it.each(cases)('part where rounding first shows: $name', (one) => {
    const program = caseProgram(one);
    const machines = [new Machine(program, 'lesson'), new Machine(program, 'full')] as const;
    compareDifferences(one, machines, [recorded(one, program, 'lesson'), recorded(one, program, 'full')]);
  });

  it.each(cases)('part where a changed number is first read: $name', (one) => {
    const program = caseProgram(one);
    const cells = changeable(program);
    const stride = Math.max(1, Math.floor(cells.length / 2));
    for (const precision of one.text.length % 2 === 0 ? (['lesson'] as const) : (['full'] as const)) {
      const untouched = recorded(one, program, precision);
      for (let at = stride - 1; at < cells.length; at += stride) {
        const { cell, value } = cells[at];
        const edits = new Map([[cell, value === 0 ? 1 : value * 1.25]]);
        const machines = [
          new Machine(program, precision),
          new Machine(program, precision, editsOf(edits)),
        ] as const;
        compareDifferences(one, machines, [untouched, recorded(one, program, precision, edits)]);
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
    const [a, b] = [here, there].map((text) => caseProgram({ name: '', text }));
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
  const program = caseProgram({ name: 'large', text });
  const machines = [
    new Machine(program, 'full'),
    new Machine(program, 'full', editsOf(new Map([['W2[100,200]', 3]]))),
  ] as const;
  for (const machine of machines) machine.frame(1);
  const begin = process.cpuUsage();
  const found = new FrameDifference(...machines, new Alignment(program, program), 1);
  const first = found.next(0);
  const last = found.previous(program.size + 1);
  const { user, system } = process.cpuUsage(begin);
  expect(first?.formula.target).toBe('h2');
  expect(first?.cell).toEqual([100]);
  expect(first?.here.operation.operands.map(({ value }) => value)[0]).not.toBe(
    first?.there?.operation.operands[0].value,
  );
  expect(last?.here.step).toBeGreaterThan(first?.here.step as number);
  expect(user + system).toBeLessThan(30e6);
});
