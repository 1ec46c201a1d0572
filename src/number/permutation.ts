import { uniform } from './random.ts';

/**
 * The whole numbers 0 … count − 1 in a random order, a pure function of seed and stream (one for each shuffling, such as
 * an epoch), by Fisher and Yates. Takes `count` draws.
 */
export function permutation(seed: number, stream: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(uniform(seed, stream, last) * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}
