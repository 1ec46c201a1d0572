import type { Signal } from './signal.ts';

/** One layer as written: `conv 4 3x3 relu stride 2`. */
export interface Stage {
  /** A key of `layerKinds`, or `activation`. */
  readonly kind: string;
  /** The numbers after the name, such as units or channels. */
  readonly numbers: readonly number[];
  /** `3x3`: rows and columns of a window. */
  readonly size?: readonly number[];
  /** The name of its activation function; absent where none is written. */
  readonly activation?: string;
  /** Options with their numbers, `stride` for instance. */
  readonly options: ReadonlyMap<string, number>;
  /** Options without a number, `causal` for instance. */
  readonly flags: ReadonlySet<string>;
}

/** What a template is expanded with. */
export interface LayerContext {
  readonly stage: Stage;
  readonly input: Signal;
  /** The name of what the layer computes. */
  readonly output: string;
  /** The end of the names of what it computes in between: the 2 of net2. */
  readonly mark: string;
  /** The end of its parameters' names: `mark`, unless it shares the parameters of another layer. */
  readonly weights: string;
  /** Whether its sums have a bias. */
  readonly bias: boolean;
  /** The text of a weight's initial value, by the fan-in and fan-out of its array. */
  readonly start: (inputs: number, outputs: number) => string;
  /** The sample index and the batch size, as text; absent without a batch line. */
  readonly batch?: { readonly index: string; readonly size: string };
  /** A fault at the layer's place, to be thrown. */
  readonly fail: (message: string) => Error;
}

/** An expanded layer: declarations and formulas under the headings of their passes, and what it passes on. */
export interface Layer {
  readonly text: string;
  readonly output: Signal;
}

/** A kind of layer: what may be written after its name, and its template. */
export interface LayerKind {
  /** An example that shows everything that may be written. */
  readonly usage: string;
  /** How many numbers follow the name: at least, at most. */
  readonly numbers: readonly [number, number];
  /** Whether a size such as `3x3` follows; absent: none may. */
  readonly size?: 'needed' | 'optional';
  /** Whether an activation may follow. */
  readonly activation?: boolean;
  /** Words that are followed by a number. */
  readonly options?: readonly string[];
  /** Words that stand alone. */
  readonly flags?: readonly string[];
  /** The template. Throws `place.fail(…)` where the layer does not fit its input. */
  readonly expand: (place: LayerContext) => Layer;
}
