import type { Data } from '../workloads/contestant.ts';
import type { RecurrentNet } from '../workloads/net.ts';
import { batchesOf, rows } from '../workloads/turns.ts';
import { transposed } from './arrays.ts';

/** Numbers and the shape of the peer's array that holds them. */
export type Shaped = readonly [values: ArrayLike<number>, shape: readonly number[]];

/** What a peer that computes with rows of samples is given of a net. */
export interface Arrays {
  readonly variables: readonly Shaped[];
  /** Of each frame. */
  readonly inputs: readonly (readonly Shaped[])[];
}

/** Weights U, W, b, V and c as rows are multiplied by them; of each frame the target, a first state of 0, the steps. */
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
