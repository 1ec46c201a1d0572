import { describe, expect, it } from 'vitest';
import { Identifiers } from './identifiers.ts';

describe('identifiers', () => {
  it.each([
    ['W1', 'W1'],
    ['δ1', 'δ1'],
    ['dL/dW1', 'dL_dW1'],
    ['lambda', 'lambda_'],
    ['in', 'in_'],
    ['np', 'np_'],
    ['frames', 'frames_'],
    // Not a letter to Python, though one to us.
    ['w½', 'w1_2'],
    ['dL/dr⁺', 'dL_dr_'],
    // Python reads the ligature as f and i.
    ['ﬁ', 'fi'],
  ])('%s is %s', (name, expected) => {
    expect(new Identifiers().of('quantity', name)).toBe(expected);
  });

  it('are never shared, and stay the same', () => {
    const identifiers = new Identifiers();
    const names = [
      identifiers.of('function', 'μ'),
      identifiers.of('quantity', 'μ'),
      identifiers.of('quantity', 'µ'),
      identifiers.of('index', 'μ'),
      identifiers.of('old', 'x'),
      identifiers.of('quantity', 'x_old'),
    ];
    expect(names).toEqual(['μ', 'μ_', 'μ_2', 'μ_3', 'x_old', 'x_old_']);
    expect(identifiers.of('quantity', 'µ')).toBe('μ_2');
  });
});
