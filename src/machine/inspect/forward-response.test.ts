import { describe, expect, it } from 'vitest';
import { compileProgram, type Program } from '../../program/program.ts';
import { Machine } from '../machine.ts';
import { lecture } from '../testing/models.testing.ts';
import { answersAlone, ForwardResponse } from './forward-response.ts';
import { createProbe, type Probe } from './probe.ts';

/** What a model answers to an input of two numbers. */
function responseOf(program: Program, isRounded: boolean) {
  const varied = [1, 2].map((i) => ({ name: 'x', cell: program.model.batch ? [1, i] : [i] }));
  const response = new ForwardResponse(program, { names: ['y'], varied, isOfOneSample: true, isRounded });
  const { expression, free } = createProbe(program.model, program.model.batch ? 'y' : 'y[1]') as Probe;
  const reader = response.reader(
    expression,
    free.map(({ name }) => name),
  );
  const at = (x: readonly number[]): number => {
    response.at(x);
    return reader.at(free.map(() => 1));
  };
  return { response, at };
}

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
      const { response, at } = responseOf(program, precision === 'lesson');
      const machine = new Machine(program, precision);
      for (let frame = 1; frame <= 4; frame++) {
        response.open(machine, frame);
        at([7, -3]);
        expect(at([0.35, 0.9])).toBe(machine.value(frame, 'y', 'old', [1]));
      }
    });

  for (const schedule of ['together', 'by sample'])
    it(`to each sample of a batch is what its evaluation computes, ${schedule}`, () => {
      const program = compiled(batched(schedule));
      const { response, at } = responseOf(program, false);
      const training = new Machine(program, 'full');
      const machine = new Machine(program, 'full', [], 'evaluate', { trainedBy: training });
      for (const frame of [1, 2, 5]) {
        for (let n = training.furthest; n < frame; n++) training.extend();
        response.open(training, frame);
        for (const [n, x] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ].entries())
          expect(at(x)).toBe(machine.value(frame, 'y', 'old', [n + 1]));
      }
    });

  it('is of a sample alone unless an output is of the whole batch', () => {
    const ofAll = compiled(`
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
    expect(answersAlone(ofAll.model, 'y')).toBe(false);
    expect(answersAlone(compiled(batched('together')).model, 'y')).toBe(true);
    expect(answersAlone(compiled(lecture).model, 'y')).toBe(true);
  });
});
