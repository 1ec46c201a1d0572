import { describe, expect, it } from 'vitest';
import { cellName } from '../formula/model.ts';
import { fastBackend, provideFastBackend } from '../machine/history/fast-backend.ts';
import { batchCases, sampledAdversaries } from '../machine/testing/batches.testing.ts';
import { compileProgram, type Program } from '../program/program.ts';
import { type CheckedCell, GradientCheck } from './gradient-check.ts';
import '../machine/fast-machine.ts';
import { Machine } from '../machine/machine.ts';
import {
  adversarialExample,
  adversaries,
  lecture,
  modelCases,
  perceptron,
} from '../machine/testing/models.testing.ts';
import { oddities } from '../machine/testing/oddities.testing.ts';

function check(text: string, frame = 1, most = 4): CheckedCell[] {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`${diagnostics.map(({ message }) => message)}\n${text}`);
  const found = new GradientCheck(new Machine(program as Program, 'lesson'), frame);
  return found.derivatives.flatMap((derivative) => {
    const stride = Math.max(1, Math.ceil(derivative.size / most));
    const cells: CheckedCell[] = [];
    for (let flat = 0; flat < derivative.size; flat += stride) cells.push(found.check(derivative, flat));
    return cells;
  });
}

const tell = ({ derivative: { of, by }, cell, gradient, estimate, verdict }: CheckedCell): string =>
  `d${of}/d${cellName(by, cell)}: ${gradient} in the model, ${estimate} by differences, ${verdict}`;

const cases = [
  ...modelCases,
  ...oddities,
  ...batchCases,
  adversaries,
  adversarialExample,
  sampledAdversaries,
];

describe('what a model computes as its gradient', () => {
  it.each(cases)('is the difference quotient, in the first frame and later: $name', ({ text }) => {
    for (const frame of [1, 3]) {
      const found = check(text, frame);
      expect(found.length).toBeGreaterThan(0);
      const wrong = found.filter(({ verdict }) => verdict !== 'agrees' && verdict !== 'kink');
      expect(wrong.map(tell), text).toEqual([]);
    }
  });

  it('is checked at the changed numbers, without storing rules', () => {
    const program = compileProgram(lecture).program as Program;
    const machine = new Machine(program, 'lesson', [{ kind: 'edit', cell: 'W2[1,1]', value: -3, frame: 1 }]);
    const found = new GradientCheck(machine, 1);
    const all = found.derivatives.flatMap((one) => found.check(one, 0));
    expect(all.map(({ derivative }) => derivative.formula.target)).toEqual(['δ2', 'δ1', 'g2', 'g1']);
    expect(all.every(({ verdict }) => verdict === 'agrees')).toBe(true);
    const full = new Machine(program, 'full', machine.changes);
    expect(all[3].gradient).toBe(full.value(1, 'g1', 'old', [1, 1]));
  });

  it.each([
    ['δ2[k]    = (t[k] - y[k])', 'δ2[k]    = -(t[k] - y[k])', 'δ2'],
    ['* y[k]*(1 - y[k])   ', '   ', 'δ2'],
    ['h[j]*(1 - h[j]) * sum', 'sum', 'δ1'],
    ['g2[k,j]  = -δ2[k] * h[j]', 'g2[k,j]  = -2*δ2[k] * h[j]', 'g2'],
    ['g1[j,i]  = -δ1[j] * x[i]', 'g1[j,i]  = δ1[j] * x[i]', 'g1'],
  ])('is blamed at the first formula that is wrong: %s', (right, wrong, target) => {
    expect(lecture).toContain(right);
    const found = check(lecture.replace(right, wrong));
    expect(found.find(({ verdict }) => verdict !== 'agrees')?.derivative.formula.target).toBe(target);
  });

  it('is one of two at a kink, and both are told', () => {
    const text = 'given x = 2\nparam w = 0\neta = 1\nforward\n  L = relu(w*x)\nupdate\n  w <- w - eta*dL/dw';
    const [only] = check(text);
    expect(only.verdict).toBe('kink');
    expect(only.gradient).toBe(0);
    expect(only.sides?.[0]).toBeCloseTo(0, 9);
    expect(only.sides?.[1]).toBeCloseTo(2, 9);
    // Just beside it there is no doubt.
    expect(check(text.replace('w = 0', 'w = 0.0001'))[0].verdict).toBe('agrees');
  });

  it.each([
    ['stop(w * x) * w', ''],
    ['held(w * x) * w', 'function held(z) = 1 + stop(z)'],
    ['z * w', ''],
  ])(
    'is not told to be wrong where a stop keeps a gradient back that differences see: %s',
    (read, helper) => {
      const text = `given x = 0.5\nparam w = 0.3\nparam v = 0.2\neta = 0.1\n${helper}\nforward
  ${read.startsWith('z') ? 'z = stop(w * x)' : ''}
  L = (${read} + v - 1)^2\nupdate\n  w <- w - eta*dL/dw\n  v <- v - eta*dL/dv`;
      expect(check(text).map(({ derivative: { by }, verdict }) => [by, verdict])).toEqual([
        ['w', 'stop-gradient'],
        ['v', 'agrees'],
      ]);
    },
  );

  it('cannot be told where the loss is not finite', () => {
    const text = 'param w = 0\neta = 1\nforward\n  L = log(w - 1)\nupdate\n  w <- w - eta*dL/dw';
    expect(check(text)[0].verdict).toBe('unknown');
  });
});

it('shows how the error goes down with the step, and up again', () => {
  const found = new GradientCheck(new Machine(compileProgram(lecture).program as Program, 'full'), 1);
  const cell = found.check(found.derivatives[3], 0);
  const errors = found.quotients(cell, [1e-1, 1e-3, 1e-5, 1e-8, 1e-12]).map(({ error }) => error);
  expect(errors[0]).toBeGreaterThan(errors[1]);
  expect(errors[1]).toBeGreaterThan(errors[2]);
  expect(errors[3]).toBeGreaterThan(errors[2]);
  expect(errors[4]).toBeGreaterThan(errors[3]);
});

describe('a model that runs in the fast backend', () => {
  const text = `
given x[60] = uniform(1)
given t[5] = uniform(2)
param W1[40,60] = he(1, 60)
param W2[5,40] = he(2, 40)
eta = 0.1
forward
  h[j] = relu(sum(i: W1[j,i] * x[i]))
  y[k] = sigmoid(sum(j: W2[k,j] * h[j]))
  L = sum(k: (t[k] - y[k])^2)
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  W2[k,j] <- W2[k,j] - eta * dL/dW2[k,j]`;

  it('is checked in the same way, to the same bits', () => {
    const ways = fastBackend();
    provideFastBackend(undefined);
    const plain = check(text, 2, 6);
    provideFastBackend(ways);
    const fast = check(text, 2, 6);
    expect(fast.map(tell)).toEqual(plain.map(tell));
    expect(fast.every(({ verdict }) => verdict === 'agrees')).toBe(true);
  });
});

it.each(Array.from({ length: 12 }, (_, n) => perceptron(n + 1)))(
  'a turned sign is told in $name',
  ({ text }) => {
    const wrong = text.replace('g1[j,i] = -δ1', 'g1[j,i] = δ1');
    const found = check(wrong).filter(({ gradient }) => Math.abs(gradient) > 1e-6);
    for (const one of found)
      expect(one.verdict, `${tell(one)}\n${wrong}`).toBe(
        one.derivative.formula.target === 'g1' ? 'differs' : 'agrees',
      );
  },
);
