import { describe, expect, it } from 'vitest';
import { lecture } from '../../machine/testing/models.testing.ts';
import { compileProgram, type Program } from '../../program/program.ts';
import { editCell } from '../edit.ts';
import { Session } from '../session.ts';
import { DecisionBoundary, inputPlaneOf } from './decision-boundary.ts';

const session = (text: string): Session => new Session(compileProgram(text).program as Program, 'model');

const xor = `
sample x = [[0, 0], [0, 1], [1, 0], [1, 1]]
sample t = [0, 1, 1, 0]
batch n = 4
param W1 = [[20, 20], [-20, -20]]
param b1 = [-10, 30]
param W2 = [20, 20]
eta = 0.5
forward
  h[j] = sigmoid(sum(i: W1[j,i] * x[i]) + b1[j])
  y = sigmoid(sum(j: W2[j] * h[j]) - 30)
  L = (t - y)^2 / 2
update
  W1[j,i] <- W1[j,i] - eta * dL/dW1[j,i]
  b1[j] <- b1[j] - eta * dL/db1[j]
  W2[j] <- W2[j] - eta * dL/dW2[j]
`;

const three = `
sample x = [[0, 1], [1, 0], [-1, -1]]
sample t = [[1, 0, 0], [0, 1, 0], [0, 0, 1]] : onehot
param W = [[0, 5], [5, 0], [-5, -5]]
eta = 0.1
forward
  z[k] = sum(i: W[k,i] * x[i])
  e[k] = exp(z[k])
  p[k] = e[k] / sum(j: e[j])
  L = -sum(k: t[k] * log(p[k]))
update
  W[k,i] <- W[k,i] - eta * dL/dW[k,i]
`;

describe('the plane of two inputs', () => {
  it('is there where the inputs are two numbers', () => {
    expect(inputPlaneOf(session(lecture).model)).toMatchObject({
      input: { name: 'x' },
      output: { name: 'y' },
    });
    const wide = lecture
      .replace('x = [0.35, 0.9]', 'x = [0.35, 0.9, 1]')
      .replace('[[0.1, 0.8], [0.4, 0.6]]', '[[0.1, 0.8, 1], [0.4, 0.6, 1]]');
    expect(inputPlaneOf(session(wide).model)).toBeUndefined();
  });

  it('is parted by one output at the middle of two targets', () => {
    const decision = DecisionBoundary.of(session(xor)) as DecisionBoundary;
    expect(decision.classes).toEqual([0, 1]);
    expect(decision.level).toBe(0.5);
    expect(decision.points.map(({ place, classIndex }) => [...place, classIndex])).toEqual([
      [0, 0, 0],
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
    for (const { place, classIndex } of decision.points)
      expect(decision.classOf(decision.at(...place))).toBe(classIndex);
    expect(decision.spans).toEqual([
      { low: -0.25, high: 1.25 },
      { low: -0.25, high: 1.25 },
    ]);
  });

  it('is parted by several outputs where another is the greatest', () => {
    const decision = DecisionBoundary.of(session(three)) as DecisionBoundary;
    expect(decision.outputs).toBe(3);
    for (const { place, classIndex } of decision.points) {
      const answer = decision.at(...place);
      expect(decision.classOf(answer)).toBe(classIndex);
      expect(decision.margin(answer, classIndex as number)).toBeGreaterThan(0);
      expect(decision.margin(answer, ((classIndex as number) + 1) % 3)).toBeLessThan(0);
    }
  });

  it('takes what the reader has changed', () => {
    const changed = session(xor);
    expect(editCell(changed, 'x[4,1]', '3')).toBeUndefined();
    expect(DecisionBoundary.of(changed)?.points[3].place).toEqual([3, 1]);
  });
});
