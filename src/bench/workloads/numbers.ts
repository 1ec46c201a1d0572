import { gaussian, uniform } from '../../number/random.ts';

const seed = 3;

/** Streams of random numbers, one per purpose. */
const streams = { weights: 1, inputs: 1000, targets: 2000, strokes: 3000 } as const;

/** Rounds to four places so that the text is short; all contestants use the rounded numbers. */
const short = (value: number): number => Math.round(value * 1e4) / 1e4;

/**
 * `count` normally distributed numbers with mean 0 and a given standard deviation, rounded to four places; always the same for
 * the same `layer` (from 0), which selects an independent sequence.
 */
export function weights(count: number, deviation: number, layer: number): Float64Array {
  return Float64Array.from({ length: count }, (_, n) =>
    short(gaussian(seed, streams.weights + layer, n) * deviation),
  );
}

/** `count` numbers distributed uniformly from −1 to 1, rounded to four places; always the same. */
export function inputs(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, n) => short(2 * uniform(seed, streams.inputs, n) - 1));
}

/**
 * `count` numbers distributed uniformly from −0.9 to 0.9, where a tanh unit can reach them, rounded to four places; always the
 * same.
 */
export function targets(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, n) => short(1.8 * uniform(seed, streams.targets, n) - 0.9));
}

/** A class for each sample as one-hot rows, [sample, class] row by row: drawn uniformly, but always the same. */
export function onehotLabels(samples: number, classes: number): Float64Array {
  const rows = new Float64Array(samples * classes);
  for (let n = 0; n < samples; n++)
    rows[n * classes + Math.floor(uniform(seed, streams.targets, n) * classes)] = 1;
  return rows;
}

const side = 28;
/** About 19 % of 784 pixels are not black, as in MNIST. */
const inked = 149;

/**
 * Pictures like MNIST's, [picture, row, column] of 28×28 row by row: a pen of two pixels drawn along a bent line; grey values
 * k/255. Always the same.
 */
export function pictures(count: number): Float64Array {
  const pixels = new Float64Array(count * side * side);
  for (let n = 0; n < count; n++) {
    const picture = pixels.subarray(n * side * side, (n + 1) * side * side);
    let counter = 0;
    const draw = () => uniform(seed, streams.strokes + n, counter++);
    let [x, y, heading, ink] = [8 + draw() * 12, 8 + draw() * 12, draw() * 6.28, 0];
    while (ink < inked) {
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ]) {
        const at = (Math.floor(y) + dy) * side + Math.floor(x) + dx;
        if (picture[at] !== 0 || ink === inked) continue;
        picture[at] = (1 + Math.floor(draw() * 255)) / 255;
        ink++;
      }
      heading += (draw() - 0.5) * 0.9;
      x += Math.cos(heading);
      y += Math.sin(heading);
      // Like a digit, the line stays in the middle 20×20.
      if (x < 4 || x > 22 || y < 4 || y > 22) {
        x = Math.min(22, Math.max(4, x));
        y = Math.min(22, Math.max(4, y));
        heading += 1.9;
      }
    }
  }
  return pixels;
}

/** An array of some shape, given row by row, as text of a data line: `[[1, 2], [3, 4]]`; a bare number for an empty shape. */
export function nested(numbers: ArrayLike<number>, shape: readonly number[]): string {
  const [rows, ...inner] = shape;
  if (rows === undefined) return String(numbers[0]);
  const size = inner.reduce((product, n) => product * n, 1);
  const parts = Array.from({ length: rows }, (_, row) =>
    nested(Array.prototype.slice.call(numbers, row * size, (row + 1) * size), inner),
  );
  return `[${parts.join(', ')}]`;
}
