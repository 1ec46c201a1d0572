import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../../program/program.ts';
import { Machine } from '../machine.ts';
import { lecture } from '../testing/models.testing.ts';
import { InputResponse } from './input-response.ts';

const compiled = (text: string): Program => compileProgram(text).program as Program;

const batched = (schedule: string): string => `
sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
sample t = [0, 1, 1, 0]
batch n = 4, ${schedule}
mode training
param W1 = [[1.1, -0.7], [0.4, 0.9], [-0.3, 0.2]]
param b1 = [0.1, -0.2, 0.3]
param W2 = [0.5, -0.6, 0.7]
eta = 0.5
forward
  h[j] = tanh(sum(i: W1[j,i] * x[i]) + b1[j]) * (1 - training * 0.25)
  y = sigmoid(sum(j: W2[j] * h[j]))
  L = (t - y)^2 / 2
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  W2[j] <- W2[j] - eta * dL/dW2[j]
`;

describe('the response of a model', () => {
  for (const precision of ['lesson', 'full'] as const)
    it(`to its own input is what the ${precision} run computes, in every iteration`, () => {
      const program = compiled(lecture);
      const response = InputResponse.of(program, { input: 'x', output: 'y', precision }) as InputResponse;
      const machine = new Machine(program, precision);
      for (let frame = 1; frame <= 4; frame++) {
        response.use(machine, frame);
        response.at([7, -3]);
        expect(response.at([0.35, 0.9])[0]).toBe(machine.value(frame, 'y', 'old', [1]));
      }
    });

  for (const schedule of ['together', 'by sample'])
    it(`to each sample of a batch is what its evaluation computes, ${schedule}`, () => {
      const program = compiled(batched(schedule));
      const response = InputResponse.of(program, {
        input: 'x',
        output: 'y',
        precision: 'full',
      }) as InputResponse;
      const training = new Machine(program, 'full');
      const machine = new Machine(program, 'full', [], 'evaluate', { trainedBy: training });
      for (const frame of [1, 2, 5]) {
        for (let n = training.furthest; n < frame; n++) training.extend();
        response.use(training, frame);
        for (const [n, x] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ].entries())
          expect(response.at(x)[0]).toBe(machine.value(frame, 'y', 'old', [n + 1]));
      }
    });

  it('is not there where an output is of the whole batch', () => {
    const program = compiled(`
sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
sample t = [0, 1, 1, 0]
batch n = 4
param w = [1, 2]
eta = 0.1
forward
  m[i] = sum(n: x[n,i]) / 4
  y[n] = sum(i: w[i] * (x[n,i] - m[i]))
  L = sum(n: (t[n] - y[n])^2) / 2
update
  w[i] <- w[i] - eta * dL/dw[i]
`);
    expect(InputResponse.of(program, { input: 'x', output: 'y', precision: 'full' })).toBeUndefined();
  });
});
