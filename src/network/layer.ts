import type { Signal } from './signal.ts';

/** What is written for one layer: `conv 4 3x3 relu stride 2`. */
export interface Stage {
  readonly kind: string;
  readonly numbers: readonly number[];
  readonly size?: readonly number[];
  readonly activation?: string;
  readonly options: ReadonlyMap<string, number>;
  readonly flags: ReadonlySet<string>;
}

/** What a layer is expanded with. */
export interface LayerContext {
  readonly stage: Stage;
  readonly input: Signal;
  /** The name of what it computes. */
  readonly output: string;
  /** What marks the names of what it computes on the way: the 2 of net2. */
  readonly mark: string;
  /** What marks its parameters: the same, unless it shares those of another layer. */
  readonly weights: string;
  readonly bias: boolean;
  /** The initial value of a weight of a unit with so many inputs, in a layer with so many outputs. */
  readonly start: (inputs: number, outputs: number) => string;
  /** The index of the samples in a batch, and how many there are. */
  readonly batch?: { readonly index: string; readonly size: string };
  readonly fail: (message: string) => Error;
}

/** Formulas in the language, under the headings of their passes, and what comes out. */
export interface Layer {
  readonly text: string;
  readonly output: Signal;
}

/** A kind of layer: what may be written after its name, and its template. */
export interface LayerKind {
  /** An example that shows all of it. */
  readonly usage: string;
  /** How many numbers stand after the name: at least, at most. */
  readonly numbers: readonly [number, number];
  readonly size?: 'needed' | 'optional';
  readonly activation?: boolean;
  /** Words that a number follows. */
  readonly options?: readonly string[];
  readonly flags?: readonly string[];
  readonly expand: (place: LayerContext) => Layer;
}
