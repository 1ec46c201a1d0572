import { describe, expect, it } from 'vitest';
import { compileModel } from '../formula/compile/compile.ts';
import { Layout } from '../machine/memory/layout.ts';
import { Activations } from './activations.ts';

/** The activation of `h` in a net of two units, where `h[j]` is computed as written. */
function activation(line: string, more = '') {
  const { model, diagnostics } = compileModel(`given x = [1, 2]
given t = [0, 1]
param W = [[0.1, 0.2], [0.3, 0.4]]
param a = [0.5, 0.5]
${more}
forward
  net[j] = sum(i: W[j,i] * x[i])
  h[j] = ${line}
  L = sum(j: (t[j] - h[j])^2)
update
  W[j,i] <- W[j,i] - dL/dW[j,i]`);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join());
  return new Activations(model, new Layout(model)).of('h');
}

describe('activations', () => {
  it('are sampled from the formula, whatever it is', () => {
    const sigmoid = activation('sigmoid(net[j])');
    expect(sigmoid?.net).toBe('net');
    expect(sigmoid?.at(0)).toBe(0.5);
    expect(sigmoid?.curve().half).toBe(5);
    expect(sigmoid?.curve().values[20]).toBe(0.5);
    expect(sigmoid?.slope(0)).toBeCloseTo(0.25, 6);
    const own = activation('net[j] * sigmoid(bend(net[j]))', 'function bend(z) = 2 * z - z^2');
    expect(own?.at(1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
    expect(activation('relu(net[j])')?.curve().values.slice(18, 23)).toEqual([0, 0, 0, 0.25, 0.5]);
  });

  it('are wide enough for their point', () => {
    const tanh = activation('tanh(net[j])');
    expect(tanh?.curve(5).half).toBe(5);
    expect(tanh?.curve(-21).half).toBe(40);
    expect(tanh?.curve(-30)).toBe(tanh?.curve(25));
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) expect(tanh?.curve(odd).half).toBe(5);
  });

  it('have no slope in a corner, at a jump or where they are not finite', () => {
    expect(activation('relu(net[j])')?.slope(0)).toBeUndefined();
    expect(activation('relu(net[j])')?.slope(2)).toBeCloseTo(1, 6);
    expect(activation('step(net[j])')?.slope(0)).toBeUndefined();
    const log = activation('log(net[j])');
    expect(log?.slope(-1)).toBeUndefined();
    expect(log?.curve().low).toBeCloseTo(Math.log(0.25), 9);
    expect(activation('log(-1 - net[j]^2)')?.curve()).toMatchObject({ low: 0, high: 1 });
  });

  it('are saturated where they hardly change', () => {
    const sigmoid = activation('sigmoid(net[j])');
    expect([-20, -5, -3, 0, 3, 5, 20].map((net) => sigmoid?.isSaturated(net))).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    const relu = activation('relu(net[j])');
    expect([-1, 0, 1].map((net) => relu?.isSaturated(net))).toEqual([true, false, false]);
    expect(activation('step(net[j])')?.isSaturated(0)).toBe(false);
    expect(activation('3 * net[j]')?.isSaturated(2)).toBe(false);
  });

  it('are functions of one cell of their own unit', () => {
    expect(activation('exp(net[j]) / sum(k: exp(net[k]))')).toBeUndefined();
    expect(activation('a[j] * net[j]')).toBeUndefined();
    expect(activation('net[1]', 'index j = 1..2')).toBeUndefined();
    expect(activation('when(j < 2: net[j])', 'index j = 1..2')).toBeUndefined();
  });
});
