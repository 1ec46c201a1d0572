import { log, sqrt } from './elementary.ts';

/*
 * Counter-based random: a number is a pure function of (seed, stream, counter), so any frame of a training run can
 * be visited in any order and meets the same samples, masks and weights. The generator is Threefry-2x32 with 20
 * rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11), as in JAX.
 */

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

/**
 * The cipher Threefry-2x32-20. Key and counter are two words each, taken modulo 2^32; the result is two unsigned 32-bit words.
 */
export function threefry(key0: number, key1: number, counter0: number, counter1: number): [number, number] {
  const keys = [key0 | 0, key1 | 0, parity ^ key0 ^ key1];
  let a = ((counter0 | 0) + keys[0]) | 0;
  let b = ((counter1 | 0) + keys[1]) | 0;
  for (let group = 1; group <= 5; group++) {
    const first = group % 2 === 1 ? 0 : 4;
    for (let i = first; i < first + 4; i++) {
      const turn = rotations[i];
      a = (a + b) | 0;
      b = ((b << turn) | (b >>> (32 - turn))) ^ a;
    }
    a = (a + keys[group % 3]) | 0;
    b = (b + keys[(group + 1) % 3] + group) | 0;
  }
  return [a >>> 0, b >>> 0];
}

const twoTo32 = 4294967296;
const twoTo21 = 2097152;
const twoTo53 = 9007199254740992;

/** Two random 32-bit words. `attempt` (below 2,048) distinguishes the draws that a single number may need. */
function draw(seed: number, stream: number, counter: number, attempt: number): [number, number] {
  return threefry(seed, stream, counter, Math.floor(counter / twoTo32) + attempt * twoTo21);
}

/**
 * A random number in [0, 1), a multiple of 2^−53, as a pure function of its arguments. `seed` and `stream` are whole numbers,
 * taken modulo 2^32; `counter` is a whole number from 0 to 2^53. Use one stream for each purpose.
 */
export function uniform(seed: number, stream: number, counter: number): number {
  const [high, low] = draw(seed, stream, counter, 0);
  return (high * twoTo21 + (low >>> 11)) / twoTo53;
}

/**
 * A random number from the standard normal distribution (mean 0, variance 1), by Marsaglia's polar method. That needs no cosine,
 * and its rejected draws are numbered, so the result is a pure function of the arguments, which are those of `uniform`.
 */
export function gaussian(seed: number, stream: number, counter: number): number {
  for (let attempt = 1; ; attempt++) {
    const [first, second] = draw(seed, stream, counter, attempt);
    const u = (first + 0.5) / (twoTo32 / 2) - 1;
    const v = (second + 0.5) / (twoTo32 / 2) - 1;
    const s = u * u + v * v;
    if (s < 1) return u * sqrt((-2 * log(s)) / s);
  }
}

/** The stream for everything drawn under a name: 32-bit FNV-1a over its UTF-16 units, a whole number below 2^32. */
export function streamOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
