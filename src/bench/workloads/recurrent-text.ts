import { descent, lines, samples } from './dense-text.ts';
import type { RecurrentNet } from './net.ts';
import { nested } from './numbers.ts';

/** The numbers in a recurrent net's text, row by row; biases start at 0. */
export interface RecurrentNumbers {
  /** Inputs [sequence, step, entry] and targets [sequence, output]. */
  readonly x: ArrayLike<number>;
  readonly t: ArrayLike<number>;
  /** [unit, input], [unit, unit one step before], and [output, unit]. */
  readonly U: ArrayLike<number>;
  readonly W: ArrayLike<number>;
  readonly V: ArrayLike<number>;
}

/** A recurrent net in the formula language, with these numbers; without a final newline. The targets are named `goal`. */
export function recurrentText(net: RecurrentNet, { x, t, U, W, V }: RecurrentNumbers): string {
  const { steps, inputs, units, outputs, rate } = net;
  const zeros = (count: number) => nested(new Float64Array(count), [count]);
  return [
    ...samples(net, {
      x: nested(x, [net.samples, steps, inputs]),
      goal: nested(t, [net.samples, outputs]),
    }),
    `param U = ${nested(U, [units, inputs])}`,
    `param W = ${nested(W, [units, units])}`,
    `param b = ${zeros(units)}`,
    `param V = ${nested(V, [outputs, units])}`,
    `param c = ${zeros(outputs)}`,
    `eta = ${rate}`,
    ...lines('forward', [
      'h[t,j] = tanh(sum(i: U[j,i] * x[t,i]) + sum(m: W[j,m] * h?[t-1,m]) + b[j])',
      `y[k] = sum(j: V[k,j] * h[${steps},j]) + c[k]`,
      'L = sum(k: (goal[k] - y[k])^2) / 2',
    ]),
    ...lines('update', descent(['U[j,i]', 'W[j,m]', 'b[j]', 'V[k,j]', 'c[k]'])),
  ].join('\n');
}
