/** A quantity that one layer computes and the next one reads. */
export interface Signal {
  readonly name: string;
  /** Entries along each dimension for one sample, undefined where they are not known yet; the compiler decides. */
  readonly shape: readonly number[] | undefined;
  /** The letters of its indices; absent for data, which takes those that suit its first reader. */
  readonly indices?: readonly string[];
  /** The name of what its activation was applied to: the logits of a softmax or sigmoid. */
  readonly net?: string;
  /** The name of the activation that was applied; absent without one. */
  readonly activation?: string;
  /** Whether it is itself a layer's sum, without an activation. */
  readonly summed?: boolean;
  /** The end of the layer's names: the 2 of net2. */
  readonly mark?: string;
}

/** The indices as they stand behind a name, `[j,i]`; empty text for a single number. */
export const indexBrackets = (...indices: readonly string[]): string =>
  indices.length === 0 ? '' : `[${indices.join(',')}]`;

/**
 * The letter of a unit's index in the layer after one that uses `letter`: i, j, k, and again i; j after any other letter or none.
 */
export const nextLetter = (letter: string | undefined): string =>
  ({ i: 'j', j: 'k', k: 'i' })[letter ?? 'i'] ?? 'j';

/** How a layer reads its input, which decides the letters of data: as units, a sequence of vectors, or an image. */
export type InputKind = 'units' | 'sequence' | 'image';

const letters: Readonly<Record<InputKind, Readonly<Record<number, readonly string[]>>>> = {
  units: { 0: [], 1: ['i'], 2: ['p', 'q'], 3: ['c', 'p', 'q'] },
  sequence: { 1: ['s'], 2: ['s', 'i'] },
  image: { 2: ['p', 'q'], 3: ['c', 'p', 'q'] },
};

/**
 * The letters of a signal's indices, its own ones or those that suit such a reader, for one sample; empty for a single number.
 * Undefined where the shape is unknown or such a reader cannot read it.
 */
export function indicesOf({ indices, shape }: Signal, reading: InputKind): readonly string[] | undefined {
  if (indices !== undefined) return letters[reading][indices.length] && indices;
  return shape && letters[reading][shape.length];
}

/** A shape for a message: `3 x 8 x 8`, or `a single number`. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 0 ? 'a single number' : shape.join(' x ');
