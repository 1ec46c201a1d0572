import type { Data } from '../workloads/contestant.ts';
import type { RecurrentNet } from '../workloads/net.ts';
import { batchesOf, rows } from '../workloads/turns.ts';
import { transposed } from './arrays.ts';

/** Numbers, and the shape of the array that holds them. */
export type Shaped = readonly [values: ArrayLike<number>, shape: readonly number[]];

/** A net's arrays for a library that computes with rows of samples. */
export interface Arrays {
  /** What is trained. */
  readonly variables: readonly Shaped[];
  /** For each frame, what enters it. */
  readonly inputs: readonly (readonly Shaped[])[];
}

/**
 * Variables U [input, unit], W [unit before, unit], b [unit], V [unit, output] and c [output], the matrices transposed so that
 * rows are multiplied by them; for each frame the target, an initial state of 0, and the inputs of each time step, as rows of
 * one sample. `data` gives numbers in the shapes of `recurrentText`: x [sequence, step, input], goal [sequence, output],
 * U [unit, input], W [unit, unit before], b, V [output, unit] and c.
 */
export function recurrentArrays(net: RecurrentNet, data: Data): Arrays {
  const { steps, inputs, units, outputs } = net;
  return {
    variables: [
      [transposed(data('U'), units), [inputs, units]],
      [transposed(data('W'), units), [units, units]],
      [data('b'), [units]],
      [transposed(data('V'), outputs), [units, outputs]],
      [data('c'), [outputs]],
    ],
    inputs: batchesOf(net, data).map(({ xs: [x], ts: [t] }) => [
      [t, [1, outputs]],
      [new Float64Array(units), [1, units]],
      ...rows(x, steps).map((row): Shaped => [row, [1, inputs]]),
    ]),
  };
}
