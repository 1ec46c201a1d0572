/** A quantity that layers hand on: what one computes and the next reads. */
export interface Signal {
  readonly name: string;
  /** Entries along each dimension, as far as they are known here; the compiler has the last word. */
  readonly shape: readonly number[] | undefined;
  /** The letters of its indices; none yet for data, which takes those that suit its first reader. */
  readonly indices?: readonly string[];
  /** What the activation was applied to: the logits of a softmax or a sigmoid. */
  readonly net?: string;
  readonly activation?: string;
  /** Whether it is itself what a layer sums up, no activation following. */
  readonly summed?: boolean;
  /** What marks the layer's names: the 2 of net2. */
  readonly mark?: string;
}

/** `[j,i]`, or nothing for a single number. */
export const indexBrackets = (...indices: readonly string[]): string =>
  indices.length === 0 ? '' : `[${indices.join(',')}]`;

/** The letter of a unit's index in the layer after the one that uses `letter`: i, j, k, and again i. */
export const nextLetter = (letter: string | undefined): string =>
  ({ i: 'j', j: 'k', k: 'i' })[letter ?? 'i'] ?? 'j';

/** What a reader takes its input for, which settles the letters of data: a vector, a sequence of vectors, an image. */
export type InputKind = 'units' | 'sequence' | 'image';

const letters: Readonly<Record<InputKind, Readonly<Record<number, readonly string[]>>>> = {
  units: { 0: [], 1: ['i'], 2: ['p', 'q'], 3: ['c', 'p', 'q'] },
  sequence: { 1: ['s'], 2: ['s', 'i'] },
  image: { 2: ['p', 'q'], 3: ['c', 'p', 'q'] },
};

/** The letters of a signal's indices, for a reader that takes it so; undefined where its shape does not suit. */
export function indicesOf({ indices, shape }: Signal, reading: InputKind): readonly string[] | undefined {
  if (indices !== undefined) return letters[reading][indices.length] && indices;
  return shape && letters[reading][shape.length];
}

export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.join(' x ');
