import { expect, it } from 'vitest';
import { cellName } from '../../formula/model.ts';
import { Machine } from '../../machine/machine.ts';
import { lecture } from '../../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { GradientCheckTask, mistakeOf } from './gradient-check-task.ts';

function trial(text: string, sample = 0): GradientCheckTask {
  const { program, diagnostics } = compileProgram(text);
  if (program === undefined) throw new Error(`${diagnostics.map(({ message }) => message)}\n${text}`);
  const found = new GradientCheckTask(new Machine(program as Program, 'lesson'), 1, sample);
  const work = found.run(1e-5);
  while (work.next().done !== true);
  return found;
}

it('checks every cell of a small model', () => {
  const found = trial(lecture);
  expect(found.cells).toBe(9);
  expect(found.isSample).toBe(false);
  expect(found.isCheap).toBe(true);
  expect(found.firstWrong).toBeUndefined();
  expect(found.kinks).toEqual([]);
});

it.each([
  ['g1[j,i]  = -δ1[j]', 'g1[j,i]  = δ1[j]', 'g1', { kind: 'sign' }],
  ['g2[k,j]  = -δ2[k]', 'g2[k,j]  = -2*δ2[k]', 'g2', { kind: 'factor', factor: expect.closeTo(2, 5) }],
  ['g1[j,i]  = -δ1[j] * x[i]', 'g1[j,i]  = -δ1[i] * x[j]', 'g1', { kind: 'mirrored' }],
])('says what would explain it: %s', (right, wrong, target, mistake) => {
  const found = trial(lecture.replace(right, wrong));
  expect(found.firstWrong?.derivative.formula.target).toBe(target);
  const first = found.checked.find(({ derivative }) => derivative.formula.target === target);
  expect(first && mistakeOf(first)).toEqual(mistake);
});

it('takes another sample of what is large', () => {
  const text = `
given x[30] = uniform(1)
param W[40,30] = normal(1)
eta = 1
forward
  h[j] = tanh(sum(i: W[j,i] * x[i]))
  L = sum(j: h[j]^2)
update
  W[j,i] <- W[j,i] - eta * dL/dW[j,i]`;
  const cells = (sample: number) =>
    trial(text, sample).checked[0].cells.map(({ cell }) => cellName('W', cell));
  const [one, other] = [cells(0), cells(1)];
  expect(new Set(one).size).toBe(64);
  expect(one.filter((cell) => other.includes(cell)).length).toBeLessThan(16);
});

it('says where the forward pass stands on a kink', () => {
  const found = trial(
    'given x = [1, -1]\nparam w = [1, 1]\neta = 1\nindex k = 1..2\nforward\n  z[k] = relu(sum(i: w[i]*x[i]) + k - 1)\n  L = sum(k: z[k])\nupdate\n  w[i] <- w[i] - eta*dL/dw[i]',
  );
  expect(found.kinks?.map(({ formula, cell }) => cellName(formula.target, cell))).toEqual(['z[1]']);
  expect(found.checked[0].cells.map(({ verdict }) => verdict)).toEqual(['kink', 'kink']);
});
