import type { GeneratorName } from '../data/generator.ts';
import type { Precision } from '../number/rounding.ts';
import type { Affine, Range } from './affine.ts';
import type { Span } from './diagnostic.ts';
import type { Expression } from './expression.ts';

/** What a pass of a frame does. Passes run in the order of their headings, and each kind may come again. */
export type Phase = 'forward' | 'backward' | 'update';
export const phases: readonly Phase[] = ['forward', 'backward', 'update'];

/**
 * Where a quantity's numbers come from: given data, data of which every frame takes other rows, trained parameters,
 * optimizer state, or a rate.
 */
export type DataRole = 'given' | 'sample' | 'param' | 'state' | 'rate';

export type NestedNumbers = number | readonly NestedNumbers[];

export interface DataStatement {
  readonly kind: 'data';
  readonly role: DataRole;
  readonly name: string;
  /** A number, or a list of lists; absent where a formula stands in its place. */
  readonly numbers?: NestedNumbers;
  readonly initial?: Initial;
  /** `as 8 x 8`: the last dimension in this shape. */
  readonly reshape?: { readonly sizes: readonly number[]; readonly span: Span };
  /** `state m = 0 like W1` takes the shape of W1. */
  readonly like?: { readonly name: string; readonly span: Span };
  readonly domain?: { readonly name: string; readonly span: Span };
  readonly span: Span;
  readonly numbersSpan: Span;
}

/** What is computed for every cell when the model is compiled: `he(1, 784)`, `digits[1..64] / 16`. */
export interface Initial {
  /** A reference in it reads one of `columns`: the constant that is its index is the position there, from 1. */
  readonly expression: Expression;
  /** `W[256,784]` or `p[t = 1..8]`; a dimension without a name has one that no author can write. */
  readonly dimensions: readonly { readonly name: string; readonly range: Range }[];
  readonly columns: readonly Columns[];
  readonly onehots: readonly Onehot[];
  /** Of the dimensions in brackets, where there are any, else of the expression. */
  readonly sizeSpan: Span;
}

/** `digits[1..64]` or `moons[class]`: columns of a table, by number or by name. */
export interface Columns {
  readonly table: string;
  readonly first: number | string;
  readonly last: number | string;
  readonly span: Span;
}

/** `onehot(digits[65], 0..9)`: ten numbers, a 1 at the one that the operand says. */
export interface Onehot {
  readonly operand: Expression;
  readonly range: Range;
  readonly span: Span;
}

/** `table moons = moons(200, 0.1, 7)` or `table digits = "digits-8x8.csv"`. */
export interface TableStatement {
  readonly kind: 'table';
  readonly name: string;
  readonly source: DrawnSource | FileSource;
  /** `rows 1..100`: only these. */
  readonly rows?: Range & { readonly span: Span };
  readonly span: Span;
}

export interface DrawnSource {
  readonly kind: 'drawn';
  readonly generator: GeneratorName;
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

/** Files side by side. */
export interface FileSource {
  readonly kind: 'files';
  readonly files: readonly { readonly name: string; readonly span: Span }[];
  /** The reader of the page brings the files; until then, rows with as many columns stand in for each. */
  readonly widths?: readonly number[];
}

/** `random r[128] = uniform(7)`: numbers that are drawn anew in every frame. */
export interface RandomStatement {
  readonly kind: 'random';
  readonly name: string;
  readonly shape: readonly number[];
  readonly distribution: Distribution;
  readonly seed: number;
  readonly span: Span;
}

/** `uniform` in [0, 1), or `normal` with mean 0 and variance 1. */
export type Distribution = 'uniform' | 'normal';

/** `mode training`: a number that is 1 while the model is trained, and 0 while it is evaluated. */
export interface ModeStatement {
  readonly kind: 'mode';
  readonly name: string;
  readonly span: Span;
}

/** In which order the samples come: as they stand, or in another random order in every epoch. */
export type SampleOrder = { readonly kind: 'in turn' } | { readonly kind: 'shuffled'; readonly seed: number };

/** What a batch does to what its samples give. */
export type BatchReduction = 'mean' | 'sum';

/** Sample by sample through forward and backward, or all samples together in each formula. */
export type BatchSchedule = 'by sample' | 'together';

/** `batch n = 4, shuffled 7, mean, by sample`; what is not written is absent. */
export interface BatchStatement {
  readonly kind: 'batch';
  readonly index: string;
  readonly size: number | 'all';
  readonly order?: SampleOrder;
  readonly reduction?: BatchReduction;
  readonly schedule?: BatchSchedule;
  readonly span: Span;
  readonly sizeSpan: Span;
  /** Of the words `by sample` or `together`. */
  readonly scheduleSpan?: Span;
}

export interface IndexStatement {
  readonly kind: 'index';
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly span: Span;
}

/** `function sigmoid(z) = 1/(1 + exp(-z))  slope sigmoid*(1 - sigmoid)`. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Expression;
  /** One per parameter, in the parameters and the function's own value (its name); none: derived from the body. */
  readonly slopes: readonly Expression[];
  readonly span: Span;
}

/** What a formula is said to be: `: -dL/dnet2[k]`. */
export interface Claim {
  readonly sign: 1 | -1;
  readonly of: string;
  readonly by: string;
  readonly indices: readonly Affine[];
  readonly span: Span;
}

/** `-dL/dnet2`: which derivative it is, without a cell. */
export const derivativeText = ({ sign, of, by }: Claim): string => `${sign < 0 ? '-' : ''}d${of}/d${by}`;

export interface FormulaStatement {
  readonly kind: 'formula';
  readonly phase: Phase;
  /** The number of its pass in the text, from 0; a pass that is made between two of them lies at a half. */
  readonly pass: number;
  readonly target: string;
  readonly indices: readonly string[];
  /** `=` defines a quantity in this frame, `<-` renews one that lives on to the next. */
  readonly assignment: '=' | '<-';
  /** Absent where a claim stands alone: it is to be derived. */
  readonly expression?: Expression;
  readonly claim?: Claim;
  /** A derivative that the line is said not to be: `: not dL/dW[k,j]`, for a mistake that is shown on purpose. */
  readonly mistake?: Claim;
  /** Its first index is the sample index, which the author has not written. */
  readonly sampled?: boolean;
  readonly span: Span;
  /** From the first to the last character of the whole line. */
  readonly lineSpan: Span;
}

/** Cells that a rule speaks of: all of a quantity, or one cell, or a pattern with * (later). */
export interface Selector {
  readonly name: string;
  /** Absent: every cell. */
  readonly cell?: readonly number[];
  readonly span: Span;
}

export interface PrecisionStatement {
  readonly kind: 'store' | 'show';
  readonly selectors: readonly Selector[];
  readonly precision: Precision;
}

/** `write h as x^{1}` (TeX) or `say h as "hidden activation"`. */
export interface NotationStatement {
  readonly kind: 'write' | 'say';
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

export type Statement =
  | DataStatement
  | TableStatement
  | RandomStatement
  | ModeStatement
  | BatchStatement
  | IndexStatement
  | FunctionStatement
  | FormulaStatement
  | PrecisionStatement
  | NotationStatement;
