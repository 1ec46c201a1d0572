import { uniform } from './random.ts';

/**
 * The whole numbers 0 … `count` − 1 in random order, in a new array: the Fisher–Yates shuffle, a pure function of seed and
 * stream (as in `uniform`). Use one stream for each shuffle, such as an epoch; draws 1 … count − 1 of it are used.
 */
export function permutation(seed: number, stream: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(uniform(seed, stream, last) * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
