/*
 * Reads digits without the engine, to judge it: this file imports nothing, and reads MNIST's format, multiplies and compares by
 * itself.
 */

/** Images as a file has them, row by row, and what each shows. */
export interface LabelledImages {
  readonly count: number;
  /** Numbers in an image. */
  readonly size: number;
  /** 0 to 255. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

/** A fully connected layer. */
export interface PlainLayer {
  /** Unit by unit, a weight for each of its inputs. */
  readonly weights: Float64Array;
  /** One for each unit. */
  readonly biases: Float64Array;
}

const imagesMagic = 0x00000803;
const labelsMagic = 0x00000801;

/** The contents of two unpacked files of MNIST. Throws an Error where they are none, or do not belong together. */
export function labelledImages(images: Uint8Array, labels: Uint8Array): LabelledImages {
  const [magic, count, rows, columns] = [0, 4, 8, 12].map((at) => bigEndian(images, at));
  if (magic !== imagesMagic || images.length !== 16 + count * rows * columns)
    throw new Error('the images are not whole, or no IDX file of images');
  if (bigEndian(labels, 0) !== labelsMagic || labels.length !== 8 + bigEndian(labels, 4))
    throw new Error('the labels are not whole, or no IDX file of labels');
  if (bigEndian(labels, 4) !== count) throw new Error('there are not as many labels as images');
  return { count, size: rows * columns, pixels: images.subarray(16), labels: labels.subarray(8) };
}

/** Four bytes as a whole number; NaN beyond the end. */
const bigEndian = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] * 256 + bytes[at + 1]) * 256 + bytes[at + 2]) * 256 + bytes[at + 3];

/**
 * Which images, by number from 1, a network takes for another class than their label says: pixels divided by 255, rectifiers
 * between the layers, a softmax at the end, the class with the greatest share answered, the first of equals. An answer that is not
 * finite is wrong. Throws an Error where the layers do not fit each other.
 */
export function plainMisread(
  layers: readonly PlainLayer[],
  { count, size, pixels, labels }: LabelledImages,
): number[] {
  const misread: number[] = [];
  const input = new Float64Array(size);
  for (let image = 0; image < count; image++) {
    for (let p = 0; p < size; p++) input[p] = pixels[image * size + p] / 255;
    if (greatestAt(plainShares(layers, input)) !== labels[image]) misread.push(image + 1);
  }
  return misread;
}

/** The shares that a network gives to the classes for one input, 1 in all. Throws an Error where the layers do not fit. */
export function plainShares(layers: readonly PlainLayer[], input: Float64Array): Float64Array {
  let signal = input;
  for (let l = 0; l < layers.length; l++) {
    const { weights, biases } = layers[l];
    const inputs = signal.length;
    if (weights.length !== inputs * biases.length)
      throw new Error(
        `layer ${l + 1} has ${weights.length} weights for ${inputs} inputs and ${biases.length} units`,
      );
    const isLast = l === layers.length - 1;
    const next = new Float64Array(biases.length);
    for (let unit = 0; unit < next.length; unit++) {
      let sum = biases[unit];
      for (let from = 0; from < inputs; from++) sum += weights[unit * inputs + from] * signal[from];
      next[unit] = isLast || sum > 0 ? sum : 0;
    }
    signal = next;
  }
  return softmax(signal);
}

function softmax(logits: Float64Array): Float64Array {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > top) top = logit;
  const shares = new Float64Array(logits.length);
  let total = 0;
  for (let k = 0; k < logits.length; k++) {
    shares[k] = Math.exp(logits[k] - top);
    total += shares[k];
  }
  for (let k = 0; k < shares.length; k++) shares[k] /= total;
  return shares;
}

/** The place, from 0, of the first greatest number; −1 where one is not finite. */
function greatestAt(numbers: Float64Array): number {
  let at = 0;
  for (let k = 0; k < numbers.length; k++) {
    if (!Number.isFinite(numbers[k])) return -1;
    if (numbers[k] > numbers[at]) at = k;
  }
  return at;
}
